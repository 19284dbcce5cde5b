import { peopleOf } from './people';

const KNOWN = {
  identities: [
    { email: 'Ann@Example.com', personId: 'ann', active: true },
    { email: 'ann@home.example', personId: 'ann', active: true },
    { email: 'anns@users.noreply.github.com', personId: 'ann', active: true },
    { email: 'bob@example.com', personId: 'bob', active: false },
  ],
  bots: ['Deploy@example.com', '99+ci@users.noreply.github.com'],
};

/** Whom some contacts are taken for; undefined for bots. */
function tell(request: typeof KNOWN, ...contacts: Array<[string, string]>) {
  const told = peopleOf(
    contacts.map(([name, email]) => ({ name, email })),
    request,
  );
  return told.personOf.map(person => told.people[person]);
}

function personOf(name: string, email: string) {
  return tell(KNOWN, [name, email])[0];
}

function areOne(one: [string, string], other: [string, string]) {
  const [first, second] = tell(KNOWN, one, other);
  return first === second;
}

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
    expect(personOf('Cem', 'cem@example.com')?.active).toBeUndefined();
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

  it('says why somebody is a bot, each address once', () => {
    const contacts = [
      { name: 'dependabot[bot]', email: '1+dependabot[bot]@x.example' },
      { name: 'GitHub', email: 'noreply@github.com' },
      { name: 'Claude', email: 'noreply@anthropic.com' },
      { name: 'Deploy', email: 'deploy@example.com' },
      { name: 'Deploying', email: 'Deploy@example.com' },
      { name: 'Ann', email: 'ann@example.com' },
    ];
    expect(
      peopleOf(contacts, KNOWN).bots.map(one => [one.email, one.reason]),
    ).toEqual([
      ['1+dependabot[bot]@x.example', 'marked'],
      ['Deploy@example.com', 'configured'],
      ['noreply@anthropic.com', 'agent'],
      ['noreply@github.com', 'host'],
    ]);
  });

  it.each([
    ['Abbot', 'abbot@example.com'],
    ['Bot', 'bot@example.com'],
  ])('%s <%s> is a person', (name, email) => {
    expect(personOf(name, email)).toBeDefined();
  });

  it('is one person by one address, whatever the name', () => {
    expect(
      areOne(['Dan', 'dan@example.com'], ['Daniel Miller', 'DAN@example.com']),
    ).toBe(true);
    expect(
      areOne(['Ann', 'ann@home.example'], ['A. Smith', 'ann@example.com']),
    ).toBe(true);
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
    expect(areOne(['Eva', one], ['Eva', other])).toBe(true);
  });

  it.each<[string, [string, string], [string, string]]>([
    ['the same name', ['Sam', 'sam@example.com'], ['Sam', 'sam@example.org']],
    ['no address', ['Sam', ''], ['Tom', '']],
    ['an address like a name', ['sam', ''], ['x', 'sam']],
  ])('people of %s are two', (_, one, other) => {
    expect(areOne(one, other)).toBe(false);
  });

  it('does not give the nameless to somebody whose address is empty', () => {
    const [nameless] = tell(
      {
        identities: [{ email: '', personId: 'ann', active: true }],
        bots: [],
      },
      ['Sam', ''],
    );
    expect(nameless.personId).toBeUndefined();
    expect(nameless.active).toBeUndefined();
  });
});
