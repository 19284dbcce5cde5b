import { peopleOf } from './people';

const personOf = peopleOf({
  identities: [
    { email: 'Ann@Example.com', personId: 'ann', active: true },
    { email: 'ann@home.example', personId: 'ann', active: true },
    { email: 'anns@users.noreply.github.com', personId: 'ann', active: true },
    { email: 'bob@example.com', personId: 'bob', active: false },
  ],
  bots: ['Deploy@example.com', '99+ci@users.noreply.github.com'],
});

describe('peopleOf', () => {
  it.each`
    email                                      | personId     | why
    ${'ann@example.com'}                       | ${'ann'}     | ${'case does not matter'}
    ${' ANN@EXAMPLE.COM '}                     | ${'ann'}     | ${'nor does white space'}
    ${'ann@home.example'}                      | ${'ann'}     | ${'people have several addresses'}
    ${'anns@users.noreply.github.com'}         | ${'ann'}     | ${'one of them is of GitHub'}
    ${'1234+AnnS@users.noreply.github.com'}    | ${'ann'}     | ${'whose number does not matter'}
    ${'bob@example.com'}                       | ${'bob'}     | ${'he has left, and is known'}
    ${'ann@example.org'}                       | ${undefined} | ${'another host'}
    ${'ann+git@example.com'}                   | ${undefined} | ${'another address'}
    ${'x+anns@users.noreply.github.com'}       | ${undefined} | ${'not a number'}
    ${'anns@users.noreply.github.com.evil.io'} | ${undefined} | ${'another host'}
    ${'anns@users.noreply.gitlab.com'}         | ${undefined} | ${'another host'}
    ${''}                                      | ${undefined} | ${'no address at all'}
  `('$email is of $personId: $why', ({ email, personId }) => {
    expect(personOf('Whoever', email)?.personId).toBe(personId);
  });

  it('says who is active', () => {
    expect(personOf('Ann', 'ann@example.com')?.active).toBe(true);
    expect(personOf('Bob', 'bob@example.com')?.active).toBe(false);
    expect(personOf('Cem', 'cem@example.com')?.active).toBe(false);
  });

  it.each([
    ['dependabot[bot]', '49699333+dependabot[bot]@users.noreply.github.com'],
    ['Renovate[BOT]', 'renovate@example.com'],
    ['Renovate', 'renovate[bot]@example.com'],
    ['GitHub', 'noreply@github.com'],
    ['GitHub Action', 'action@github.com'],
    ['Deploy', 'deploy@EXAMPLE.com'],
    ['CI', 'ci@users.noreply.github.com'],
  ])('%s <%s> is a bot', (name, email) => {
    expect(personOf(name, email)).toBeUndefined();
  });

  it.each([
    ['Abbot', 'abbot@example.com'],
    ['Bot', 'bot@example.com'],
  ])('%s <%s> is a person', (name, email) => {
    expect(personOf(name, email)).toBeDefined();
  });

  it('is one person by one address, whatever the name', () => {
    const key = personOf('Dan', 'dan@example.com')?.key;
    expect(personOf('Daniel Miller', 'DAN@example.com')?.key).toBe(key);
    expect(personOf('Ann', 'ann@home.example')?.key).toBe(
      personOf('A. Smith', 'ann@example.com')?.key,
    );
  });

  it.each([
    ['1+eva@users.noreply.github.com', 'eva@users.noreply.github.com'],
    // Of a managed user, and an old one.
    [
      '2+eva_acme@users.noreply.github.com',
      'eva_acme@users.noreply.github.com',
    ],
    ['3+eva-@users.noreply.github.com', 'Eva-@users.noreply.github.com'],
  ])('%s and %s are one person', (one, other) => {
    expect(personOf('Eva', one)?.key).toBe(personOf('Eva', other)?.key);
  });

  it.each([
    ['the same name', ['Sam', 'sam@example.com'], ['Sam', 'sam@example.org']],
    ['no address', ['Sam', ''], ['Tom', '']],
    ['an address like a name', ['sam', ''], ['x', 'sam']],
  ])('people of %s are two', (_, one, other) => {
    expect(personOf(one[0], one[1])?.key).not.toBe(
      personOf(other[0], other[1])?.key,
    );
  });

  it('does not give the nameless to somebody whose address is empty', () => {
    const nameless = peopleOf({
      identities: [{ email: '', personId: 'ann', active: true }],
      bots: [],
    });
    expect(nameless('Sam', '')).toMatchObject({ active: false });
    expect(nameless('Sam', '')?.personId).toBeUndefined();
  });
});
