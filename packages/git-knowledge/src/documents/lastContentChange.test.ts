import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ann, bob, commit, day, lines } from '../__testUtils__/commits';
import { NOW } from '../__testUtils__/reading';
import {
  git,
  removeContent,
  useRepositories,
} from '../__testUtils__/repositories';
import { readKnowledge } from '../readKnowledge';
import { readLastContentChanges } from './lastContentChange';

const repositories = useRepositories();

/**
 * Which commits, counted from 0, last changed the contents of files; and how many could
 * not be compared.
 */
async function lastChanges(repository: string, paths?: readonly string[]) {
  const { snapshot } = await readKnowledge({ repository, now: NOW });
  const { commits, files } = snapshot;
  const found = await readLastContentChanges(
    repository,
    commits,
    paths ?? files.paths,
  );
  const places = new Map(
    git(repository, ['log', '--all', '--format=%H %s'])
      .trim()
      .split('\n')
      .map(line => {
        const [hash, , place] = line.split(' ');
        return [hash, Number(place)];
      }),
  );
  return {
    uncompared: found.uncompared.size,
    changes: Object.fromEntries(
      [...found.commits].map(([path, number]) => [
        path,
        places.get(commits.history.hashOf(number)),
      ]),
    ),
  };
}

async function lastChange(
  repository: string,
  path = 'a.md',
): Promise<number | undefined> {
  return (await lastChanges(repository, [path])).changes[path];
}

/** A repository in which a document has these contents, one after the other. */
function documentOf(contents: readonly string[]): string {
  return repositories.create(
    contents.map(content => commit(ann, { 'a.md': content })),
  );
}

describe('readLastContentChanges', () => {
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

  it('takes a change of over 1 MiB for one of content', async () => {
    const text = 'words and words\n'.repeat(70_000);
    const repository = documentOf([text, `${text}\n`]);
    expect(await lastChange(repository)).toBe(1);
  });

  it('gives up on a document after 16 MiB of contents', async () => {
    const ofMonth = (month: number) =>
      `2024-${month}-05 as it was\n`.repeat(45_000);
    const months = Array.from({ length: 12 }, (_, index) => index + 1);
    const few = documentOf(months.slice(0, 8).map(ofMonth));
    expect(await lastChange(few)).toBe(0);
    const many = documentOf(months.map(ofMonth));
    expect(await lastChange(many)).toBeUndefined();
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
    expect(await lastChange(repository)).toBe(1);
  });

  it('follows renames of changed documents', async () => {
    const on = (date: string) => `${lines('a')}As of ${date}.\n`;
    const repository = repositories.create([
      commit(ann, { 'a.md': on('2024-01-05') }),
      commit(bob, { 'a.md': undefined, 'b.md': on('2024-02-05') }),
      commit(bob, { 'b.md': undefined, 'c.md': on('2024-03-05') }),
      commit(bob, { 'c.md': on('2024-04-05') }),
    ]);
    expect(await lastChange(repository, 'c.md')).toBe(0);
  });

  it('sees what a branch changes under the old path', async () => {
    const repository = repositories.create([
      commit(ann, { 'a.md': lines('a') }),
      commit(
        bob,
        { 'a.md': `${lines('a')}more\n` },
        { branch: 'side', from: 'main', at: day(5) },
      ),
      commit(ann, {}, { moves: { 'a.md': 'b.md' }, at: day(3) }),
      commit(
        ann,
        { 'b.md': `${lines('a')}more\n` },
        { merges: 'side', at: day(6) },
      ),
    ]);
    expect(await lastChange(repository, 'b.md')).toBe(1);
  });

  it('takes the newer commit where two branches create the same', async () => {
    const repository = repositories.create([
      commit(ann, { 'x.ts': 'x' }),
      commit(
        ann,
        { 'a.md': 'one\n' },
        { branch: 'side', from: 'main', at: day(5) },
      ),
      commit(bob, { 'a.md': 'one\n' }, { at: day(3) }),
      commit(bob, {}, { merges: 'side', at: day(6) }),
    ]);
    expect(await lastChange(repository)).toBe(1);
  });

  it('takes a document that was removed for a new one when it is back', async () => {
    const repository = documentOf(['one\n']);
    const back = repositories.create([
      commit(ann, { 'a.md': 'one\n', 'b.md': 'x' }),
      commit(ann, { 'a.md': undefined }),
      commit(bob, { 'b.md': 'y' }),
      commit(bob, { 'a.md': 'one\n' }),
    ]);
    expect(await lastChange(repository)).toBe(0);
    expect(await lastChange(back)).toBe(3);
  });

  it('takes what is missing for a change, and says so', async () => {
    const repository = documentOf(['one\n', ' one\n', 'one \n', 'one\n\n']);
    removeContent(repository, 'main~2:a.md');
    expect(await lastChanges(repository)).toEqual({
      changes: { 'a.md': 2 },
      uncompared: 1,
    });
  });

  it('takes a document for new when what it may come from is missing', async () => {
    const repository = repositories.create([
      commit(ann, { 'a.md': lines('a'), 'x.md': 'x' }),
      commit(bob, { 'a.md': undefined, 'b.md': `${lines('a')}\n` }),
      commit(bob, { 'x.md': undefined, 'y.md': 'y' }),
      commit(bob, { 'b.md': `${lines('a')}\n\n` }),
    ]);
    removeContent(repository, 'main~3:a.md');
    expect(await lastChanges(repository)).toEqual({
      changes: { 'b.md': 1, 'y.md': 2 },
      uncompared: 1,
    });
  });

  it('finds those of many documents at once', async () => {
    const names = Array.from({ length: 300 }, (_, index) => `${index}.md`);
    const repository = repositories.create([
      commit(
        ann,
        names.map(name => [name, `of ${name}\n`] as const),
      ),
      commit(
        bob,
        names.map(name => [name, `of  ${name}\n`] as const),
      ),
    ]);
    const { changes } = await lastChanges(repository);
    expect(Object.keys(changes)).toHaveLength(300);
    expect(new Set(Object.values(changes))).toEqual(new Set([0]));
  });
});
