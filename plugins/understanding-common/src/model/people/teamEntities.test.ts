import fc from 'fast-check';
import { EntitySummary } from '../../schemas';
import { MINIMUM_TEAM, teamEntities } from './teamEntities';

const TEAM = 'group:default/a';
const people = ['ann', 'bob', 'cem', 'dora', 'eve', 'fay'].map(
  name => `user:default/${name}`,
);
const entitiesOf = fc.uniqueArray(
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
      };
      return { summary: one as EntitySummary, experts: understanding ?? [] };
    }),
  { selector: one => one.summary.entityRef, maxLength: 10 },
);

describe('teamEntities', () => {
  const given = fc.record({
    list: fc.constantFrom(
      'owned-not-understood' as const,
      'understood-not-owned' as const,
    ),
    members: fc.subarray(people).map(refs => new Set(refs)),
    entities: entitiesOf,
  });

  it('lists each as its rule says, and names nobody', () => {
    fc.assert(
      fc.property(given, ({ list, members, entities }) => {
        const { items, unknown } = teamEntities({
          list,
          teamRef: TEAM,
          members,
          entities,
        });
        const isFew = members.size < MINIMUM_TEAM;
        const expected = entities.filter(({ summary, experts }) => {
          const isUnderstood = experts.some(
            personRef => isFew || members.has(personRef),
          );
          const isOwned = summary.ownerRef === TEAM;
          const isMeant =
            list === 'owned-not-understood'
              ? isOwned && !isUnderstood
              : !isFew && !isOwned && isUnderstood;
          return isMeant && summary.understoodBy !== undefined;
        });
        expect(items.map(one => one.entityRef).sort()).toEqual(
          expected.map(one => one.summary.entityRef).sort(),
        );
        expect(unknown).toBe(
          entities.filter(
            ({ summary }) =>
              summary.ownerRef === TEAM && summary.understoodBy === undefined,
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
        ({ list, entities }, some, others) => {
          const [one, other] = [some, others].map(refs =>
            teamEntities({
              list,
              teamRef: TEAM,
              members: new Set(refs),
              entities,
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
