/**
 * Directories and files without those that lie in a directory that is there too, in
 * the order of their paths; directories end in a slash.
 */
export function outermost<T extends { readonly path: string }>(
  directories: readonly T[],
  files: readonly T[],
): T[] {
  const root = directories.filter(one => one.path === '.');
  if (root.length > 0) {
    return root;
  }
  const named = new Set(directories.map(one => one.path));
  const isOutermost = ({ path }: T) => {
    for (
      let slash = path.lastIndexOf('/');
      slash > 0;
      slash = path.lastIndexOf('/', slash - 1)
    ) {
      if (named.has(path.slice(0, slash))) {
        return false;
      }
    }
    return true;
  };
  return [
    ...directories
      .filter(isOutermost)
      .map(one => ({ ...one, path: `${one.path}/` })),
    ...files.filter(isOutermost),
  ].sort((a, b) => (a.path < b.path ? -1 : 1));
}
