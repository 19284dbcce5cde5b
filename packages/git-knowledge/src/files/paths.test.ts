import { foldersOf, isBelow, normalisePath } from './paths';

describe('normalisePath', () => {
  it.each([
    ['', ''],
    ['.', ''],
    ['/', ''],
    ['./', ''],
    ['src', 'src'],
    ['src/', 'src'],
    ['./src', 'src'],
    ['/src//', 'src'],
    ['.//./src/a.ts', 'src/a.ts'],
    ['a/.//b', 'a/b'],
    ['.github', '.github'],
    ['..', '..'],
    ['../src', '../src'],
    [' src ', ' src '],
  ])('makes %j %j', (path, normal) => {
    expect(normalisePath(path)).toBe(normal);
  });

  it('is not held up by slashes without end', () => {
    expect(normalisePath(`a${'/'.repeat(1_000_000)}b`)).toBe('a/b');
  });
});

describe('isBelow', () => {
  it.each([
    ['src/a.ts', '', true],
    ['src/a.ts', 'src', true],
    ['src/a.ts', 'src/a.ts', true],
    ['src/a.ts', 'sr', false],
    ['src', 'src/a.ts', false],
    ['srcs/a.ts', 'src', false],
  ])('%s below %j: %s', (path, base, below) => {
    expect(isBelow(path, base)).toBe(below);
  });
});

describe('foldersOf', () => {
  it.each([
    [[], ['']],
    [['a.ts'], ['']],
    [
      ['a/b/c.ts', 'a/d.ts', 'e/f.ts'],
      ['', 'a/b', 'a', 'e'],
    ],
  ])('%j are %j', (files, folders) => {
    expect([...foldersOf(files)]).toEqual(folders);
  });
});
