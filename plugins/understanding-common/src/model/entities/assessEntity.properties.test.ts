import fc from 'fast-check';
import { isDeepStrictEqual } from 'node:util';
import { instants, records, settingsOf } from '../__testUtils__/arbitraries';
import { entitySummarySchema, personUnderstandingSchema } from '../../schemas';
import { EntityAssessment, assessEntity } from './assessEntity';

/** All but the instant at which it was computed. */
function withoutInstant({ summary, ...rest }: EntityAssessment) {
  return { ...rest, summary: { ...summary, computedAt: undefined } };
}

describe('assessEntity, of anything', () => {
  it('gives the same until it falls due, whenever it is asked', () => {
    fc.assert(
      fc.property(
        records,
        instants,
        settingsOf,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (record, now, settings, share) => {
          const first = assessEntity(record, now, settings);
          expect(assessEntity(record, now, settings)).toEqual(first);
          const due = first.nextDueAt ?? '2999-01-01T00:00:00.000Z';
          expect(due > now).toBe(true);
          const last = Date.parse(due) - 1;
          const between =
            Date.parse(now) + Math.floor((last - Date.parse(now)) * share);
          for (const instant of [between, last]) {
            expect(
              withoutInstant(
                assessEntity(record, new Date(instant).toISOString(), settings),
              ),
            ).toEqual(withoutInstant(first));
          }
          const then = assessEntity(record, due, settings);
          const same = isDeepStrictEqual(
            withoutInstant(then),
            withoutInstant(first),
          );
          // Something does change by time alone; that is what it falls due for. Only
          // calls that are seen meanwhile may put off what they are looked at for.
          const putOff = record.dependencies.edges.observed.length > 0;
          expect(same).toBe(first.nextDueAt === undefined || (putOff && same));
        },
      ),
    );
  });

  it('raises nothing about a source that it cannot see', () => {
    fc.assert(
      fc.property(records, instants, settingsOf, (record, now, settings) => {
        const { flags, summary } = assessEntity(
          {
            ...record,
            source: { type: 'unknown', reason: 'It is not there.' },
          },
          now,
          settings,
        );
        const rules = [...flags.open, ...flags.update, ...flags.resolve].map(
          one => one.rule,
        );
        // Owners and dependencies are seen without it.
        expect(rules.filter(rule => /docs|understanding/.test(rule))).toEqual(
          [],
        );
        expect(summary.understoodBy).toBeUndefined();
        expect(summary.documentState).toBe('unknown');
      }),
    );
  });

  it('answers in the form of the contract', () => {
    fc.assert(
      fc.property(records, instants, settingsOf, (record, now, settings) => {
        const { summary, people, experts } = assessEntity(
          record,
          now,
          settings,
        );
        entitySummarySchema.parse({ ...summary, flags: [] });
        people.forEach(one => personUnderstandingSchema.parse(one));
        expect(experts).toHaveLength(summary.understoodBy ?? 0);
        expect(summary.people?.map(one => one.personRef)).toEqual(
          experts.slice(0, 10),
        );
      }),
    );
  });
});
