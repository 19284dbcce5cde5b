import { readCovers } from './frontMatter';

describe('readCovers', () => {
  it.each([
    ['---\ncovers: src/**\n---\n# Title', ['src/**']],
    ['---\ncovers: [src/**, lib/*.ts]\n---\n', ['src/**', 'lib/*.ts']],
    ['---\ncovers:\n  - src/**\n  - lib\n---\n', ['src/**', 'lib']],
    ['---\ntitle: x\ncovers: a\nother: {b: 1}\n---\n', ['a']],
    ['---\r\ncovers: src/**\r\n---\r\n', ['src/**']],
    ['---\ncovers: src/**\n---', ['src/**']],
    ['\uFEFF---\ncovers: src/**\n---\n', ['src/**']],
    ['---\ntitle: x\n---\n', []],
    ['---\n---\n', []],
    ['# Title\n---\ncovers: src/**\n---\n', []],
    ['---\ncovers: src/**\n', []],
    // What cannot be read says nothing.
    ['---\ncovers: 5\n---\n', []],
    ['---\ncovers: [5]\n---\n', []],
    ['---\ncovers: {a: b}\n---\n', []],
    ['---\ncovers: [\n---\n', []],
    ['---\ncovers: !!js/function "x"\n---\n', []],
    ['---\na: &a [x]\ncovers: *a\n---\n', []],
    ['---\njust text\n---\n', []],
    ['', []],
  ])('of %j are %j', (text, covers) => {
    expect(readCovers(text)).toEqual(covers);
  });

  it('is not held up by what never ends', () => {
    expect(readCovers(`---\n${'a: b\n'.repeat(20_000)}`)).toEqual([]);
    expect(readCovers(`---\n${'['.repeat(5000)}\n---\n`)).toEqual([]);
  });
});
