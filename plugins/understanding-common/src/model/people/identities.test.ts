import fc from 'fast-check';
import { identity } from '../__testUtils__/builders';
import {
  canonicalAddress,
  linkIdentities,
  loginOfNoreplyAddress,
} from './identities';

const ann = identity('Ann', {
  email: 'Ann.Smith@example.com',
  logins: ['AnnS'],
});
const bob = identity('Bob', { email: 'bob@example.com', logins: ['bob-2'] });
const nameless = identity('Cem Kaya');

const AMBIGUOUS = {
  type: 'ambiguous',
  personRefs: ['user:default/ann', 'user:default/bob'],
};

describe('loginOfNoreplyAddress', () => {
  it.each([
    ['1234+AnnS@users.noreply.github.com', 'anns'],
    ['anns@users.noreply.github.com', 'anns'],
    ['7+a@USERS.noreply.GitHub.com', 'a'],
    ['7+ann-smith@users.noreply.github.com', 'ann-smith'],
    // Of a managed user, and an old one.
    ['7+ann_acme@users.noreply.github.com', 'ann_acme'],
    ['ann-@users.noreply.github.com', 'ann-'],
    ['49699333+dependabot[bot]@users.noreply.github.com', undefined],
    ['+anns@users.noreply.github.com', undefined],
    ['x+anns@users.noreply.github.com', undefined],
    ['@users.noreply.github.com', undefined],
    ['-ann@users.noreply.github.com', undefined],
    ['anns@users.noreply.github.com.evil.example', undefined],
    ['anns@evil.example#users.noreply.github.com', undefined],
    ['anns@usersXnoreply.github.com', undefined],
    ['noreply@github.com', undefined],
    ['', undefined],
  ])('%s: %s', (email, login) => {
    expect(loginOfNoreplyAddress(email)).toBe(login);
  });

  it('takes no time on long addresses', () => {
    expect(loginOfNoreplyAddress('1'.repeat(100_000))).toBeUndefined();
  });
});

describe('linkIdentities', () => {
  const link = linkIdentities([ann, bob, nameless]);

  it.each([
    ['ann.smith@example.com', ann],
    ['ANN.SMITH@EXAMPLE.COM', ann],
    [' ann.smith@example.com ', ann],
    ['1234+anns@users.noreply.github.com', ann],
    ['anns@users.noreply.github.com', ann],
    ['BOB-2@users.noreply.github.com', bob],
  ])('%s links', (email, person) => {
    expect(link(email)).toEqual({ type: 'person', person });
  });

  it.each([
    ['an unknown address', 'ann.smith@example.org'],
    ['a similar address', 'annsmith@example.com'],
    ['an address with a tag', 'ann.smith+git@example.com'],
    ['a login as local part elsewhere', 'anns@example.com'],
    ['a login of noreply of another host', 'anns@users.noreply.gitlab.com'],
    ['a login alone', 'anns'],
    ['a name', 'Cem Kaya'],
    ['nothing', ''],
    ['white space', ' '],
  ])('%s links to nobody', (_, email) => {
    expect(link(email)).toEqual({ type: 'none' });
  });

  it('links to neither of two who claim an address', () => {
    const email = 'team@example.com';
    const byEmail = linkIdentities([
      identity('Bob', { email }),
      identity('Ann', { email: 'TEAM@example.com' }),
    ]);
    expect(byEmail(email)).toEqual(AMBIGUOUS);
    const byLogin = linkIdentities([
      identity('Bob', { logins: ['shared'] }),
      identity('Ann', { logins: ['Shared'] }),
    ]);
    expect(byLogin('1+shared@users.noreply.github.com')).toEqual(AMBIGUOUS);
    const byBoth = linkIdentities([
      identity('Bob', { email: '1+ann@users.noreply.github.com' }),
      identity('Ann', { logins: ['ann'] }),
    ]);
    expect(byBoth('1+ann@users.noreply.github.com')).toEqual(AMBIGUOUS);
  });

  it('is not confused by one person who claims an address twice', () => {
    const twice = identity('Ann', {
      email: 'ann@users.noreply.github.com',
      logins: ['ann', 'Ann'],
    });
    expect(linkIdentities([twice])('ann@users.noreply.github.com')).toEqual({
      type: 'person',
      person: twice,
    });
  });

  it('takes empty claims for none', () => {
    const empty = linkIdentities([
      identity('Ann', { email: '  ', logins: [''] }),
    ]);
    expect(empty('')).toEqual({ type: 'none' });
    expect(empty('  ')).toEqual({ type: 'none' });
  });

  it('never links by name, nor by what nobody claims', () => {
    const names = fc.constantFrom('ann', 'bob', 'cem');
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            name: names,
            email: fc.option(names.map(name => `${name}@example.com`)),
          }),
        ),
        fc.oneof(
          names,
          names.map(name => `${name}@example.com`),
          fc.string(),
        ),
        (claims, address) => {
          const people = claims.map(({ name, email }, index) => ({
            ...identity(name, { email: email ?? undefined }),
            personRef: `user:default/${index}`,
          }));
          const claiming = people.filter(one => one.email === address);
          expect(linkIdentities(people)(address)).toMatchObject(
            [{ type: 'none' }, { type: 'person', person: claiming[0] }][
              claiming.length
            ] ?? { type: 'ambiguous' },
          );
        },
      ),
    );
  });

  it('gives a User who was renamed what they did under the old name', () => {
    const email = 'ann@example.com';
    const before = { ...identity('Ann', { email }), removed: true };
    const now = identity('Ann Smith', { email });
    expect(linkIdentities([before, now])(email)).toEqual({
      type: 'person',
      person: now,
    });
    expect(linkIdentities([before])(email)).toEqual({
      type: 'person',
      person: before,
    });
    const other = { ...identity('Cem', { email }), removed: true };
    expect(linkIdentities([before, other])(email).type).toBe('ambiguous');
  });

  it('links what somebody confirmed, whatever the catalog says', () => {
    const home = '12+ann-home@users.noreply.github.com';
    const decided = linkIdentities(
      [ann, bob],
      new Map([
        [canonicalAddress(home), ann.personRef],
        ['bob@example.com', ann.personRef],
        ['gone@example.com', 'user:default/gone'],
      ]),
    );
    for (const email of [home, 'ANN-home@users.noreply.github.com']) {
      expect(decided(email)).toEqual({
        type: 'person',
        person: ann,
        confirmed: true,
      });
    }
    expect(decided('bob@example.com')).toMatchObject({ person: ann });
    expect(decided('gone@example.com')).toEqual({ type: 'none' });
  });
});
