import fc from 'fast-check';
import { evidenceKindSchema } from '../../schemas';
import { peoples } from '../__testUtils__/arbitraries';
import { NOW, evidence, person } from '../__testUtils__/builders';
import { defaultSettings } from '../settings';
import { PersonRecord } from './records';
import { ReviewedEntity, suggestReviewers } from './suggestReviewers';
import { judgePeople, knows } from './understanding';

const refOf = (name: string) => `user:default/${name.toLowerCase()}`;

function entity(
  title: string,
  records: readonly PersonRecord[],
  more: { members?: string[]; knownBy?: string[]; known?: boolean } = {},
): ReviewedEntity {
  const settings = {
    ...defaultSettings,
    understands: {
      ...defaultSettings.understands,
      collectedKinds: evidenceKindSchema.options,
    },
  };
  const { people } = judgePeople({ people: records, now: NOW, settings });
  return {
    title,
    people,
    understoodBy:
      more.known === false ? undefined : people.filter(knows).length,
    minimum: 2,
    kindsNeeded: 2,
    members: (more.members ?? []).map(name => ({
      personRef: refOf(name),
      displayName: name,
    })),
    knownBy: new Set((more.knownBy ?? []).map(refOf)),
  };
}

const both = (name: string, daysAgo = 9) =>
  person(name, [evidence('authored', daysAgo), evidence('reviewed', daysAgo)]);
const wrote = (name: string) => person(name, [evidence('authored', 9)]);

function suggest(
  entities: readonly ReviewedEntity[],
  more: { excluded?: string[]; loads?: Record<string, number> } = {},
) {
  const { knows: one, learns: other } = suggestReviewers({
    entities,
    excluded: new Set((more.excluded ?? []).map(refOf)),
    loads: new Map(
      Object.entries(more.loads ?? {}).map(([name, load]) => [
        refOf(name),
        load,
      ]),
    ),
    limit: 4,
  });
  const inWords = ({ person: who, reason }: typeof one) =>
    `${who?.displayName ?? '-'}: ${reason}`;
  return [inWords(one), inWords(other)];
}

describe('suggestReviewers', () => {
  it('names who knows most, and who would learn most where it is thin', () => {
    expect(
      suggest([
        entity('ledger', [both('Ann'), wrote('Bob')], {
          members: ['Ann', 'Bob', 'Cem'],
          knownBy: ['Ann'],
        }),
      ]),
    ).toEqual([
      'Ann: Understands ledger, and knows files that the change touches.',
      'Bob: ledger is understood by 1 and needs 2. With this review it is one more.',
    ]);
  });

  it('lets the part decide between those who understand the whole', () => {
    const people = [both('Ann', 1), both('Bob', 100)];
    expect(suggest([entity('ledger', people)])[0]).toMatch(/^Ann: /);
    expect(
      suggest([entity('ledger', people, { knownBy: ['Bob'] })])[0],
    ).toMatch(/^Bob: .*knows files/);
  });

  it('lets no claim lift anybody above verified evidence', () => {
    const seen = person('Bob', [evidence('reviewed', 100, true)]);
    expect(
      suggest([entity('ledger', [both('Ann', 1), seen], { knownBy: ['Ann'] })]),
    ).toEqual([
      'Bob: Has fresh evidence of ledger.',
      expect.stringContaining('Nobody who could learn it can be asked.'),
    ]);
  });

  it('prefers who learns of more of them, then who is asked for less', () => {
    const cart = entity('cart', [], { members: ['Ann', 'Bob'] });
    const shop = entity('shop', [], { members: ['Bob', 'Cem'] });
    expect(suggest([cart, shop])[1]).toBe(
      'Bob: cart and shop are understood by fewer people than they need. This review would be a beginning.',
    );
    expect(suggest([cart], { loads: { Ann: 1 } })[1]).toMatch(/^Bob: /);
    expect(suggest([cart])[1]).toMatch(/^Ann: cart is understood by nobody/);
  });

  it('asks nobody who has enough to review, had a part, or does not want to', () => {
    const ledger = entity('ledger', [both('Ann'), wrote('Bob')], {
      members: ['Cem'],
    });
    expect(
      suggest([ledger], { loads: { Ann: 4, Cem: 3 }, excluded: ['Bob'] }),
    ).toEqual([
      '-: Nobody who can be asked has fresh evidence of it.',
      'Cem: ledger is understood by 1 and needs 2. This review would be a beginning.',
    ]);
  });

  it('says why nobody has to learn anything', () => {
    const known = entity('ledger', [both('Ann'), both('Bob')], {
      members: ['Cem'],
    });
    const unknown = entity('cart', [], { known: false, members: ['Cem'] });
    expect(suggest([known])[1]).toBe(
      '-: As many people as needed understand what it touches.',
    );
    expect(suggest([known, unknown])[1]).toBe(
      '-: How many people understand what it touches is not known of all of it.',
    );
  });

  const names = ['ann', 'bob', 'cem', 'dora', 'eve'].map(refOf);
  const entities = fc.array(
    fc
      .tuple(
        peoples,
        fc.subarray(names),
        fc.subarray(names),
        fc.integer({ min: 1, max: 3 }),
        fc.boolean(),
      )
      .map(
        ([records, members, knownBy, minimum, known]): ReviewedEntity => ({
          ...entity('any', records, { known }),
          minimum,
          members: members.map(personRef => ({
            personRef,
            displayName: personRef,
          })),
          knownBy: new Set(knownBy),
        }),
      ),
    { maxLength: 4 },
  );

  it('suggests two different active people who may be asked, and always the same', () => {
    fc.assert(
      fc.property(
        entities,
        fc.func(fc.integer({ min: 0, max: 6 })),
        fc.func(fc.boolean()),
        (given, loadOf, isExcluded) => {
          const everybody = given.flatMap(one => [
            ...one.people.flatMap(({ personRef }) => personRef ?? []),
            ...one.members.map(({ personRef }) => personRef),
          ]);
          const excluded = new Set(everybody.filter(ref => isExcluded(ref)));
          const options = {
            excluded,
            loads: new Map(everybody.map(ref => [ref, loadOf(ref)])),
            limit: 4,
          };
          const found = suggestReviewers({ entities: given, ...options });
          const chosen = [found.knows, found.learns].flatMap(
            one => one.person?.personRef ?? [],
          );
          expect(new Set(chosen).size).toBe(chosen.length);
          for (const ref of chosen) {
            expect(excluded.has(ref)).toBe(false);
            expect(loadOf(ref)).toBeLessThan(4);
            expect(
              given.some(
                one =>
                  one.people.some(
                    ({ personRef, active }) => personRef === ref && active,
                  ) || one.members.some(({ personRef }) => personRef === ref),
              ),
            ).toBe(true);
          }
          const learner = found.learns.person?.personRef;
          const thin = given.filter(
            one =>
              one.understoodBy !== undefined && one.understoodBy < one.minimum,
          );
          expect(
            learner === undefined ||
              thin.some(
                one =>
                  !one.people.some(
                    ({ personRef, understands }) =>
                      personRef === learner && understands,
                  ),
              ),
          ).toBe(true);
          // Nothing is said but two people and two sentences.
          expect(Object.keys(found)).toEqual(['knows', 'learns']);
          expect(
            suggestReviewers({ entities: [...given].reverse(), ...options }),
          ).toMatchObject({
            knows: found.knows.person ? { person: found.knows.person } : {},
            learns: found.learns.person ? { person: found.learns.person } : {},
          });
        },
      ),
      { numRuns: 300 },
    );
  });
});
