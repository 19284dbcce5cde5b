import { entityRefSchema } from '@understanding-dev/backstage-plugin-understanding-common';
import { parse } from './parse';

/** The path of one entity, for routes. */
export const ENTITY_PATH = '/entities/by-name/:kind/:namespace/:name';

/**
 * The reference that a path of {@link ENTITY_PATH} names.
 *
 * @throws InputError when it is none
 */
export function entityRefOf(params: {
  kind: string;
  namespace: string;
  name: string;
}): string {
  const { kind, namespace, name } = params;
  return parse(entityRefSchema, `${kind}:${namespace}/${name}`.toLowerCase());
}
