import { readCitations, readTitle } from './citations';

function pathsOf(markdown: string): string[] {
  return readCitations(markdown).map(citation => citation.path);
}

describe('readCitations', () => {
  it.each([
    ['`src/a.ts`', ['src/a.ts']],
    ['`a.ts`', ['a.ts']],
    ['`src/`', ['src/']],
    ['`./src/a.ts`', ['./src/a.ts']],
    ['`../src/a.ts`', ['../src/a.ts']],
    ['`src/a.ts:12`', ['src/a.ts']],
    ['`src/a.ts:12-15`', ['src/a.ts']],
    ['`src/a.ts:12:5`', ['src/a.ts']],
    ['`.github/workflows/ci.yml`', ['.github/workflows/ci.yml']],
    ['`@scope/name`', ['@scope/name']],
    ['[a](src/a.ts)', ['src/a.ts']],
    ['[a](src/a.ts#L5)', ['src/a.ts']],
    ['[a](src/a.ts?plain=1)', ['src/a.ts']],
    ['[a](src/%61.ts)', ['src/a.ts']],
    ['[a][1]\n\n[1]: src/a.ts', ['src/a.ts']],
    ['[`b.ts`](src/a.ts) and `c.ts`', ['src/a.ts', 'b.ts', 'c.ts']],
    ['- one `a.ts`\n- two `b.ts`', ['a.ts', 'b.ts']],
    ['# `a.ts`', ['a.ts']],
    ['> `a.ts`', ['a.ts']],
    ['|x|\n|-|\n|`a.ts`|', ['a.ts']],
    // Nothing that looks like a path, or nothing that can be looked up.
    ['src/a.ts', []],
    ['`readHistory`', []],
    ['`1.2`', []],
    ['`npm install`', []],
    ['`/etc/passwd`', []],
    ['`a//b`', []],
    ['[a](https://example.com/a.ts)', []],
    ['[a](mailto:ann@example.com)', []],
    ['[a](#section)', []],
    ['[a](/src/a.ts)', []],
    ['[a](%E0%A4%A)', []],
    ['```\n`a.ts`\n```', []],
    ['    `a.ts`', []],
    ['<!-- `a.ts` -->', []],
    ['---\nnote: see `a.ts`\n---\n`b.ts`', ['b.ts']],
    ['', []],
  ])('%j cites %j', (markdown, paths) => {
    expect(pathsOf(markdown)).toEqual(paths);
  });

  it('tells the text and the line', () => {
    const markdown = [
      '---',
      'title: x',
      '---',
      '# Title',
      '',
      'One `a.ts:5` and',
      'two `b.ts`  ',
      '[three](c.ts#x).',
      '',
      '- item',
      '  - `d.ts`',
      '',
      '| x | y |',
      '| - | - |',
      '| 1 | 2 |',
      '| `e.ts` | `f.ts` |',
      '',
      '> quote\\',
      '> `g.ts`',
      '',
      'Setext `h.ts`',
      '===',
    ].join('\n');
    expect(
      readCitations(markdown).map(({ text, line }) => [text, line]),
    ).toEqual([
      ['a.ts:5', 6],
      ['b.ts', 7],
      ['c.ts#x', 8],
      ['d.ts', 11],
      ['e.ts', 16],
      ['f.ts', 16],
      ['g.ts', 19],
      ['h.ts', 21],
    ]);
  });

  it('counts lines of every line end', () => {
    expect(readCitations('# A\r\n\r\none\r\n`a.ts`\r\n')).toMatchObject([
      { line: 4 },
    ]);
  });

  it('reads no more than 2000 of one document', () => {
    expect(readCitations('`a.ts`\n'.repeat(3000))).toHaveLength(2000);
  });

  it.each([
    ['brackets', '['.repeat(50_000)],
    ['backticks', '`'.repeat(100_000)],
    ['emphasis', '*a_'.repeat(30_000)],
    ['quotes', '>'.repeat(50_000)],
    ['one long code span', `\`${'a/'.repeat(200_000)}:\``],
    ['colons', `\`${':1'.repeat(200_000)}x\``],
  ])('is not held up by %s', (_, markdown) => {
    expect(pathsOf(markdown).length).toBeLessThanOrEqual(2000);
  });
});

describe('readTitle', () => {
  it.each([
    ['# Title', 'Title'],
    ['# Title #\n\ntext', 'Title'],
    ['#   A  title  ', 'A  title'],
    ['text\n\n# Title', 'Title'],
    ['Title\n=====', 'Title'],
    ['# One\n# Two', 'One'],
    ['# With `code` and *more*', 'With `code` and *more*'],
    ['---\n# a comment\ncovers: src/**\n---\n\n# Title', 'Title'],
    ['```sh\n# a comment\n```\n\n# Title', 'Title'],
    ['<!-- \n# hidden\n-->\n\n# Title', 'Title'],
    ['## Section', undefined],
    ['#hash', undefined],
    ['#', undefined],
    ['text', undefined],
    ['', undefined],
  ])('of %j is %j', (markdown, title) => {
    expect(readTitle(markdown)).toBe(title);
  });

  it.each([
    ['spaces', `# a${' '.repeat(300_000)}b`],
    ['hashes', `# a${'#'.repeat(300_000)}b`],
    ['lines', `#${'\n'.repeat(300_000)}b`],
  ])('is not held up by %s', (_, markdown) => {
    expect(typeof readTitle(markdown)).toMatch(/string|undefined/);
  });
});
