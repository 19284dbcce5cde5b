import { filesByFolder } from './folders';

describe('filesByFolder', () => {
  it('lists a file in every folder above it', () => {
    expect([...filesByFolder(['b/c/d.ts', 'a.ts', 'b/e.ts'])]).toEqual([
      ['', ['b/c/d.ts', 'a.ts', 'b/e.ts']],
      ['b', ['b/c/d.ts', 'b/e.ts']],
      ['b/c', ['b/c/d.ts']],
    ]);
  });

  it('has nothing of no files', () => {
    expect([...filesByFolder([])]).toEqual([]);
  });
});
