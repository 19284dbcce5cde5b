import { ANNOTATION_HARD_DEPENDENCIES } from '../../annotations';
import { entityRefSchema } from '../../schemas';
import { refOf } from './catalogEntity';

/** The names by which Backstage finds the catalog file of a repository. */
const FILE_NAME = /(^|\/)catalog-info\.ya?ml$/;

/**
 * Whether a path is that of a catalog file.
 * @public
 */
export function isCatalogFile(path: string): boolean {
  return FILE_NAME.test(path);
}

/**
 * The HARD dependencies that the documents of a catalog file declare, by entity. What
 * has not the form of an entity declares none, as the catalog itself would say.
 *
 * @param documents - of the file, as parsed from YAML
 * @public
 */
export function hardDependenciesIn(
  documents: readonly unknown[],
): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const document of documents) {
    const { kind, metadata } = recordOf(document);
    const { name, namespace, annotations } = recordOf(metadata);
    if (typeof kind !== 'string' || typeof name !== 'string') {
      continue;
    }
    const entityRef = refOf({
      kind,
      metadata: {
        name,
        namespace: typeof namespace === 'string' ? namespace : undefined,
      },
    });
    const listed = recordOf(annotations)[ANNOTATION_HARD_DEPENDENCIES];
    const refs = (typeof listed === 'string' ? listed : '')
      .split(',')
      .map(ref => ref.trim().toLowerCase())
      .filter(ref => entityRefSchema.safeParse(ref).success)
      // An entity that depends on itself has no edge to answer for.
      .filter(ref => ref !== entityRef);
    const before = found.get(entityRef) ?? new Set();
    refs.forEach(ref => before.add(ref));
    found.set(entityRef, before);
  }
  return found;
}

/**
 * The HARD dependencies that the head of a change has and its base has not.
 * @public
 */
export function addedHardDependencies(
  base: readonly unknown[],
  head: readonly unknown[],
): Array<{ sourceRef: string; targetRef: string }> {
  const before = hardDependenciesIn(base);
  return [...hardDependenciesIn(head)].flatMap(([sourceRef, targets]) =>
    [...targets]
      .filter(targetRef => !before.get(sourceRef)?.has(targetRef))
      .sort()
      .map(targetRef => ({ sourceRef, targetRef })),
  );
}

function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null
    ? (value as Record<string, unknown>)
    : {};
}
