import fc from 'fast-check';
import picomatch from 'picomatch';
import { matcherOf } from './globs';

describe('matcherOf', () => {
  it.each([
    ['docs/**/*.md', 'docs/a.md', true],
    ['docs/**/*.md', 'docs/x/y/a.md', true],
    ['docs/**/*.md', 'other/docs/a.md', false],
    ['*.md', 'README.md', true],
    ['*.md', 'docs/a.md', false],
    ['**', '.github/workflows/ci.yml', true],
    ['src/?.ts', 'src/a.ts', true],
    ['src/[ab].ts', 'src/b.ts', true],
    ['src/{a,b}/*.ts', 'src/b/c.ts', true],
    ['./docs/*.md', 'docs/a.md', true],
    ['/docs/*.md', 'docs/a.md', true],
    ['**', 'docs/a\nb.md', true],
    ['docs/*.md', 'docs/ä\n"b" -c.md', true],
    // What means something else to picomatch.
    ['!src/**', 'lib/a.ts', false],
    ['src/(group)/*.ts', 'src/(group)/a.ts', true],
    ['src/(a|b).ts', 'src/a.ts', false],
    ['src/\\(a\\).ts', 'src/(a).ts', true],
    ['src/+(a).ts', 'src/aa.ts', false],
    ['[a-z]+.ts', 'ab.ts', false],
    ['a+b.ts', 'a+b.ts', true],
    // What it does not take at all.
    ['', '', false],
    ['/', 'a', false],
    ['[', 'a', false],
    ['(', '(', true],
    ['\\', 'a', false],
    ['a\nb', 'a\nb', true],
  ])('%j of %j: %s', (glob, path, matches) => {
    expect(matcherOf([glob])(path)).toBe(matches);
  });

  it('matches when any glob does', () => {
    const matches = matcherOf(['', 'a.md', 'x'.repeat(100_000), 'docs/**']);
    expect(matches('a.md')).toBe(true);
    expect(matches('docs/b.md')).toBe(true);
    expect(matches('c.md')).toBe(false);
  });

  it('matches nothing without a glob', () => {
    expect(matcherOf([])('a')).toBe(false);
  });

  // But for `[!a]`, which it takes for a set of two.
  it('reads globs as picomatch does', () => {
    const word = fc.stringMatching(/^[ab]{1,3}$/);
    const part = fc.oneof(
      word,
      fc.constantFrom(
        '*',
        '?',
        '[ab]',
        '[^a]',
        '{a,b}',
        '{a,{b,*}b}',
        '.',
        'a*',
      ),
    );
    const names = fc
      .array(part, { minLength: 1, maxLength: 4 })
      .map(parts => parts.join(''))
      .filter(text => !text.includes('**') && !/^\.+$/.test(text));
    // More of them can be read in more ways than are tried.
    const isFewBraces = (text: string) => text.split('{').length <= 5;
    const folder = fc.oneof(fc.constant('**'), names);
    // At the end of a glob it does not always read `**` in the same way.
    const glob = fc
      .tuple(fc.array(folder, { maxLength: 3 }), names)
      .map(([folders, name]) => [...folders, name].join('/'))
      .filter(isFewBraces);
    const path = fc.array(fc.stringMatching(/^[ab]{1,5}$/), {
      minLength: 1,
      maxLength: 5,
    });
    fc.assert(
      fc.property(glob, path, (text, segments) => {
        const name = segments.join('/');
        expect(matcherOf([text])(name)).toBe(
          picomatch.isMatch(name, text, { dot: true, noextglob: true }),
        );
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['{a,b}{c,d}', 'bc', true],
    ['{a,b}{c,d}', 'ab', false],
    ['src/{a,b/c}/*.ts', 'src/b/c/d.ts', true],
    ['{a}', '{a}', true],
    ['{a,b', '{a,b', true],
    ['\\{a,b\\}', '{a,b}', true],
    ['[]]', ']', true],
    ['[a', '[a', true],
    ['[\\]]', ']', true],
    ['[^a-c]x', 'dx', true],
    ['[!a-c]x', 'dx', true],
    ['[^a-c]x', 'bx', false],
    ['a\\*b', 'a*b', true],
    ['a\\*b', 'axb', false],
  ])('%j of %j: %s', (glob, path, matches) => {
    expect(matcherOf([glob])(path)).toBe(matches);
  });

  it.each([
    ['many stars', `${'a*'.repeat(400)}b`, 'a'.repeat(4096)],
    ['stars around everything', `${'*a'.repeat(400)}b`, 'a'.repeat(4096)],
    ['many double stars', `${'**/a/'.repeat(150)}b`, 'a/'.repeat(2000)],
    [
      'double stars with stars',
      `${'**/*a*/'.repeat(120)}b`,
      'aa/'.repeat(1300),
    ],
    ['question marks', `${'*?'.repeat(400)}b`, 'a'.repeat(4096)],
    ['sets', `${'*[a-z]'.repeat(150)}B`, 'a'.repeat(4096)],
    ['braces', `${'{a*,*a}'.repeat(100)}b`, 'a'.repeat(4096)],
    ['braces in braces', `${'{a,'.repeat(300)}b${'}'.repeat(300)}`, 'c'],
  ])('is not held up by %s', (_, glob, path) => {
    expect(matcherOf([glob])(path)).toBe(false);
  });

  it.each(['(a+)+b', '(a|aa)+b', '+(+(a))b', '+(a|+(a))b', '(((a+)+)+)+b'])(
    'is not held up by %s',
    glob => {
      expect(matcherOf([glob])('a'.repeat(255))).toBe(false);
    },
  );
});
