import fc from 'fast-check';
import { StoredMirror, planRemovals } from './planRemovals';

const instant = (minute: number) =>
  new Date(Date.UTC(2026, 5, 1, 9, minute)).toISOString();
const NOW = instant(30);

const mirror = (folder: string, bytes: number, minute: number) => ({
  folder,
  bytes,
  usedAt: instant(minute),
});

describe('planRemovals', () => {
  const mirrors = [mirror('a', 40, 3), mirror('b', 30, 1), mirror('c', 50, 2)];
  const plan = (maxBytes: number, keep = 'a') =>
    planRemovals({ mirrors, maxBytes, keep, now: NOW });

  it('removes nothing that has room', () => {
    expect(plan(120)).toEqual({ folders: [], fits: true });
  });

  it('removes what was not used for the longest time, and no more than needed', () => {
    expect(plan(119)).toEqual({ folders: ['b'], fits: true });
    expect(plan(89)).toEqual({ folders: ['b', 'c'], fits: true });
  });

  it('keeps what was just fetched, and says when that has no room', () => {
    expect(plan(40)).toEqual({ folders: ['b', 'c'], fits: true });
    expect(plan(39)).toEqual({ folders: ['b', 'c'], fits: false });
  });

  it('leaves those alone that are being read, until their readers must be dead', () => {
    const busy = (until: string) =>
      planRemovals({
        mirrors: [mirrors[0], { ...mirrors[1], busyUntil: until }, mirrors[2]],
        maxBytes: 100,
        keep: 'a',
        now: NOW,
      }).folders;
    expect(busy(instant(31))).toEqual(['c']);
    expect(busy(NOW)).toEqual(['b']);
  });

  const arbitraryMirrors = fc.uniqueArray(
    fc.record({
      folder: fc.string({ minLength: 1, maxLength: 3 }),
      bytes: fc.nat(100),
      usedAt: fc.nat(59).map(instant),
      busyUntil: fc.option(fc.nat(59).map(instant), { nil: undefined }),
    }),
    { selector: one => one.folder, maxLength: 12 },
  );

  it('holds the quota by last use, with as few removals as it takes', () => {
    fc.assert(
      fc.property(
        arbitraryMirrors,
        fc.nat(600),
        fc.nat(11),
        (all: StoredMirror[], maxBytes, index) => {
          const keep = all[index]?.folder ?? '';
          const input = { mirrors: all, maxBytes, keep, now: NOW };
          const { folders, fits } = planRemovals(input);
          const gone = new Set(folders);
          const left = all.filter(one => !gone.has(one.folder));
          const sum = (some: readonly StoredMirror[]) =>
            some.reduce((total, { bytes }) => total + bytes, 0);
          const mayGo = ({ folder, busyUntil = '' }: StoredMirror) =>
            folder !== keep && busyUntil <= NOW;

          expect(fits).toBe(sum(left) <= maxBytes);
          expect(all.filter(one => gone.has(one.folder)).every(mayGo)).toBe(
            true,
          );
          // What did not fit was not left for nothing.
          expect(fits || !left.some(mayGo)).toBe(true);
          // Without the last of them it would not have been enough.
          const last = all.find(one => one.folder === folders.at(-1));
          expect(last === undefined || sum([...left, last]) > maxBytes).toBe(
            true,
          );
          // Nothing older stays.
          const newest = last?.usedAt ?? '';
          expect(left.filter(mayGo).every(one => one.usedAt >= newest)).toBe(
            true,
          );
          expect(planRemovals({ ...input, mirrors: left }).folders).toEqual([]);
        },
      ),
      { numRuns: 2000 },
    );
  });
});
