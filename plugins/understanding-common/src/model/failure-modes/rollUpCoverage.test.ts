import fc from 'fast-check';
import { EntitySummary, entitySummarySchema } from '../../schemas';
import { NOW } from '../__testUtils__/builders';
import { rollUpCoverage } from './rollUpCoverage';

function summary(
  name: string,
  required: number,
  answered: number,
  part: Partial<EntitySummary> = {},
): EntitySummary {
  return entitySummarySchema.parse({
    entityRef: `component:default/${name}`,
    kind: 'component',
    namespace: 'default',
    name,
    title: name,
    example: false,
    understoodByMinimum: 2,
    documentState: 'fresh',
    coverage: { required, answered, tested: 0 },
    flags: [],
    computedAt: NOW,
    ...part,
  });
}

const payments = {
  ownerRef: 'group:default/payments',
  ownerTitle: 'Payments',
};

describe('rollUpCoverage', () => {
  it('adds up by team, the most open answers first, and leaves nobody out', () => {
    const all = [
      summary('cart', 3, 3),
      summary('ledger', 3, 1, payments),
      summary('payouts', 6, 2, payments),
    ];
    expect(rollUpCoverage(all, 'team')).toEqual([
      {
        ref: 'group:default/payments',
        title: 'Payments',
        entities: 2,
        coverage: { required: 9, answered: 3, tested: 0 },
      },
      { entities: 1, coverage: { required: 3, answered: 3, tested: 0 } },
    ]);
    const unassessed = summary('new', 0, 0, { coverage: undefined });
    expect(rollUpCoverage([...all, unassessed], 'team')).toHaveLength(2);
    expect(rollUpCoverage(all, 'system')).toMatchObject([{ entities: 3 }]);
  });

  it('counts every entity and every answer once', () => {
    const summaries = fc.array(
      fc
        .record({
          owner: fc.constantFrom('a', 'b', undefined),
          required: fc.nat(9),
          share: fc.double({ min: 0, max: 1, noNaN: true }),
        })
        .map(({ owner, required, share }) =>
          summary('x', required, Math.floor(required * share), {
            ownerRef: owner && `group:default/${owner}`,
          }),
        ),
    );
    fc.assert(
      fc.property(summaries, all => {
        const groups = rollUpCoverage(all, 'team');
        const total = (pick: (one: (typeof groups)[number]) => number) =>
          groups.map(pick).reduce((a, b) => a + b, 0);
        expect(total(one => one.entities)).toBe(all.length);
        for (const key of ['required', 'answered'] as const) {
          expect(total(one => one.coverage[key])).toBe(
            all.map(one => one.coverage?.[key] ?? 0).reduce((a, b) => a + b, 0),
          );
        }
      }),
    );
  });
});
