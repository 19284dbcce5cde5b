import fc from 'fast-check';
import { LoggedCommit, parseLog, splitNul } from './parseLog';

const HASH = 'c0ffee'.padEnd(40, '0');
const META = `:100644 100644 ${HASH} ${HASH}`;
const LIMITS = { changes: 100, pathLength: 100 };

/** As git prints it: NUL after every field and every path. */
function header(
  hash: string,
  rest = ['Ann', 'ann@example.com', '5', '6'],
  coAuthors = '',
) {
  return [hash, ...rest, coAuthors];
}

async function parse(
  tokens: readonly string[],
  options: { limits?: typeof LIMITS; cuts?: readonly number[] } = {},
): Promise<LoggedCommit[]> {
  const bytes = Buffer.from(tokens.map(token => `${token}\0`).join(''));
  const cuts = [0, ...(options.cuts ?? []), bytes.length]
    .map(cut => Math.min(cut, bytes.length))
    .sort((x, y) => x - y);
  async function* chunks() {
    for (let index = 1; index < cuts.length; index += 1) {
      yield bytes.subarray(cuts[index - 1], cuts[index]);
    }
  }
  const commits: LoggedCommit[] = [];
  for await (const one of parseLog(chunks(), options.limits ?? LIMITS)) {
    commits.push(one);
  }
  return commits;
}

describe('parseLog', () => {
  it('reads commits with everything that can happen to a file', async () => {
    const [first, second, ...more] = await parse([
      ...header('1'),
      ...[`\n${META} A`, 'a', `${META} M`, 'b', `${META} D`, 'c'],
      ...[`${META} T`, 'd', `${META} R100`, 'e', 'f', `${META} C75`, 'g', 'h'],
      ...header('2', ['Bob', 'bob@example.com', '7', '8']),
    ]);
    expect(more).toEqual([]);
    expect(first).toEqual({
      hash: '1',
      name: 'Ann',
      email: 'ann@example.com',
      authorTime: 5,
      committerTime: 6,
      coAuthors: [],
      omitted: 0,
      changes: [
        { status: 'A', path: 'a' },
        { status: 'M', path: 'b' },
        { status: 'D', path: 'c' },
        { status: 'T', path: 'd' },
        { status: 'R', from: 'e', path: 'f' },
        // A copy is a creation.
        { status: 'A', from: 'g', path: 'h' },
      ],
    });
    expect(second).toMatchObject({ hash: '2', name: 'Bob', changes: [] });
  });

  it('takes no name, address or path for anything else', async () => {
    const odd = [META, `${META} A`, '\n', '-n', ' ', '"a"\t\'b\'\n', ':', ''];
    for (const text of odd) {
      const commits = await parse([
        ...header('1', [text, text, '5', '6']),
        ...[`\n${META} R050`, `${text}x`, `${text}y`, `${META} A`, `${text}z`],
        ...header('2'),
      ]);
      expect(commits).toMatchObject([
        {
          name: text,
          email: text,
          changes: [
            { status: 'R', from: `${text}x`, path: `${text}y` },
            { status: 'A', path: `${text}z` },
          ],
        },
        { hash: '2' },
      ]);
    }
  });

  it.each([
    ['', []],
    ['Bob <bob@example.com>', [{ name: 'Bob', email: 'bob@example.com' }]],
    [
      'Bob B. <b@x>\n<c@x>\n  Dan <d@x> ',
      [
        { name: 'Bob B.', email: 'b@x' },
        { name: '', email: 'c@x' },
        { name: 'Dan', email: 'd@x' },
      ],
    ],
    // Nobody can be told by these.
    ['Bob\nBob bob@example.com\nBob <>\nBob <a b>\n<a> <b>', []],
    [`${'x'.repeat(600)} <b@x>`, []],
  ])('reads the co-authors %j', async (text, coAuthors) => {
    const commits = await parse([
      ...header('1', undefined, text),
      ...header('2'),
    ]);
    expect(commits).toMatchObject([{ coAuthors }, { coAuthors: [] }]);
  });

  it('believes no commit that names hundreds of co-authors all of them', async () => {
    const text = Array.from({ length: 900 }, (_, one) => `P <p${one}@x>`);
    const [commit] = await parse(header('1', undefined, text.join('\n')));
    expect(commit.coAuthors).toHaveLength(20);
  });

  it.each(['', 'soon', '1e400'])('takes %j for no time', async text => {
    const [commit] = await parse(header('1', ['Ann', 'a@b', text, text]));
    expect(Number.isFinite(commit.authorTime)).toBe(false);
    expect(Number.isFinite(commit.committerTime)).toBe(false);
  });

  it('leaves out what is beyond the limits, and counts it', async () => {
    const changes = ['a', 'b', 'c', 'd'].flatMap(path => [`${META} A`, path]);
    const long = [`${META} R100`, 'a', 'x'.repeat(11)];
    const commits = await parse([...header('1'), ...long, ...changes], {
      limits: { changes: 3, pathLength: 10 },
    });
    expect(commits).toMatchObject([
      { omitted: 2, changes: [{ path: 'a' }, { path: 'b' }, { path: 'c' }] },
    ]);
  });

  it('reads nothing out of nothing', async () => {
    expect(await parse([])).toEqual([]);
  });

  const text = fc
    .string({ unit: 'binary', maxLength: 8 })
    .map(one => one.replace(/\0/g, ''));
  const path = text.map(one => `p${one}`);
  const change = fc.oneof(
    fc.tuple(fc.constantFrom('A', 'M', 'D', 'T'), path),
    fc.tuple(fc.constant('R087'), path, path),
  );
  const commit = fc.record({
    name: text,
    email: text,
    changes: fc.array(change, { maxLength: 4 }),
  });

  it('reads the same wherever the stream is cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(commit, { maxLength: 5 }),
        fc.array(fc.nat(800), { maxLength: 20 }),
        async (commits, cuts) => {
          const tokens = commits.flatMap(({ name, email, changes }, index) => [
            ...header(`${index}`, [name, email, '5', '6']),
            ...changes.flatMap(([status, ...paths]) => [
              `${META} ${status}`,
              ...paths,
            ]),
          ]);
          const parsed = await parse(tokens, { cuts });
          expect(parsed).toEqual(await parse(tokens));
          expect(parsed.map(one => [one.name, one.changes.length])).toEqual(
            commits.map(({ name, changes }) => [
              Buffer.from(name).toString(),
              changes.length,
            ]),
          );
        },
      ),
    );
  });
});

describe('splitNul', () => {
  it.each([
    [[''], []],
    [['a\0b\0'], ['a', 'b']],
    [['a\0b'], ['a', 'b']],
    [
      ['a', '', 'b\0\0', 'c'],
      ['ab', '', 'c'],
    ],
  ])('splits %j into %j', async (chunks, tokens) => {
    async function* stream() {
      yield* chunks.map(chunk => Buffer.from(chunk));
    }
    const found: string[] = [];
    for await (const token of splitNul(stream())) {
      found.push(token);
    }
    expect(found).toEqual(tokens);
  });
});
