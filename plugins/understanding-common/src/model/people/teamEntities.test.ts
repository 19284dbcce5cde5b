import fc from 'fast-check';
import { EntitySummary } from '../../schemas';
import { MINIMUM_TEAM, teamEntities } from './teamEntities';

const TEAM = 'group:default/a';
const people = ['ann', 'bob', 'cem', 'dora', 'eve', 'fay'].map(
  name => `user:default/${name}`,
);
const summaries = fc.uniqueArray(
  fc
    .record({
      name: fc.integer({ min: 1, max: 40 }),
      ownerRef: fc.constantFrom(TEAM, 'group:default/b', undefined),
      understanding: fc.option(fc.subarray(people), { nil: undefined }),
    })
    .map(({ name, ownerRef, understanding }) => {
      const one: Partial<EntitySummary> = {
        entityRef: `component:default/${name}`,
        title: `${name}`,
        ownerRef,
        understoodBy: understanding?.length,
        people: understanding?.map(personRef => ({
          personRef,
          displayName: personRef,
        })),
      };
      return one as EntitySummary;
    }),
  { selector: one => one.entityRef, maxLength: 10 },
);

describe('teamEntities', () => {
  const given = fc.record({
    list: fc.constantFrom(
      'owned-not-understood' as const,
      'understood-not-owned' as const,
    ),
    members: fc.subarray(people).map(refs => new Set(refs)),
    summaries,
  });

  it('lists each as its rule says, and names nobody', () => {
    fc.assert(
      fc.property(given, ({ list, members, summaries: all }) => {
        const { items, unknown } = teamEntities({
          list,
          teamRef: TEAM,
          members,
          summaries: all,
        });
        const isFew = members.size < MINIMUM_TEAM;
        const expected = all.filter(one => {
          const isUnderstood =
            one.people?.some(
              ({ personRef }) => isFew || members.has(personRef),
            ) ?? false;
          const isOwned = one.ownerRef === TEAM;
          const isMeant =
            list === 'owned-not-understood'
              ? isOwned && !isUnderstood
              : !isFew && !isOwned && isUnderstood;
          return isMeant && one.understoodBy !== undefined;
        });
        expect(items.map(one => one.entityRef).sort()).toEqual(
          expected.map(one => one.entityRef).sort(),
        );
        expect(unknown).toBe(
          all.filter(
            one => one.ownerRef === TEAM && one.understoodBy === undefined,
          ).length,
        );
        expect(JSON.stringify(items)).not.toContain('user:');
      }),
      { numRuns: 200 },
    );
  });

  it('says the same of a small team whoever its members are', () => {
    fc.assert(
      fc.property(
        given,
        fc.subarray(people, { maxLength: MINIMUM_TEAM - 1 }),
        fc.subarray(people, { maxLength: MINIMUM_TEAM - 1 }),
        ({ list, summaries: all }, some, others) => {
          const [one, other] = [some, others].map(refs =>
            teamEntities({
              list,
              teamRef: TEAM,
              members: new Set(refs),
              summaries: all,
            }),
          );
          expect(one).toEqual(other);
          expect(one.among).toBe('anybody');
        },
      ),
      { numRuns: 200 },
    );
  });
});
