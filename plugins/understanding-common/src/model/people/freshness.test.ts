import fc from 'fast-check';
import { instants } from '../__testUtils__/arbitraries';
import { NOW, inDays, justBefore } from '../__testUtils__/builders';
import { freshnessAt, freshnessUntil } from './freshness';

const settings = { freshDays: 180, fadingDays: 360 };

function freshness(latestAt: string, now: string, limits: typeof settings) {
  const state = freshnessAt(now, limits)(latestAt);
  return { state, until: freshnessUntil(latestAt, state, limits) };
}

const ORDER = ['fresh', 'fading', 'old'];

describe('freshness', () => {
  it.each([
    [inDays(0), 'fresh', inDays(180)],
    [inDays(-180, 1), 'fresh', inDays(0, 1)],
    [inDays(-180), 'fading', inDays(180)],
    [inDays(-360, 1), 'fading', inDays(0, 1)],
    [inDays(-360), 'old', undefined],
    [inDays(-4000), 'old', undefined],
    // Clocks differ, and nobody authenticates the dates of commits.
    [inDays(2), 'fresh', inDays(182)],
  ])('of %s is %s until %s', (latestAt, state, until) => {
    expect(freshness(latestAt, NOW, settings)).toEqual({ state, until });
  });

  it('has no fading where both limits are the same', () => {
    const same = { freshDays: 90, fadingDays: 90 };
    expect(freshness(inDays(-90, 1), NOW, same).state).toBe('fresh');
    expect(freshness(inDays(-90), NOW, same)).toEqual({ state: 'old' });
  });

  it('changes exactly at until, and not before', () => {
    fc.assert(
      fc.property(instants, instants, (latestAt, now) => {
        const { state, until } = freshness(latestAt, now, settings);
        expect(until === undefined).toBe(state === 'old');
        const due = until ?? '2999-01-01T00:00:00.000Z';
        expect(due > now).toBe(true);
        expect(freshness(latestAt, justBefore(due), settings)).toEqual({
          state,
          until,
        });
        expect(freshness(latestAt, due, settings).state).toBe(
          state === 'fresh' ? 'fading' : 'old',
        );
      }),
    );
  });

  it('never becomes fresher as time passes', () => {
    fc.assert(
      fc.property(instants, instants, instants, (latestAt, one, other) => {
        const [earlier, later] = [one, other].sort();
        expect(
          ORDER.indexOf(freshness(latestAt, later, settings).state),
        ).toBeGreaterThanOrEqual(
          ORDER.indexOf(freshness(latestAt, earlier, settings).state),
        );
      }),
    );
  });
});
