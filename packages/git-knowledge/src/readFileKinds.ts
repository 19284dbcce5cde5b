import { FileKind, kindOfFile, readOverrides } from './files/countedFiles';
import { matcherOf } from './files/globs';
import { Clone, readFiles } from './git/repository';
import { HeadFiles } from './history/HeadFiles';

/** Of a `.mailmap` or `.gitattributes`. */
export const MAX_BYTES = 1024 * 1024;
export const MAILMAP = '.mailmap';

/** What the files of a commit are. */
export interface FileKinds {
  /** Texts that say something of people and files, by the names of their contents. */
  readonly texts: ReadonlyMap<string, string>;
  /** The places of the files that count. */
  readonly sources: Int32Array;
  /** Of any path. */
  readonly kindOf: (path: string) => FileKind;
}

/**
 * Tells what the files of a commit are, by linguist's rules and `.gitattributes`.
 *
 * @param options.include - globs of files that count, whatever the rules say
 * @param options.exclude - globs of files that do not count; these win
 */
export async function readFileKinds(
  repository: string,
  clone: Clone,
  files: HeadFiles,
  options: {
    include?: readonly string[];
    exclude?: readonly string[];
    signal?: AbortSignal;
  },
): Promise<FileKinds> {
  const { include = [], exclude = [], signal } = options;
  const isIncluded = matcherOf(include);
  const isExcluded = matcherOf(exclude);
  const { attributes } = files;
  const texts = await readFiles(
    repository,
    // Where contents may be missing, only people are worth a try.
    [MAILMAP, ...(clone.partial ? [] : attributes)].flatMap(
      path => files.contentOf(path) ?? [],
    ),
    { signal, maxBytes: MAX_BYTES },
  );
  const overrides = readOverrides(
    new Map(
      attributes.map(path => [
        path.replace(/\/?\.gitattributes$/, ''),
        texts.get(files.contentOf(path) ?? '') ?? '',
      ]),
    ),
  );
  const kindOf = (path: string): FileKind => {
    if (isExcluded(path)) {
      return 'left-out';
    }
    return isIncluded(path) ? 'source' : kindOfFile(path, overrides);
  };
  const isByPath = !overrides && include.length + exclude.length === 0;
  return {
    texts,
    sources: files.placesOf(place =>
      isByPath
        ? files.kindAt(place) === 'source'
        : kindOf(files.paths[place]) === 'source',
    ),
    kindOf,
  };
}
