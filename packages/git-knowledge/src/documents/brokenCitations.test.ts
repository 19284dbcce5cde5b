import {
  TestCommit,
  ann,
  bob,
  commit,
  dayText,
  lines,
} from '../__testUtils__/commits';
import { read } from '../__testUtils__/reading';
import { git, useRepositories } from '../__testUtils__/repositories';

const repositories = useRepositories();

/** What the only document cites in vain, after these commits. */
async function brokenIn(
  commits: readonly TestCommit[],
  options: Parameters<typeof read>[1] = {},
) {
  const repository = repositories.create(commits);
  const { territory } = await read(repository, {
    documents: ['**'],
    ...options,
  });
  expect(territory.documents).toHaveLength(1);
  return territory.documents[0].brokenCitations;
}

/** The texts of citations of a document in `pay` once `pay/src/a.ts` is gone. */
async function brokenOf(text: string, path = 'pay/docs/x.md') {
  const broken = await brokenIn(
    [
      commit(ann, {
        [path]: text,
        'pay/src/a.ts': 'a',
        'pay/src/b.ts': 'b',
        'a.ts': 'root',
      }),
      commit(bob, { 'pay/src/a.ts': undefined }),
    ],
    { paths: ['pay'] },
  );
  return broken.map(one => one.citation);
}

describe('broken citations', () => {
  it('name the line, and the commit that removed the file', async () => {
    const repository = repositories.create([
      commit(ann, {
        'README.md': '# T\n\nSee\n`src/a.ts:3`.\n',
        'src/a.ts': 'a',
      }),
      commit(bob, { 'src/a.ts': undefined }),
      commit(bob, { 'b.ts': 'b' }),
    ]);
    const { territory } = await read(repository, { documents: ['README.md'] });
    expect(territory.documents[0].brokenCitations).toEqual([
      {
        citation: 'src/a.ts:3',
        line: 4,
        removedAt: dayText(1),
        removedCommit: git(repository, ['rev-parse', 'main~1']).trim(),
        movedTo: undefined,
      },
    ]);
  });

  it('tell where the file is now', async () => {
    expect(
      await brokenIn([
        commit(ann, { 'README.md': '`a.ts`', 'a.ts': lines('a') }),
        commit(bob, {}, { moves: { 'a.ts': 'b.ts' } }),
        commit(bob, {}, { moves: { 'b.ts': 'src/c.ts' } }),
      ]),
    ).toMatchObject([{ removedAt: dayText(1), movedTo: 'src/c.ts' }]);
  });

  it.each([
    ['from the root', '`pay/src/a.ts`'],
    ["from the document's folder", '[a](../src/a.ts)'],
    ["from the territory's path", '`src/a.ts`'],
    ['with dots', '`./src/../src/a.ts`'],
  ])('are found %s', async (_, text) => {
    expect(await brokenOf(text)).toHaveLength(1);
  });

  it.each([
    ['what is there', '`pay/src/b.ts`, `src/b.ts`, [b](../src/b.ts)'],
    ['folders that are there', '`pay/src/`, `src/`, `../src`, `docs/`'],
    ['what never was there', '`pay/src/z.ts`, `z.md`, `console.log`'],
    ['what is there by another reading', '`a.ts`'],
    ['what lies outside of the repository', '`../../../pay/src/a.ts`'],
    ['addresses', '[x](https://example.com/pay/src/a.ts)'],
    ['text', 'pay/src/a.ts'],
  ])('are not found of %s', async (_, text) => {
    expect(await brokenOf(text)).toEqual([]);
  });

  it('are read in Markdown only', async () => {
    expect(await brokenOf('`pay/src/a.ts`', 'pay/x.txt')).toEqual([]);
    expect(await brokenOf('`pay/src/a.ts`', 'pay/x.mdx')).toHaveLength(1);
  });

  it('are gone when the file is back', async () => {
    expect(
      await brokenIn([
        commit(ann, { 'README.md': '`a.ts`', 'a.ts': 'a' }),
        commit(bob, { 'a.ts': undefined }),
        commit(ann, { 'a.ts': 'again' }),
      ]),
    ).toEqual([]);
  });

  it('are found when a bot removed the file', async () => {
    expect(
      await brokenIn([
        commit(ann, { 'README.md': '`a.ts`', 'a.ts': 'a' }),
        commit(
          { name: 'cleaner[bot]', email: 'cleaner@example.com' },
          { 'a.ts': undefined },
        ),
      ]),
    ).toMatchObject([{ removedAt: dayText(1) }]);
  });

  it('are found on every line that has one', async () => {
    expect(
      await brokenIn([
        commit(ann, {
          'README.md': '`a.ts`\n\n- [a](a.ts)\n\n|x|\n|-|\n|`a.ts`|\n',
          'a.ts': 'a',
        }),
        commit(bob, { 'a.ts': undefined }),
      ]),
    ).toMatchObject([{ line: 1 }, { line: 3 }, { line: 7 }]);
  });
});
