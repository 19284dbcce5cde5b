import { citedFiles } from './citedFiles';

describe('citedFiles', () => {
  it('are those that are named, and all where none is', () => {
    const paths = ['cart/book.ts', 'cart/total.ts', 'README.md'];
    expect(citedFiles('`book.ts` asks once.', paths)).toEqual(['cart/book.ts']);
    expect(citedFiles('In Total it rounds.', paths)).toEqual(['cart/total.ts']);
    expect(citedFiles('It rounds.', paths)).toEqual(paths);
    expect(citedFiles('It books.', [])).toEqual([]);
  });
});
