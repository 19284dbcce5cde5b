import { Entity } from '@backstage/catalog-model';

type Annotations = Record<string, string>;

/** A Component as the catalog gives it, relations included. */
export function component(
  name: string,
  options: {
    owner?: string;
    title?: string;
    annotations?: Annotations;
    dependsOn?: readonly string[];
    consumesApis?: readonly string[];
    providesApis?: readonly string[];
  } = {},
): Entity {
  const { owner, title, annotations } = options;
  const related = (type: string, targetRefs: readonly string[] = []) =>
    targetRefs.map(targetRef => ({ type, targetRef }));
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name, namespace: 'default', title, annotations },
    spec: { type: 'service', lifecycle: 'production', owner },
    relations: [
      ...(owner
        ? [{ type: 'ownedBy', targetRef: `group:default/${owner}` }]
        : []),
      ...related('dependsOn', options.dependsOn),
      ...related('consumesApi', options.consumesApis),
      ...related('providesApi', options.providesApis),
    ],
  };
}

/** An API as the catalog gives it. */
export function api(name: string): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'API',
    metadata: { name, namespace: 'default' },
    spec: { type: 'openapi', lifecycle: 'production' },
  };
}

/** A User who is a member of one team; without e-mail when it is `null`. */
export function user(
  name: string,
  options: {
    team?: string;
    email?: string | null;
    annotations?: Annotations;
  } = {},
): Entity {
  const { team = 'payments', annotations } = options;
  const email =
    options.email === undefined ? `${name}@acme.example` : options.email;
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'User',
    metadata: { name, namespace: 'default', annotations },
    spec: { profile: { displayName: nameOf(name), email: email ?? undefined } },
    relations: [{ type: 'memberOf', targetRef: `group:default/${team}` }],
  };
}

/** A Group with its members. */
export function group(
  name: string,
  options: {
    title?: string;
    members?: readonly string[];
    channels?: string;
  } = {},
): Entity {
  const { title = nameOf(name), members = [], channels } = options;
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Group',
    metadata: {
      name,
      namespace: 'default',
      title,
      annotations: channels
        ? { 'understanding.dev/channels': channels }
        : undefined,
    },
    spec: { type: 'team', children: [] },
    relations: members.map(member => ({
      type: 'hasMember',
      targetRef: `user:default/${member}`,
    })),
  };
}

/** `ada` → `Ada` */
export function nameOf(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
