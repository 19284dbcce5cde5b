import fc from 'fast-check';
import { MadeCommit, addTo, hashOf } from '../__testUtils__/histories';
import { History } from './History';
import { orderOf } from './orderOf';

/** Commits that each have some of those before them as parents. */
const histories = fc
  .array(
    fc.record({
      parents: fc.array(fc.nat(5), { maxLength: 2 }),
      at: fc.nat(4),
    }),
    { minLength: 1, maxLength: 14 },
  )
  .map(commits =>
    commits.map(
      ({ parents, at }, place): MadeCommit => ({
        hash: hashOf(place),
        parents: [
          ...new Set(
            parents
              .map(back => place - 1 - back)
              .filter(parent => parent >= 0)
              .map(hashOf),
          ),
        ],
        at,
      }),
    ),
  );

function order(commits: readonly MadeCommit[], head: string) {
  const history = new History();
  commits.forEach((one, place) => addTo(history, one, place));
  const number = history.find(head) ?? -1;
  return Array.from(orderOf(history, number), commit => history.hashOf(commit));
}

describe('orderOf', () => {
  it('takes parents before children, and the older of two first', () => {
    // Two branches of the first, of which the second is the older, and their merge.
    const commits: MadeCommit[] = [
      { at: 0, parents: [] },
      { at: 5, parents: [hashOf(0)] },
      { at: 3, parents: [hashOf(0)] },
      { at: 6, parents: [hashOf(1), hashOf(2)] },
    ];
    expect(order(commits, hashOf(3))).toEqual([0, 2, 1, 3].map(hashOf));
    expect(order(commits, hashOf(1))).toEqual([0, 1].map(hashOf));
  });

  it('leaves out parents that were not read', () => {
    const commits: MadeCommit[] = [
      { parents: [hashOf(7), hashOf(8)] },
      { parents: [hashOf(0), hashOf(9)] },
    ];
    expect(order(commits, hashOf(1))).toEqual([0, 1].map(hashOf));
  });

  it('holds all that can be reached, each after its parents', () => {
    fc.assert(
      fc.property(histories, commits => {
        const head = hashOf(commits.length - 1);
        const found = order(commits, head);
        const reachable = new Set<string>();
        const next = [head];
        for (let one = next.pop(); one; one = next.pop()) {
          reachable.add(one);
          const made = commits.find(({ hash }) => hash === one);
          next.push(...(made?.parents ?? []));
        }
        expect(new Set(found)).toEqual(reachable);
        expect(found).toHaveLength(reachable.size);
        for (const { hash = '', parents = [] } of commits) {
          for (const parent of reachable.has(hash) ? parents : []) {
            expect(found.indexOf(parent)).toBeLessThan(found.indexOf(hash));
          }
        }
      }),
    );
  });

  it('does not depend on the order in which commits are read', () => {
    fc.assert(
      fc.property(histories, fc.array(fc.nat()), (commits, keys) => {
        const shuffled = commits
          .map((one, index) => ({ one, key: keys[index] ?? 0 }))
          .sort((x, y) => x.key - y.key)
          .map(({ one }) => one);
        const head = hashOf(commits.length - 1);
        expect(order(shuffled, head)).toEqual(order(commits, head));
      }),
    );
  });

  it('is the same where it is known up to any earlier head', () => {
    fc.assert(
      fc.property(histories, fc.nat(13), (commits, at) => {
        const history = new History();
        commits.forEach((one, place) => addTo(history, one, place));
        const numberOf = (place: number) =>
          history.find(hashOf(place % commits.length)) ?? -1;
        const [head, before] = [numberOf(commits.length - 1), numberOf(at)];
        const known = { head: before, order: orderOf(history, before) };
        expect(orderOf(history, head, known)).toEqual(orderOf(history, head));
      }),
      { numRuns: 1000 },
    );
  });
});
