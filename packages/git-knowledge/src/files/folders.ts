/**
 * Files by each folder above them, at any depth; the root is empty and holds all.
 *
 * @returns folders in the order of their names
 */
export function filesByFolder(paths: readonly string[]): Map<string, string[]> {
  const folders = new Map<string, string[]>();
  const add = (folder: string, path: string) => {
    const files = folders.get(folder);
    if (files) {
      files.push(path);
    } else {
      folders.set(folder, [path]);
    }
  };
  for (const path of paths) {
    add('', path);
    for (
      let slash = path.indexOf('/');
      slash > 0;
      slash = path.indexOf('/', slash + 1)
    ) {
      add(path.slice(0, slash), path);
    }
  }
  return new Map([...folders].sort(([a], [b]) => (a < b ? -1 : 1)));
}
