import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ann, bob, commit, lines } from '../__testUtils__/commits';
import { git, useRepositories } from '../__testUtils__/repositories';
import { readLastContentChange } from './lastContentChange';

const repositories = useRepositories();

/** The number of the commit, from 0, that last changed the content of `path`. */
async function lastChange(
  repository: string,
  path = 'a.md',
): Promise<number | undefined> {
  const hash = await readLastContentChange({ repository, head: 'main', path });
  return hash === undefined
    ? undefined
    : Number(
        git(repository, ['log', '-1', '--format=%s', hash]).replace(
          'Commit ',
          '',
        ),
      );
}

/** A repository in which a document has these contents, one after the other. */
function documentOf(contents: readonly string[]): string {
  return repositories.create(
    contents.map(content => commit(ann, { 'a.md': content })),
  );
}

describe('readLastContentChange', () => {
  it.each<[string, number, string[]]>([
    ['its creation', 0, ['one\n']],
    ['a change', 1, ['one\n', 'two\n']],
    ['not white space', 1, ['one\n', 'two three\n', '  two\n\n\nthree \n']],
    ['not a date', 1, ['one\n', 'as of 2024-01-05\n', 'as of 2025-02-07\n']],
    ['not a typo', 0, ['It recieves.\n', 'It receives.\n']],
    ['one word added', 1, ['one\n', 'one two\n', 'one  two\n']],
    ['one line removed', 1, ['one\ntwo\n', 'one\n']],
    ['not a line end', 0, ['one\ntwo\n', 'one\r\ntwo\r\n']],
    ['nor the last one', 0, ['one', 'one\n']],
    ['everything removed', 1, ['one\n', '']],
    ['lines that begin with two dashes', 1, ['one\n--two\n', 'one\n']],
    ['lines that begin with two pluses', 1, ['one\n', 'one\n++two\n']],
    ['a rule', 1, ['one\n', 'one\n---\n']],
    [
      'a line like a header',
      1,
      ['one\n', 'one\n@@ -1 +1 @@\n+new file mode\n'],
    ],
    ['binary content', 1, ['one\n', 'one\0\n']],
  ])('finds %s', async (_, expected, contents) => {
    expect(await lastChange(documentOf(contents))).toBe(expected);
  });

  it('follows renames', async () => {
    const repository = repositories.create([
      commit(ann, { 'old.md': lines('a') }),
      commit(ann, { 'old.md': `${lines('a')}more\n` }),
      commit(bob, {}, { moves: { 'old.md': 'a.md' } }),
      commit(bob, { 'other.md': 'x' }),
    ]);
    expect(await lastChange(repository)).toBe(1);
  });

  it('sees what a rename changes besides', async () => {
    const repository = repositories.create([
      commit(ann, { 'old.md': lines('a') }),
      commit(ann, { 'old.md': undefined, 'a.md': `${lines('a')}more\n` }),
    ]);
    expect(await lastChange(repository)).toBe(1);
  });

  it('takes a copy of another document as created there', async () => {
    const repository = repositories.create([
      commit(ann, { 'template.md': lines('a') }),
      commit(ann, { 'other.md': 'x' }),
      commit(bob, { 'a.md': lines('a') }),
    ]);
    expect(await lastChange(repository)).toBe(2);
  });

  it('takes no merge for a change', async () => {
    const repository = repositories.create([
      commit(ann, { 'a.md': 'one\n' }),
      commit(ann, { 'b.md': 'x' }, { branch: 'side', from: 'main' }),
      commit(bob, { 'a.md': 'two\n', 'b.md': 'x' }, { merges: 'side' }),
    ]);
    expect(await lastChange(repository)).toBe(0);
  });

  it('reads letters that fall between two pieces of what git prints', async () => {
    const content = Array.from({ length: 40_000 }, (_, line) => `ä€😀${line}`);
    const repository = documentOf([
      content.join('\n'),
      // The same words in another order.
      [...content].reverse().join('\n'),
    ]);
    expect(await lastChange(repository)).toBe(0);
  });

  it('gives up on a document after 16 MiB of differences', async () => {
    const dated = (date: string) =>
      Array.from({ length: 500_000 }, (_, line) => `${date} ${line}\n`).join(
        '',
      );
    const repository = documentOf([dated('2024-01-05'), dated('2024-01-06')]);
    expect(await lastChange(repository)).toBeUndefined();
  });

  it.each(['-n.md', ' a.md', 'a\nb.md', 'a\t"b".md', ':(top)*.md', '[a].md'])(
    'finds the document %j',
    async path => {
      const repository = repositories.create([
        commit(ann, { [path]: 'one\n', 'a.md': 'x' }),
        commit(ann, { [path]: 'two\n' }),
        commit(ann, { 'a.md': 'y' }),
      ]);
      expect(await lastChange(repository, path)).toBe(1);
    },
  );

  it('finds none of what is not there', async () => {
    const repository = documentOf(['one\n']);
    expect(await lastChange(repository, 'b.md')).toBeUndefined();
    expect(await lastChange(repository, '../a.md')).toBeUndefined();
  });

  it('compares what git is told to show as binary', async () => {
    const repository = documentOf(['one\n', 'two\n', ' two\n']);
    writeFileSync(join(repository, '.git/info/attributes'), '*.md -diff\n');
    // It cannot be compared, so that it may be another content.
    expect(await lastChange(repository)).toBe(2);
  });
});
