import fc from 'fast-check';
import { evidenceKindSchema } from '../../schemas';
import { NOW, evidence, person } from '../__testUtils__/builders';
import { PersonRecord, judgePeople, knows } from '../people';
import { defaultSettings } from '../settings';
import {
  ACTIONS_PER_PERSON,
  DepartingEntity,
  ENTITIES_PER_SESSION,
  simulateDeparture,
} from './simulateDeparture';

const refOf = (name: string) => `user:default/${name.toLowerCase()}`;

function entity(
  name: string,
  people: readonly PersonRecord[],
  more: Partial<DepartingEntity> & { kinds?: number } = {},
): DepartingEntity {
  const { kinds = 1, ...rest } = more;
  const settings = {
    ...defaultSettings,
    understands: {
      ...defaultSettings.understands,
      minimumKinds: kinds,
      collectedKinds: evidenceKindSchema.options,
    },
  };
  return {
    entityRef: `component:default/${name}`,
    title: name,
    minimum: 2,
    kindsNeeded: kinds,
    collectedKinds: ['authored', 'reviewed'],
    people: judgePeople({ people, now: NOW, settings }).people,
    members: [],
    unanswered: 0,
    ...rest,
  };
}

const fresh = (name: string) => person(name, [evidence('authored', 9)]);
const fading = (name: string) => person(name, [evidence('authored', 200)]);
const member = (name: string) => ({
  personRef: refOf(name),
  displayName: name,
});

const leave = (entities: readonly DepartingEntity[], ...names: string[]) =>
  simulateDeparture({ entities, leaving: new Set(names.map(refOf)) });

describe('simulateDeparture', () => {
  it('tells what falls below its minimum, the worst first, and nothing else', () => {
    const { entities } = leave(
      [
        entity('kept', [fresh('Ann'), fresh('Bob'), fresh('Cem')]),
        entity('one-left', [fresh('Ann'), fresh('Bob')]),
        entity('nobody-left', [fresh('Ann')]),
        entity('untouched', [fresh('Bob')]),
        entity('gone-before', [
          person('Ann', [evidence('authored', 9)], 'left'),
        ]),
      ],
      'Ann',
    );
    expect(
      entities.map(one => [one.title, one.before, one.after, one.minimum]),
    ).toEqual([
      ['nobody-left', 1, 0, 2],
      ['one-left', 2, 1, 2],
    ]);
  });

  it('restores what the departure takes, by those with least to answer for', () => {
    const ledger = entity('ledger', [fresh('Ann'), fresh('Bob')], {
      members: ['Ann', 'Bob', 'Cem', 'Dora'].map(member),
    });
    const others = ['a', 'b'].map(name => entity(name, [fresh('Cem')]));
    expect(leave([ledger, ...others], 'Ann')).toMatchObject({
      actions: [
        {
          action: 'pair',
          personRef: refOf('Dora'),
          restores: ['component:default/ledger'],
        },
      ],
      unrepaired: [],
    });
  });

  it.each([
    ['one kind and nothing yet', 1, [], 'pair'],
    [
      'a kind more, of which changes give one',
      2,
      [evidence('authored', 9)],
      'pair',
    ],
    ['two kinds more, which are taught at once', 2, [], 'teach-back'],
    [
      'a kind more than changes give',
      3,
      [evidence('authored', 9), evidence('reviewed', 9)],
      'game-day',
    ],
    [
      'a kind more than changes and tests give',
      4,
      [
        evidence('authored', 9),
        evidence('reviewed', 9),
        evidence('operated', 9),
      ],
      'teach-back',
    ],
  ])('asks for what gives %s', (_, kinds, given, action) => {
    const { actions } = leave(
      [
        entity(
          'ledger',
          [
            person('Ann', [evidence('taught', 9, true)]),
            person('Bob', given),
            // It is still being changed.
            person('Zed', [evidence('authored', 9)], 'left'),
          ],
          { kinds, minimum: 1 },
        ),
      ],
      'Ann',
    );
    expect(actions.map(one => [one.action, one.personRef])).toEqual([
      [action, refOf('Bob')],
    ]);
  });

  it.each([
    [
      'answers, where some are missing, of whoever has operated it',
      2,
      2,
      [evidence('operated', 9, true)],
      'edge-answers',
    ],
    ['a test, of whoever has nothing beside answers', 1, 2, [], 'game-day'],
    [
      'a test, of whoever was only on call',
      1,
      2,
      [evidence('operated', 9)],
      'game-day',
    ],
    [
      'a session, where a test gives no other kind',
      2,
      2,
      [evidence('operated', 9)],
      'teach-back',
    ],
    ['a test, where none is', 1, 0, [], 'game-day'],
    [
      'a test, of whoever has documented it',
      2,
      2,
      [evidence('documented', 9)],
      'game-day',
    ],
  ] as const)(
    'asks, of what nobody changes, for %s',
    (_, kinds, unanswered, given, action) => {
      const people = [
        person('Ann', [evidence('taught', 9, true)]),
        person('Bob', given),
      ];
      const { actions } = leave(
        [entity('ledger', people, { kinds, minimum: 1, unanswered })],
        'Ann',
      );
      expect(actions.map(one => [one.action, one.personRef])).toEqual([
        [action, refOf('Bob')],
      ]);
    },
  );

  it('goes through what belongs together in one session', () => {
    const entities = Array.from({ length: 7 }, (_, index) =>
      entity(`part-${index}`, [person('Ann', [evidence('taught', 9, true)])], {
        kinds: 2,
        systemRef: 'system:default/pay',
        members: [member('Bob')],
      }),
    );
    const { actions, unrepaired } = leave(entities, 'Ann');
    expect(actions.map(one => [one.action, one.restores.length])).toEqual([
      ['teach-back', ENTITIES_PER_SESSION],
      ['teach-back', 2],
    ]);
    expect(unrepaired).toEqual([]);
  });

  it('asks nobody who leaves, does not want to, or has enough to do', () => {
    const entities = ['a', 'b', 'c', 'd', 'e'].map(name =>
      entity(name, [fresh('Ann'), fading('Cem')], {
        members: [member('Ann'), member('Bob')],
      }),
    );
    const { actions, unrepaired } = simulateDeparture({
      entities,
      leaving: new Set([refOf('Ann')]),
      unwilling: new Set([refOf('Cem')]),
    });
    expect(actions.map(one => one.personRef)).toEqual(
      Array(ACTIONS_PER_PERSON).fill(refOf('Bob')),
    );
    expect(unrepaired.map(one => one.unknownToOthers)).toEqual([false, false]);
  });

  it('says of what nobody else has evidence', () => {
    const entities = [
      entity('a', [fresh('Ann'), fresh('Bob')], { members: [member('Ann')] }),
      entity('b', [fresh('Ann'), fading('Cem')]),
    ];
    const { unrepaired } = simulateDeparture({
      entities,
      leaving: new Set(['Ann', 'Bob'].map(refOf)),
      unwilling: new Set([refOf('Cem')]),
    });
    expect(unrepaired).toMatchObject([
      { entityRef: 'component:default/a', unknownToOthers: true },
      { entityRef: 'component:default/b', unknownToOthers: false },
    ]);
  });

  const names = ['Ann', 'Bob', 'Cem', 'Dora'] as const;
  const organisations = fc
    .array(
      fc.record({
        kinds: fc.constantFrom(1, 2),
        minimum: fc.integer({ min: 1, max: 3 }),
        system: fc.constantFrom('pay', 'ship', undefined),
        unanswered: fc.constantFrom(0, 2),
        people: fc.uniqueArray(
          fc.record({
            name: fc.constantFrom(...names),
            days: fc.constantFrom(9, 200),
            kind: fc.constantFrom('authored' as const, 'taught' as const),
          }),
          { selector: one => one.name, maxLength: 4 },
        ),
        members: fc.subarray([...names]),
      }),
      { maxLength: 4 },
    )
    .map(all =>
      all.map(({ people, members, system, ...one }, index) =>
        entity(
          `e${index}`,
          people.map(({ name, days, kind }) =>
            person(name, [evidence(kind, days, true)]),
          ),
          {
            ...one,
            systemRef: system && `system:default/${system}`,
            members: members.map(member),
          },
        ),
      ),
    );

  it('never asks in vain, and never asks the same person twice for the same', () => {
    fc.assert(
      fc.property(
        organisations,
        fc.subarray([...names]),
        (entities, leavers) => {
          const leaving = new Set(leavers.map(refOf));
          const { actions, ...found } = simulateDeparture({
            entities,
            leaving,
          });
          const served = new Map<string, Set<string>>();
          for (const { personRef, restores } of actions) {
            expect(leaving.has(personRef)).toBe(false);
            for (const ref of restores) {
              const people = served.get(ref) ?? new Set();
              expect(people.has(personRef)).toBe(false);
              served.set(ref, people.add(personRef));
              const before = entities
                .find(one => one.entityRef === ref)
                ?.people.filter(knows);
              expect(before?.map(one => one.personRef)).not.toContain(
                personRef,
              );
            }
          }
          for (const one of found.entities) {
            const missing =
              found.unrepaired.find(e => e.entityRef === one.entityRef)
                ?.missing ?? 0;
            expect(one.after + (served.get(one.entityRef)?.size ?? 0)).toBe(
              Math.min(one.before, one.minimum) - missing,
            );
          }
          const loads = actions.map(one => one.personRef);
          for (const name of new Set(loads)) {
            expect(
              loads.filter(one => one === name).length,
            ).toBeLessThanOrEqual(ACTIONS_PER_PERSON);
          }
        },
      ),
    );
  });

  it('needs at most as many actions as the bound says', () => {
    fc.assert(
      fc.property(
        organisations,
        fc.constantFrom(...names),
        (entities, leaver) => {
          const {
            actions,
            entities: fallen,
            unrepaired,
          } = leave(entities, leaver);
          const needed = fallen.reduce(
            (sum, one) => sum + Math.min(one.before, one.minimum) - one.after,
            0,
          );
          // Each action serves one need at least, and a session at most five.
          const served = actions.reduce(
            (sum, one) => sum + one.restores.length,
            0,
          );
          const missing = unrepaired.reduce((sum, one) => sum + one.missing, 0);
          expect(served + missing).toBe(needed);
          expect(actions.length).toBeLessThanOrEqual(needed);
          expect(actions.length * ENTITIES_PER_SESSION).toBeGreaterThanOrEqual(
            served,
          );
        },
      ),
    );
  });

  it('finds the fewest, up to its bound, beside trying all', () => {
    const harmonic = 1 + 1 / 2 + 1 / 3 + 1 / 4 + 1 / 5;
    fc.assert(
      fc.property(
        organisations,
        fc.constantFrom(...names),
        (entities, leaver) => {
          const {
            actions,
            entities: fallen,
            unrepaired,
          } = leave(entities, leaver);
          fc.pre(unrepaired.length === 0 && actions.length > 0);
          // All single actions that could be taken: those that a simulation takes when
          // it may take no other person.
          const options = names
            .filter(name => name !== leaver)
            .flatMap(
              name =>
                simulateDeparture({
                  entities,
                  leaving: new Set([refOf(leaver)]),
                  unwilling: new Set(
                    names.filter(one => one !== name).map(refOf),
                  ),
                }).actions,
            );
          const isEnough = (chosen: typeof options) =>
            fallen.every(
              one =>
                new Set(
                  chosen
                    .filter(({ restores }) => restores.includes(one.entityRef))
                    .map(({ personRef }) => personRef),
                ).size >=
                Math.min(one.before, one.minimum) - one.after,
            );
          let fewest = actions.length;
          for (let bits = 0; bits < 2 ** Math.min(options.length, 10); bits++) {
            const chosen = options.filter((_, index) => (bits >> index) & 1);
            if (chosen.length < fewest && isEnough(chosen)) {
              fewest = chosen.length;
            }
          }
          expect(actions.length).toBeLessThanOrEqual(
            Math.floor(harmonic * fewest),
          );
        },
      ),
    );
  });
});
