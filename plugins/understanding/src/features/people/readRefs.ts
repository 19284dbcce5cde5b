import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';

/** References as people write them: a name is that of a User. */
export function readRefs(text: string): string[] {
  return text.split(/[\s,;]+/).flatMap(word => {
    try {
      return stringifyEntityRef(
        parseEntityRef(word, {
          defaultKind: 'user',
          defaultNamespace: 'default',
        }),
      );
    } catch {
      return [];
    }
  });
}
