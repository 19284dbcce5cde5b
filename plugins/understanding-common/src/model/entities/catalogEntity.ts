import {
  ANNOTATION_CHANNELS,
  ANNOTATION_DOCS,
  ANNOTATION_EXAMPLE,
  ANNOTATION_EXPLANATIONS,
  ANNOTATION_GATE,
  ANNOTATION_HARD_DEPENDENCIES,
  ANNOTATION_PLANE,
  ANNOTATION_SOURCE_PATHS,
  ANNOTATION_TIME_ZONE,
} from '../../annotations';
import {
  Criticality,
  EdgeType,
  EntityKind,
  ExplanationGate,
  ExplanationPolicy,
  Plane,
  entityRefSchema,
  explanationGateSchema,
  explanationPolicySchema,
  planeSchema,
} from '../../schemas';
import { isTimeZone } from '../people/timeZone';

/**
 * As much of a catalog entity as is read here. The catalog vouches for kind and name
 * only; all else may be missing or of another type, and then counts as missing.
 * @public
 */
export interface CatalogEntity {
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly title?: string;
    readonly description?: string;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec?: Readonly<Record<string, unknown>>;
  readonly relations?: ReadonlyArray<{
    readonly type: string;
    readonly targetRef: string;
  }>;
}

/**
 * What the shadow keeps of an entity.
 * @public
 */
export interface ShadowEntity {
  readonly entityRef: string;
  readonly kind: EntityKind;
  readonly namespace: string;
  readonly name: string;
  readonly title: string;
  readonly description?: string;
  readonly type?: string;
  readonly ownerRef?: string;
  readonly systemRef?: string;
  readonly plane?: Plane;
  readonly example: boolean;
  /** `backstage.io/source-location`, as written. */
  readonly sourceLocation?: string;
  /** `backstage.io/managed-by-location`, which relative locations start from. */
  readonly managedByLocation?: string;
  readonly sourcePaths: readonly string[];
  readonly docs: readonly string[];
  /** When its changes have to be explained, where it says so. */
  readonly explanations?: ExplanationPolicy;
  /** What a missing explanation does on the host, where it says so. */
  readonly gate?: ExplanationGate;
}

/**
 * How one entity of the catalog may be related to another. `providesApi` leads from
 * an API to who is called through it; `hardDependency` is a name in the annotation
 * for which the entity has no relation of that very reference.
 * @public
 */
export type RelationType = EdgeType | 'providesApi' | 'hardDependency';

/**
 * A relation as the catalog declares it.
 * @public
 */
export interface DeclaredEdge {
  readonly type: RelationType;
  readonly targetRef: string;
  readonly criticality: Criticality;
}

/**
 * What is kept of a User.
 * @public
 */
export interface ShadowPerson {
  readonly personRef: string;
  readonly displayName: string;
  readonly email?: string;
  /** On GitHub, whose noreply addresses name them; other hosts' prove nothing there. */
  readonly logins: readonly string[];
  /** On any host, by annotations as `gitlab.acme.example/user-login`. */
  readonly accounts: ReadonlyArray<{
    readonly host: string;
    readonly login: string;
  }>;
  readonly groupRefs: readonly string[];
  /** How to write to them, as the catalog says it, e.g. a handle of Slack. */
  readonly chat?: string;
  /** As in the database of IANA, e.g. `Europe/Berlin`. */
  readonly timeZone?: string;
}

/**
 * The annotations of Users that tell how to reach them.
 * @public
 */
export interface ReachAnnotations {
  readonly chat: string;
  /** `spec.profile.timeZone` is read where a User has no such annotation. */
  readonly timeZone: string;
}

/**
 * Of chats, the annotation by which Backstage's notifications reach people on Slack.
 * @public
 */
export const defaultReachAnnotations: ReachAnnotations = {
  chat: 'slack.com/bot-notify',
  timeZone: ANNOTATION_TIME_ZONE,
};

/**
 * What is kept of a Group.
 * @public
 */
export interface ShadowTeam {
  readonly teamRef: string;
  readonly title: string;
  readonly channels: readonly string[];
  readonly memberRefs: readonly string[];
  readonly childRefs: readonly string[];
}

const RELATION_TYPES: readonly RelationType[] = [
  'dependsOn',
  'consumesApi',
  'partOf',
  'providesApi',
];
const LOGIN_ANNOTATIONS = ['github.com/user-login'];
const ACCOUNT_ANNOTATION = /^([a-z\d.-]+)\/user-login$/i;

/**
 * The full, lower-case reference of an entity.
 * @public
 */
export function refOf(entity: CatalogEntity): string {
  const { kind, metadata } = entity;
  return `${kind}:${namespaceOf(entity)}/${metadata.name}`.toLowerCase();
}

/**
 * Reads a Component, API, Resource or System.
 * @public
 */
export function toShadowEntity(
  entity: CatalogEntity,
  kind: EntityKind,
): ShadowEntity {
  const plane = planeSchema.safeParse(annotation(entity, ANNOTATION_PLANE));
  const explanations = explanationPolicySchema.safeParse(
    annotation(entity, ANNOTATION_EXPLANATIONS),
  );
  const gate = explanationGateSchema.safeParse(
    annotation(entity, ANNOTATION_GATE),
  );
  return {
    entityRef: refOf(entity),
    kind,
    namespace: namespaceOf(entity).toLowerCase(),
    name: entity.metadata.name.toLowerCase(),
    title: text(entity.metadata.title) ?? entity.metadata.name,
    description: text(entity.metadata.description),
    type: text(entity.spec?.type),
    ownerRef: targetsOf(entity, 'ownedBy')[0],
    systemRef: targetsOf(entity, 'partOf').find(ref =>
      ref.startsWith('system:'),
    ),
    plane: plane.success ? plane.data : undefined,
    example: annotation(entity, ANNOTATION_EXAMPLE) === 'true',
    sourceLocation: annotation(entity, 'backstage.io/source-location'),
    managedByLocation: annotation(entity, 'backstage.io/managed-by-location'),
    sourcePaths: list(annotation(entity, ANNOTATION_SOURCE_PATHS)),
    docs: list(annotation(entity, ANNOTATION_DOCS)),
    explanations: explanations.success ? explanations.data : undefined,
    gate: gate.success ? gate.data : undefined,
  };
}

/**
 * The relations that an entity declares, each once; `combineEdges` makes its edges of
 * them. Whoever names the HARD dependencies
 * of an entity has thereby called its others SOFT; where nobody did, they stay
 * UNCLASSIFIED. `partOf` is shown, but is no dependency that could fail.
 * @public
 */
export function declaredEdges(entity: CatalogEntity): DeclaredEdge[] {
  const hard = list(annotation(entity, ANNOTATION_HARD_DEPENDENCIES)).map(ref =>
    ref.toLowerCase(),
  );
  const criticalityOf = (type: RelationType, targetRef: string) => {
    if (type === 'partOf' || type === 'providesApi' || hard.length === 0) {
      return 'UNCLASSIFIED';
    }
    return hard.includes(targetRef) ? 'HARD' : 'SOFT';
  };
  const edges = new Map<string, DeclaredEdge>();
  for (const type of RELATION_TYPES) {
    for (const targetRef of targetsOf(entity, type)) {
      edges.set(`${type} ${targetRef}`, {
        type,
        targetRef,
        criticality: criticalityOf(type, targetRef),
      });
    }
  }
  const related = new Set([...edges.values()].map(edge => edge.targetRef));
  for (const targetRef of hard) {
    if (
      !related.has(targetRef) &&
      entityRefSchema.safeParse(targetRef).success
    ) {
      edges.set(targetRef, {
        type: 'hardDependency',
        targetRef,
        criticality: 'HARD',
      });
    }
  }
  return [...edges.values()];
}

/**
 * Reads a User.
 * @public
 */
export function toShadowPerson(
  entity: CatalogEntity,
  reach: ReachAnnotations = defaultReachAnnotations,
): ShadowPerson {
  const profile = record(entity.spec?.profile);
  return {
    personRef: refOf(entity),
    displayName: profileName(entity),
    email: text(profile?.email)?.toLowerCase(),
    logins: LOGIN_ANNOTATIONS.flatMap(
      key => annotation(entity, key)?.toLowerCase() ?? [],
    ),
    accounts: accountsOf(entity),
    groupRefs: targetsOf(entity, 'memberOf'),
    chat: annotation(entity, reach.chat)?.slice(0, 200),
    timeZone: [
      annotation(entity, reach.timeZone),
      text(profile?.timeZone),
    ].find(isTimeZone),
  };
}

/**
 * Reads a Group.
 * @public
 */
export function toShadowTeam(entity: CatalogEntity): ShadowTeam {
  return {
    teamRef: refOf(entity),
    title: profileName(entity),
    channels: list(annotation(entity, ANNOTATION_CHANNELS)),
    memberRefs: targetsOf(entity, 'hasMember'),
    childRefs: targetsOf(entity, 'parentOf'),
  };
}

/** GitLab's own provider writes the address of the person's page as the login. */
function accountsOf(entity: CatalogEntity): ShadowPerson['accounts'] {
  return Object.keys(record(entity.metadata.annotations) ?? {})
    .sort()
    .flatMap(key => {
      const host = ACCOUNT_ANNOTATION.exec(key)?.[1].toLowerCase();
      const login = annotation(entity, key)
        ?.replace(/\/+$/, '')
        .split('/')
        .pop()
        ?.toLowerCase();
      return host && login ? [{ host, login }] : [];
    });
}

function namespaceOf(entity: CatalogEntity): string {
  return text(entity.metadata.namespace) ?? 'default';
}

function profileName(entity: CatalogEntity): string {
  return (
    text(record(entity.spec?.profile)?.displayName) ??
    text(entity.metadata.title) ??
    entity.metadata.name
  );
}

function targetsOf(entity: CatalogEntity, type: string): string[] {
  const relations: unknown = entity.relations;
  const refs = (Array.isArray(relations) ? relations : [])
    .map(record)
    .filter(relation => relation?.type === type)
    .map(relation => text(relation?.targetRef)?.toLowerCase())
    .filter(ref => ref !== undefined)
    .filter(ref => entityRefSchema.safeParse(ref).success);
  return [...new Set(refs)].sort();
}

function annotation(entity: CatalogEntity, key: string): string | undefined {
  return text(record(entity.metadata.annotations)?.[key]);
}

function list(value: string | undefined): string[] {
  return (value ?? '')
    .split(',')
    .map(part => part.trim())
    .filter(part => part !== '');
}

function text(value: unknown): string | undefined {
  const trimmed = typeof value === 'string' ? value.trim() : '';
  return trimmed === '' ? undefined : trimmed;
}

function record(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null
    ? (value as Record<string, unknown>)
    : undefined;
}
