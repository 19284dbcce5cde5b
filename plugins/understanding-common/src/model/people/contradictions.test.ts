import fc from 'fast-check';
import { IdentityClaim, identityContradictions } from './contradictions';
import { linkIdentities } from './identities';

const NONE = new Map<string, string>();

function claim(email: string, name: string, removed = false): IdentityClaim {
  return {
    identifier: { type: 'email', value: email },
    personRef: `user:default/${name}`,
    removed,
  };
}

/** In short, e.g. `team@x shared by ann ben`. */
function told(
  claims: readonly IdentityClaim[],
  confirmed: ReadonlyMap<string, string> = NONE,
) {
  const nameOf = (ref = 'nobody') => ref.replace('user:default/', '');
  return identityContradictions(claims, confirmed).map(
    one =>
      `${one.identifier.value} ${one.type} by ${one.personRefs
        .map(nameOf)
        .join(' ')}, ${nameOf(one.decided)}`,
  );
}

describe('identityContradictions', () => {
  const both = [claim('team@x', 'ben'), claim('team@x', 'ann')];

  it('tells of two people with one e-mail, and of nobody who has one alone', () => {
    expect(told([...both, claim('cem@x', 'cem')])).toEqual([
      'team@x shared by ann ben, nobody',
    ]);
  });

  it('tells who took over what was of a User who is gone', () => {
    expect(told([claim('a@x', 'ann', true), claim('a@x', 'anna')])).toEqual([
      'a@x taken-over by ann anna, anna',
    ]);
  });

  it('tells what was confirmed for somebody else than the catalog says', () => {
    const forCem = new Map([['team@x email', 'user:default/cem']]);
    expect(told(both, forCem)).toEqual(['team@x confirmed by ann ben, cem']);
    const forAnn = new Map([['team@x email', 'user:default/ann']]);
    expect(told(both, forAnn)).toEqual([]);
  });

  it('says the same as links do', () => {
    const claims = fc.array(
      fc.record({
        name: fc.constantFrom('ann', 'ben', 'cem', 'eve'),
        email: fc.constantFrom('a@x', 'b@x'),
        removed: fc.boolean(),
      }),
    );
    fc.assert(
      fc.property(claims, found => {
        // One address for each person, as in the catalog.
        const people = [...new Map(found.map(one => [one.name, one])).values()];
        const link = linkIdentities(
          people.map(({ name, email, removed }) => ({
            personRef: `user:default/${name}`,
            displayName: name,
            active: !removed,
            removed,
            email,
            logins: [],
          })),
        );
        const contradictions = identityContradictions(
          people.map(({ name, email, removed }) => claim(email, name, removed)),
          NONE,
        );
        for (const email of ['a@x', 'b@x']) {
          const one = contradictions.find(
            ({ identifier }) => identifier.value === email,
          );
          const linked = link(email);
          expect(one?.type === 'shared').toBe(linked.type === 'ambiguous');
          const decided =
            linked.type === 'person' ? linked.person.personRef : undefined;
          expect(one?.decided ?? decided).toBe(decided);
        }
      }),
      { numRuns: 200 },
    );
  });
});
