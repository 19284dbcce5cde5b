import fc from 'fast-check';
import { Step, historyOf } from '../__testUtils__/histories';
import { FileHistories, Follow } from './FileHistories';

const COUNTS: Follow = { unseenBefore: () => false, counts: () => true };

/** One commit a step, numbered from 0. */
function follow(steps: readonly Step[], how = COUNTS) {
  const history = historyOf(steps.map(step => ({ changes: [step] })));
  const order = steps.map((_, number) => number);
  const histories = new FileHistories(history, order, how);
  const files: Record<string, { created?: number; changes: number[] }> = {};
  for (const path of new Set(steps.flatMap(([, to, from]) => [to, from]))) {
    const file = path === undefined ? 0 : histories.find(path);
    if (path !== undefined && file > 0 && !histories.removalOf(path)) {
      const { starts, changes } = histories;
      files[path] = {
        created: histories.createdBy(file),
        changes: [...changes.subarray(starts[file], starts[file + 1])],
      };
    }
  }
  return { histories, files };
}

describe('FileHistories', () => {
  it.each<[string, Step[], object]>([
    [
      'a creation is no change',
      [['A', 'a']],
      { a: { created: 0, changes: [] } },
    ],
    [
      'changes of content and of type are',
      [
        ['A', 'a'],
        ['M', 'a'],
        ['T', 'a'],
      ],
      { a: { created: 0, changes: [1, 2] } },
    ],
    [
      'a rename keeps the history, and is one change',
      [
        ['A', 'a'],
        ['R', 'b', 'a'],
        ['M', 'b'],
      ],
      { b: { created: 0, changes: [1, 2] } },
    ],
    [
      'renames are followed again and again',
      [
        ['A', 'a'],
        ['R', 'b', 'a'],
        ['R', 'c', 'b'],
      ],
      { c: { created: 0, changes: [1, 2] } },
    ],
    [
      'a file at the old path of another begins a history of its own',
      [
        ['A', 'a'],
        ['R', 'b', 'a'],
        ['A', 'a'],
      ],
      { a: { created: 2, changes: [] }, b: { created: 0, changes: [1] } },
    ],
    [
      'so does a file that is created again',
      [
        ['A', 'a'],
        ['D', 'a'],
        ['A', 'a'],
      ],
      { a: { created: 2, changes: [] } },
    ],
    [
      'what is removed has none',
      [
        ['A', 'a'],
        ['D', 'a'],
      ],
      {},
    ],
    [
      'a change of the old path, on another branch, counts for the new one',
      [
        ['A', 'a'],
        ['R', 'b', 'a'],
        ['M', 'a'],
      ],
      { b: { created: 0, changes: [1, 2] } },
    ],
    [
      'a file whose creation is not here has no creator',
      [
        ['M', 'a'],
        ['R', 'b', 'a'],
      ],
      { b: { changes: [0, 1] } },
    ],
    [
      'every file has its own',
      [
        ['A', 'a'],
        ['A', 'b'],
        ['M', 'b'],
        ['M', 'a'],
        ['A', 'c'],
        ['M', 'b'],
        ['M', 'c'],
      ],
      {
        a: { created: 0, changes: [3] },
        b: { created: 1, changes: [2, 5] },
        c: { created: 4, changes: [6] },
      },
    ],
    ['the removal of an unknown file is no harm', [['D', 'a']], {}],
  ])('%s', (_, steps, files) => {
    expect(follow(steps).files).toEqual(files);
  });

  it('names no creator where earlier commits are missing', () => {
    expect(
      follow([['A', 'a']], { ...COUNTS, unseenBefore: () => true }).files,
    ).toEqual({ a: { changes: [] } });
  });

  it('follows what bots move, and counts none of it', () => {
    const { files } = follow(
      [
        ['A', 'a'],
        ['M', 'a'],
        ['R', 'b', 'a'],
        ['A', 'c'],
      ],
      { ...COUNTS, counts: commit => commit === 0 },
    );
    expect(files).toEqual({
      b: { created: 0, changes: [] },
      c: { changes: [] },
    });
  });

  it('tells where a path went, and when', () => {
    const { histories } = follow([
      ['A', 'a'],
      ['R', 'b', 'a'],
      ['R', 'c', 'b'],
      ['A', 'x'],
      ['R', 'y', 'x'],
      ['D', 'y'],
    ]);
    expect(histories.currentPath('a')).toBe('c');
    expect(histories.currentPath('b')).toBe('c');
    expect(histories.currentPath('x')).toBeUndefined();
    expect(histories.currentPath('never')).toBeUndefined();
    expect(histories.removalOf('a')).toEqual({ commit: 1, movedTo: 'b' });
    expect(histories.removalOf('y')).toEqual({ commit: 5 });
  });

  it('finds its way out of moves in a circle', () => {
    const { histories } = follow([
      ['A', 'a'],
      ['R', 'b', 'a'],
      ['R', 'a', 'b'],
      ['D', 'a'],
    ]);
    expect(histories.currentPath('b')).toBeUndefined();
  });

  const path = fc.constantFrom('a', 'b', 'c', 'd');
  const step: fc.Arbitrary<Step> = fc.oneof(
    fc.tuple(fc.constantFrom('A', 'M', 'T', 'D'), path),
    fc.tuple(fc.constant('R'), path, path),
  );

  it('knows the files that are there, whatever happened before', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), steps => {
        const there = new Set<string>();
        const possible = steps.filter(([status, to, from]) => {
          const known = there.has(from ?? to);
          const fits =
            status === 'A'
              ? !known
              : known && (status !== 'R' || !there.has(to));
          if (fits && (status === 'D' || status === 'R')) {
            there.delete(from ?? to);
          }
          if (fits && (status === 'A' || status === 'R')) {
            there.add(to);
          }
          return fits;
        });
        const { histories, files } = follow(possible);
        expect(new Set(Object.keys(files))).toEqual(there);
        const paths = ['a', 'b', 'c', 'd'];
        for (const removed of paths.filter(one => histories.removalOf(one))) {
          const now = histories.currentPath(removed);
          expect(there.has(removed)).toBe(false);
          expect(now === undefined || there.has(now)).toBe(true);
        }
      }),
    );
  });
});
