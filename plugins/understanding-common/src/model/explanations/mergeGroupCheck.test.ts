import fc from 'fast-check';
import { QueuedChange, mergeGroupCheck } from './mergeGroupCheck';

const STATES = ['failure', 'pending', 'neutral', 'success'] as const;

const queued: fc.Arbitrary<QueuedChange> = fc.record(
  {
    number: fc.nat(),
    check: fc.record({
      state: fc.constantFrom(...STATES),
      title: fc.string(),
    }),
  },
  { requiredKeys: ['number'] },
);

describe('mergeGroupCheck', () => {
  it('is the worst of its changes, and names the first of those', () => {
    const change = (number: number, state: (typeof STATES)[number]) => ({
      number,
      check: { state, title: `It is ${state}` },
    });
    expect(
      mergeGroupCheck([
        change(1, 'success'),
        change(2, 'failure'),
        change(3, 'pending'),
        change(4, 'failure'),
      ]),
    ).toEqual({ state: 'failure', title: '#2: It is failure (and 1 more)' });
    expect(mergeGroupCheck([{ number: 1 }, change(2, 'success')])).toEqual({
      state: 'success',
      title: '#2: It is success',
    });
    expect(mergeGroupCheck([{ number: 1 }])).toBeUndefined();
  });

  it('passes only where each of them passes, in whatever order', () => {
    fc.assert(
      fc.property(fc.array(queued), fc.nat(), (changes, by) => {
        const state = mergeGroupCheck(changes)?.state;
        const states = changes.map(one => one.check?.state);
        expect(state === 'success').toBe(
          states.includes('success') &&
            states.every(one => one === 'success' || one === undefined),
        );
        expect(state === 'failure').toBe(states.includes('failure'));
        const turn = by % Math.max(1, changes.length);
        const turned = [...changes.slice(turn), ...changes.slice(0, turn)];
        expect(mergeGroupCheck(turned)?.state).toBe(state);
      }),
      { numRuns: 300 },
    );
  });
});
