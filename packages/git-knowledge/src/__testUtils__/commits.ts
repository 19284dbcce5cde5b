/** As git knows people. */
export interface TestPerson {
  readonly name: string | Buffer;
  readonly email: string;
}

export const ann: TestPerson = { name: 'Ann', email: 'ann@example.com' };
export const bob: TestPerson = { name: 'Bob', email: 'bob@example.com' };
export const cem: TestPerson = { name: 'Cem', email: 'cem@example.com' };

/** Somebody else. */
export function person(name: string): TestPerson {
  return { name, email: `${name}@example.com` };
}

/** Content by path; undefined removes the file. */
export type TestFiles =
  | Readonly<Record<string, string | undefined>>
  | ReadonlyArray<
      readonly [path: string | Buffer, content: string | undefined]
    >;

/** One commit of a test; see {@link commit}. */
export interface TestCommit {
  readonly by: TestPerson;
  readonly files: TestFiles;
  /** Old paths with the new ones; the content stays the same. */
  readonly moves?: Readonly<Record<string, string>>;
  /** Seconds since 1970; the first commit is of 2024-01-01, each next a day later. */
  readonly at?: number;
  /** The same as `at` by default. */
  readonly committedAt?: number;
  readonly message?: string | Buffer;
  /** `main` by default. */
  readonly branch?: string;
  /** The branch that a new branch starts from. */
  readonly from?: string;
  /** The branch whose tip is the second parent. */
  readonly merges?: string;
}

/** Somebody changes files. */
export function commit(
  by: TestPerson,
  files: TestFiles,
  options: Omit<TestCommit, 'by' | 'files'> = {},
): TestCommit {
  return { by, files, ...options };
}

/** The n-th day of the tests' calendar, in seconds since 1970. */
export function day(number: number): number {
  return Date.UTC(2024, 0, 1 + number) / 1000;
}

/** That day as git-knowledge tells it. */
export function dayText(number: number): string {
  return new Date(day(number) * 1000).toISOString();
}

/** Lines of text of its own for every word, long enough for renames to be seen. */
export function lines(word: string, count = 20): string {
  return Array.from(
    { length: count },
    (_, index) => `const ${word}${index} = '${word} ${index}';\n`,
  ).join('');
}

/** 20 lines, so many of which are those of a word of one letter. */
export function similarTo(word: string, kept: number): string {
  return [
    ...lines(word).split('\n').slice(0, kept),
    ...lines('z').split('\n').slice(kept),
  ].join('\n');
}

/** The commits as a stream for `git fast-import`. */
export function toFastImport(commits: readonly TestCommit[]): Buffer {
  return Buffer.concat(
    commits.flatMap((one, index) => {
      const at = one.at ?? day(index);
      const by = [one.by.name, ` <${one.by.email}> `];
      return [
        `commit refs/heads/${one.branch ?? 'main'}\n`,
        ...['author ', ...by, `${at} +0000\n`],
        ...['committer ', ...by, `${one.committedAt ?? at} +0000\n`],
        ...data(one.message ?? `Commit ${index}`),
        one.from ? `from refs/heads/${one.from}\n` : '',
        one.merges ? `merge refs/heads/${one.merges}\n` : '',
        ...Object.entries(one.moves ?? {}).map(
          ([from, to]) => `R ${quote(from)} ${quote(to)}\n`,
        ),
        ...toEntries(one.files).flatMap(([path, content]) =>
          content === undefined
            ? [`D ${quote(path)}\n`]
            : [`M 100644 inline ${quote(path)}\n`, ...data(content)],
        ),
        '\n',
      ].map(part => Buffer.from(part as string));
    }),
  );
}

function toEntries(
  files: TestFiles,
): ReadonlyArray<readonly [string | Buffer, string | undefined]> {
  return Array.isArray(files) ? files : Object.entries(files);
}

function data(content: string | Buffer): Array<string | Buffer> {
  return [`data ${Buffer.byteLength(content)}\n`, content, '\n'];
}

function quote(path: string | Buffer): string {
  const bytes = [...Buffer.from(path as string)];
  return `"${bytes
    .map(byte => `\\${byte.toString(8).padStart(3, '0')}`)
    .join('')}"`;
}
