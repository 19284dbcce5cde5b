/**
 * An entity with the paths of its source in a repository; an empty one means all of it.
 * @public
 */
export interface EntitySource {
  readonly entityRef: string;
  readonly paths: readonly string[];
}

/**
 * The entities that a change affects: for each file those whose source path is the
 * longest that the file lies in. Where the files are not known, those to which the
 * whole repository belongs.
 *
 * @param files - paths in the repository, or undefined where nobody tells
 * @returns references, each once, in order
 * @public
 */
export function affectedEntities(
  files: readonly string[] | undefined,
  sources: readonly EntitySource[],
): string[] {
  const byPath = new Map<string, string[]>();
  for (const { entityRef, paths } of sources) {
    for (const path of paths) {
      byPath.set(path, [...(byPath.get(path) ?? []), entityRef]);
    }
  }
  const affected = new Set<string>();
  for (const file of files ?? ['']) {
    for (const entityRef of longestMatch(file, byPath)) {
      affected.add(entityRef);
    }
  }
  return [...affected].sort();
}

function longestMatch(
  file: string,
  byPath: ReadonlyMap<string, readonly string[]>,
): readonly string[] {
  for (let path = file; path !== ''; path = parentOf(path)) {
    const found = byPath.get(path);
    if (found) {
      return found;
    }
  }
  return byPath.get('') ?? [];
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), 0));
}
