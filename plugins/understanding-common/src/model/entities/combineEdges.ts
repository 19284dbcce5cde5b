import { Criticality, Edge } from '../../schemas';
import { UnderstandingSettings, daysAfter } from '../settings';
import { DeclaredEdge } from './catalogEntity';

/**
 * All that is known of the dependencies of one entity.
 * @public
 */
export interface EdgeFacts {
  readonly sourceRef: string;
  /** Relations that the catalog declares at present. */
  readonly declared: ReadonlyArray<
    DeclaredEdge & { readonly firstSeen: string; readonly lastSeen: string }
  >;
  /** Who provides an API, by the reference of the API. */
  readonly providers: ReadonlyMap<string, readonly string[]>;
  /** Calls that were seen. */
  readonly observed: ReadonlyArray<{
    readonly targetRef: string;
    readonly firstSeen: string;
    readonly lastSeen: string;
  }>;
  /** What people said of the dependency on a target. */
  readonly classifications: ReadonlyArray<{
    readonly targetRef: string;
    readonly criticality: Criticality;
    readonly comment?: string;
    readonly version: number;
    readonly by: string;
    readonly at: string;
  }>;
}

/**
 * An edge before anything is said of its target and of answers.
 * @public
 */
export type CombinedEdge = Omit<Edge, 'targetTitle' | 'conditions'>;

type Dependency = Pick<
  CombinedEdge,
  'type' | 'targetRef' | 'origin' | 'criticality' | 'firstSeen' | 'lastSeen'
> & { readonly apiRefs: readonly string[] };

/** From the strongest to the weakest, where several relations lead to one entity. */
const STRONGEST_FIRST: readonly Criticality[] = [
  'HARD',
  'UNCLASSIFIED',
  'SOFT',
];

/**
 * Makes edges of relations, observations and classifications. Whatever leads to the
 * same entity is one edge, so that one dependency is answered once: an API stands for
 * the entities that provide it, and a call that was seen for the relation that
 * declares it. An entity that depends on itself has no edge to answer for, and a call
 * that nothing declares makes an edge only for as long as it counts as seen.
 *
 * @returns edges by target, `partOf` last
 * @public
 */
export function combineEdges(
  facts: EdgeFacts,
  now: string,
  settings: UnderstandingSettings['edges'],
): CombinedEdge[] {
  const { sourceRef, declared, observed } = facts;
  const hard = new Set(
    declared.flatMap(one =>
      one.type === 'hardDependency' ? [one.targetRef] : [],
    ),
  );
  const dependencies = new Map<string, Dependency>();
  const add = (one: Dependency) => {
    const present = dependencies.get(one.targetRef);
    dependencies.set(one.targetRef, present ? merge(present, one) : one);
  };

  for (const {
    type,
    targetRef,
    criticality,
    firstSeen,
    lastSeen,
  } of declared) {
    if (type === 'dependsOn' || type === 'consumesApi') {
      const isApi = type === 'consumesApi';
      const provided = isApi ? facts.providers.get(targetRef) ?? [] : [];
      for (const target of provided.length > 0 ? provided : [targetRef]) {
        add({
          type,
          targetRef: target,
          apiRefs: isApi ? [targetRef] : [],
          origin: 'declared',
          criticality: hard.has(target) ? 'HARD' : criticality,
          firstSeen,
          lastSeen,
        });
      }
    }
  }
  for (const one of observed) {
    const present = dependencies.get(one.targetRef);
    if (!present && daysAfter(one.lastSeen, settings.observedDays) <= now) {
      continue;
    }
    add({
      ...one,
      type: 'dependsOn',
      apiRefs: [],
      origin: 'observed',
      criticality: present?.criticality ?? 'UNCLASSIFIED',
    });
  }
  dependencies.delete(sourceRef);

  const classifications = new Map(
    facts.classifications.map(one => [one.targetRef, one]),
  );
  return [
    ...[...dependencies.values()].map(one => {
      const said = classifications.get(one.targetRef);
      return {
        ...one,
        sourceRef,
        apiRefs: [...one.apiRefs],
        criticality: said?.criticality ?? one.criticality,
        classified: said && {
          version: said.version,
          by: said.by,
          at: said.at,
        },
        comment: said?.comment,
      };
    }),
    ...declared
      .filter(one => one.type === 'partOf')
      .map(one => ({
        sourceRef,
        type: 'partOf' as const,
        targetRef: one.targetRef,
        apiRefs: [],
        origin: 'declared' as const,
        criticality: 'UNCLASSIFIED' as const,
        firstSeen: one.firstSeen,
        lastSeen: one.lastSeen,
      })),
  ].sort(byTarget);
}

/**
 * Whether an edge can fail, and so is counted.
 * @public
 */
export function isDependency(edge: Pick<Edge, 'type'>): boolean {
  return edge.type !== 'partOf';
}

/**
 * The dependency that a caller means, named by its target or by an API of it.
 * @public
 */
export function findDependency<
  T extends Pick<Edge, 'type' | 'targetRef' | 'apiRefs'>,
>(edges: readonly T[], targetRef: string): T | undefined {
  const dependencies = edges.filter(isDependency);
  return (
    dependencies.find(edge => edge.targetRef === targetRef) ??
    dependencies.find(edge => edge.apiRefs.includes(targetRef))
  );
}

function merge(a: Dependency, b: Dependency): Dependency {
  const seen = b.origin === 'observed';
  return {
    type:
      a.type === 'dependsOn' || (b.type === 'dependsOn' && !seen)
        ? 'dependsOn'
        : a.type,
    targetRef: a.targetRef,
    apiRefs: [...new Set([...a.apiRefs, ...b.apiRefs])].sort(),
    origin: a.origin === b.origin ? a.origin : 'both',
    criticality:
      STRONGEST_FIRST.find(
        one => one === a.criticality || one === b.criticality,
      ) ?? a.criticality,
    firstSeen: a.firstSeen < b.firstSeen ? a.firstSeen : b.firstSeen,
    lastSeen: a.lastSeen > b.lastSeen ? a.lastSeen : b.lastSeen,
  };
}

function byTarget(
  a: Pick<Edge, 'type' | 'targetRef'>,
  b: Pick<Edge, 'type' | 'targetRef'>,
): number {
  const part = Number(!isDependency(a)) - Number(!isDependency(b));
  return part || (a.targetRef < b.targetRef ? -1 : 1);
}
