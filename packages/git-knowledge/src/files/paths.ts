/** A path from the root of the repository; empty for the root itself. */
export function normalisePath(path: string): string {
  return path
    .split('/')
    .filter(part => part !== '' && part !== '.')
    .join('/');
}

/** Whether a path is a folder or file itself, or lies below it. */
export function isBelow(path: string, base: string): boolean {
  return base === '' || path === base || path.startsWith(`${base}/`);
}

/** All folders that hold these files, the root included. */
export function foldersOf(files: readonly string[]): Set<string> {
  const folders = new Set<string>(['']);
  for (const file of files) {
    for (
      let slash = file.lastIndexOf('/');
      slash > 0 && !folders.has(file.slice(0, slash));
      slash = file.lastIndexOf('/', slash - 1)
    ) {
      folders.add(file.slice(0, slash));
    }
  }
  return folders;
}

/** Whether a path is one of some files and folders, or lies below. */
export function matcherOfPaths(
  paths: readonly string[],
): (path: string) => boolean {
  const bases = paths.map(normalisePath);
  return path => bases.some(base => isBelow(path, base));
}
