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

  it.each(['(a+)+b', '(a|aa)+b', '+(+(a))b', '+(a|+(a))b', '(((a+)+)+)+b'])(
    'is not held up by %s',
    glob => {
      expect(matcherOf([glob])('a'.repeat(255))).toBe(false);
    },
  );
});
