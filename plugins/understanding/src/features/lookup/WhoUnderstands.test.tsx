import { act, fireEvent, screen, within } from '@testing-library/react';
import {
  StandInBackend,
  SYSTEMS,
  getAddress,
  person,
  setupUser,
  whoUnderstands,
} from '../../__testUtils__';

function field() {
  return screen.findByRole('combobox', { name: 'Who understands this?' });
}

const SUGGESTIONS = '/who-understands/suggestions';

function region() {
  return screen.getByRole('region', { name: 'Answer' });
}

describe.each(SYSTEMS)('question in the %s front-end system', (_, system) => {
  let backend: StandInBackend;

  beforeEach(() => {
    backend = StandInBackend.start();
  });

  function questions() {
    return backend.queries('/who-understands').map(({ query }) => query);
  }

  it('is answered with people, evidence and owner', async () => {
    backend.answers = [whoUnderstands('ledger', [{ example: true }])];
    await system.renderPage();
    await setupUser().type(await field(), 'ledger{Enter}');
    const answer = await within(region()).findByRole('heading', {
      name: 'Ledger',
    });
    expect(answer).toBeVisible();
    expect(region()).toHaveTextContent('LedgerExampleby its name');
    expect(region()).toHaveTextContent(
      'Ann Bergauthored, last on Feb 10, 2026 fresh',
    );
    expect(
      within(region())
        .getAllByRole('link')
        .map(link => [link.textContent, link.getAttribute('href')]),
    ).toEqual([
      ['Ledger', '/inventory/default/component/ledger'],
      ['Ann Berg', '/inventory/default/user/ann'],
      ['Payments owns it', '/inventory/default/group/payments'],
    ]);
    expect(questions()).toEqual(['ledger']);
    expect(getAddress()).toBe('/understanding?ask=ledger');
  });

  it('is read out: politely, and not before it is whole', async () => {
    backend.answers = [whoUnderstands('ledger', [{}])];
    const release = backend.hold('/who-understands');
    await system.renderPage('?ask=ledger');
    expect(await field()).toHaveValue('ledger');
    expect(region()).toHaveAttribute('aria-live', 'polite');
    expect(region()).toHaveAttribute('aria-busy', 'true');
    release();
    await within(region()).findByText('Ann Berg');
    expect(region()).toHaveAttribute('aria-busy', 'false');
  });

  it('is asked at once with Enter, and once only', async () => {
    await system.renderPage('?kind=api');
    await setupUser().type(await field(), ' ledger {Enter}');
    expect(questions()).toEqual(['ledger']);
    await act(() => jest.advanceTimersByTimeAsync(1000));
    expect(questions()).toEqual(['ledger']);
    expect(getAddress()).toBe('/understanding?kind=api&ask=ledger');
  });

  it.each(['ledger', 'ledger '])(
    'shows its answer and no list, with Enter upon the last letter of “%s”',
    async typed => {
      backend.answers = [whoUnderstands('ledger', [{}])];
      await system.renderPage();
      const input = await field();
      act(() => input.focus());
      // Faster than the page is drawn.
      act(() => {
        fireEvent.change(input, { target: { value: typed } });
        fireEvent.keyDown(input, { key: 'Enter' });
      });
      expect(
        await screen.findByRole('heading', { name: 'Ledger' }),
      ).toBeVisible();
      await act(() => jest.advanceTimersByTimeAsync(1000));
      expect(screen.queryByRole('listbox')).toBeNull();
      expect(input).toHaveFocus();
      expect(input).toHaveValue(typed);
      expect(questions()).toEqual(['ledger']);
    },
  );

  it('is not asked with a single letter', async () => {
    await system.renderPage();
    await setupUser().type(await field(), 'l{Enter}');
    await act(() => jest.advanceTimersByTimeAsync(1000));
    expect(questions()).toEqual([]);
    expect(region()).toBeEmptyDOMElement();
  });

  it('takes its answer with it when it is cleared', async () => {
    await system.renderPage('?ask=nothing');
    await screen.findByText(/Nothing in the catalog matches “nothing”/);
    const user = setupUser();
    await user.clear(await field());
    expect(
      await screen.findByRole('option', { name: /Type two letters or more/ }),
    ).toBeVisible();
    await user.keyboard('{Escape}');
    await act(() => jest.advanceTimersByTimeAsync(1000));
    expect(region()).toBeEmptyDOMElement();
    expect(getAddress()).toBe('/understanding');
  });

  it('says that nothing matches because not all was read yet', async () => {
    backend.answers = [{ ...whoUnderstands('ledger', []), stillReading: true }];
    await system.renderPage('?ask=ledger');
    expect(
      await screen.findByText(/Nothing in the catalog matches “ledger”/),
    ).toHaveTextContent(
      /\. Not all of the catalog and its histories has been read yet, /,
    );
  });

  it('is gone when a link leads to the page without it', async () => {
    await system.renderPage('?ask=nothing');
    await screen.findByText(/Nothing in the catalog matches/);
    await setupUser().click(screen.getByRole('link', { name: 'Menu' }));
    expect(getAddress()).toBe('/understanding');
    expect(await field()).toHaveValue('');
    expect(region()).toBeEmptyDOMElement();
  });

  it.each([
    [
      'that nobody knows, and since when',
      {
        people: [person('Ann Berg', { status: 'left', active: false })],
        nobody: {
          message: 'Nobody active has evidence younger than 180 days',
          lastAt: '2025-01-20T12:00:00.000Z',
          rebuild: ['Let somebody of Payments read it through.'],
        },
      },
      /younger than 180 days; the last evidence is of Jan 20, 2025\.To get that back:Let somebody of Payments read it through\.Ann Berg \(has left\)/,
    ],
    [
      'who knows the part that was asked for',
      {
        part: {
          path: 'pay/refund.ts',
          people: [
            {
              personRef: 'user:default/ann',
              displayName: 'Ann Berg',
              status: 'left' as const,
            },
            { displayName: 'zoe', status: 'not-in-catalog' as const },
          ],
        },
      },
      /Who knows pay\/refund\.ts: Ann Berg \(has left\), zoe \(not in the catalog\)\./,
    ],
    [
      'that nobody knows the part that was asked for',
      { part: { path: 'old.ts', people: [] } },
      /Nobody is known to know old\.ts\./,
    ],
    [
      'that not all of the part was looked at',
      { part: { path: 'gen', people: [], truncated: true } },
      /Nobody is known to know gen\. It holds more files than are looked at/,
    ],
    [
      'why it cannot be known',
      {
        people: [],
        understoodBy: undefined,
        nobody: {
          message: 'This cannot be known: its source location does not exist.',
          rebuild: [],
        },
      },
      /This cannot be known: its source location does not exist\.[^.]/,
    ],
    [
      'who is on call, and until when',
      {
        onCall: [
          {
            schedule: 'primary',
            readAt: '2026-06-01T08:55:00.000Z',
            shifts: [
              {
                until: '2026-06-01T18:00:00.000Z',
                person: {
                  personRef: 'user:default/ann',
                  displayName: 'Ann Berg',
                  status: 'active' as const,
                  reach: { teams: [], chat: 'U012AB3CD' },
                },
              },
              {
                until: '2026-06-02T18:00:00.000Z',
                person: {
                  displayName: 'The one in blue',
                  status: 'not-in-catalog' as const,
                },
              },
            ],
          },
        ],
      },
      /On call now by primary: Ann Berg, chat: U012AB3CD, until Jun 1, 2026, .*; The one in blue \(not in the catalog\), until Jun 2, 2026,/,
    ],
    [
      'how old it is where a schedule cannot be read, and nobody may be named',
      {
        people: undefined,
        onCall: [
          {
            schedule: 'primary',
            readAt: '2026-06-01T08:55:00.000Z',
            problem: 'It cannot be fetched',
            shifts: [{ until: '2026-06-01T18:00:00.000Z' }],
          },
          { schedule: 'second', shifts: [] },
          {
            schedule: 'third',
            readAt: '2026-06-01T08:55:00.000Z',
            shifts: [],
          },
        ],
      },
      /primary: somebody, until Jun 1, 2026, .* \(as of Jun 1, 2026, .*: the schedule cannot be read\. It cannot be fetched\)On call now by second: not known yetOn call now by third: nobody that it tells of/,
    ],
    [
      'that nobody owns it',
      { fallback: [{ message: 'Nobody owns it' }] },
      /Nobody owns it/,
    ],
    [
      'how many where no names may be seen',
      { people: undefined, understoodBy: 2 },
      /2 active people understand it\.To see names you need the permission understanding\.person\.read\./,
    ],
    [
      'that it is one where no names may be seen',
      { people: undefined, understoodBy: 1 },
      /1 active person understands it\.To see names/,
    ],
    [
      'that the number is unknown where no names may be seen',
      { people: undefined, understoodBy: undefined },
      /An unknown number of active people understand it\.To see names/,
    ],
  ])('is answered %s', async (_case, answer, text) => {
    backend.answers = [whoUnderstands('ledger', [answer])];
    await system.renderPage('?ask=ledger');
    await within(
      await screen.findByRole('region', { name: 'Answer' }),
    ).findByText('Ledger');
    expect(region()).toHaveTextContent(text);
  });

  it('is answered for each entity that it may mean', async () => {
    backend.answers = [
      whoUnderstands(
        'pay',
        [
          { entityRef: 'component:default/payments', title: 'Payments' },
          { entityRef: 'component:default/payouts', title: 'Payouts' },
        ],
        true,
      ),
    ];
    await system.renderPage('?ask=pay');
    await screen.findByRole('heading', { name: 'Payouts' });
    expect(
      within(region())
        .getAllByRole('heading')
        .map(heading => heading.textContent),
    ).toEqual(['Payments', 'Payouts']);
    expect(region()).toHaveTextContent(
      'More entities match than are shown. Ask more exactly.',
    );
  });

  it('says what went wrong, and asks again when told to', async () => {
    backend.answers = [whoUnderstands('ledger', [{}])];
    backend.refuse('/who-understands', 503, 'The database is away.');
    await system.renderPage('?ask=ledger');
    const alert = await within(
      await screen.findByRole('region', { name: 'Answer' }),
    ).findByRole('alert');
    expect(alert).toHaveTextContent('The database is away.');
    backend.recover('/who-understands');
    await setupUser().click(
      within(alert).getByRole('button', { name: 'Try again' }),
    );
    expect(
      await screen.findByRole('heading', { name: 'Ledger' }),
    ).toBeVisible();
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('says which permission is lacking', async () => {
    const message = 'You lack the permission understanding.entity.read.';
    backend.refuse('/who-understands', 403, message);
    await system.renderPage('?ask=ledger');
    expect(await screen.findByRole('alert')).toHaveTextContent(
      `You may not see this${message}`,
    );
    expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull();
  });

  it('says how long it may be, and can be made shorter', async () => {
    const user = setupUser();
    backend.answers = [whoUnderstands('ledger', [{}])];
    await system.renderPage();
    await user.click(await field());
    await user.paste('x'.repeat(501));
    await user.keyboard('{Enter}');
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'query: ask with at most 500 characters',
    );
    await user.clear(await field());
    await user.paste('ledger');
    await user.keyboard('{Enter}');
    expect(
      await screen.findByRole('heading', { name: 'Ledger' }),
    ).toBeVisible();
    expect(screen.queryByRole('alert')).toBeNull();
  });

  const suggestions = [
    {
      type: 'entity',
      query: 'component:default/ledger',
      title: 'Ledger',
      description: 'component:default/ledger, of Payments',
    },
    {
      type: 'path',
      query: 'led/a.ts',
      title: 'led/a.ts',
      description: 'in Cart',
    },
  ];

  it('is chosen with the arrows from what it may mean, and asked then', async () => {
    backend.others.set(SUGGESTIONS, { items: suggestions });
    backend.answers = [whoUnderstands('component:default/ledger', [{}])];
    const user = setupUser();
    await system.renderPage();
    await user.type(await field(), 'led');
    await screen.findByRole('option', { name: /Ledger/ });
    expect(screen.getAllByRole('option').map(one => one.textContent)).toEqual([
      'Ledger: component:default/ledger, of Payments',
      'led/a.ts: in Cart',
    ]);
    expect(backend.queries(SUGGESTIONS)).toEqual([{ query: 'led' }]);
    expect(questions()).toEqual([]);
    await user.keyboard('{ArrowDown}{Enter}');
    expect(
      await screen.findByRole('heading', { name: 'Ledger' }),
    ).toBeVisible();
    expect(questions()).toEqual(['component:default/ledger']);
    expect(await field()).toHaveValue('component:default/ledger');
    expect(screen.queryByRole('listbox')).toBeNull();
  });

  it('is chosen with the mouse', async () => {
    backend.others.set(SUGGESTIONS, { items: suggestions });
    const user = setupUser();
    await system.renderPage();
    await user.type(await field(), 'led');
    await user.click(await screen.findByRole('option', { name: /led\/a\.ts/ }));
    await act(() => jest.advanceTimersByTimeAsync(1000));
    expect(questions()).toEqual(['led/a.ts']);
    expect(getAddress()).toBe('/understanding?ask=led%2Fa.ts');
  });

  it.each([
    ['one letter', 'l', undefined, 'Type two letters or more'],
    [
      'what nothing begins with',
      'zz',
      undefined,
      'Nothing here begins like that',
    ],
    ['trouble', 'led', 503, 'No suggestions just now'],
  ])(
    'says so where there are no suggestions, for %s',
    async (_case, text, status, said) => {
      backend.others.set(SUGGESTIONS, { items: [] });
      if (status) {
        backend.refuse(SUGGESTIONS, status, 'The database is away.');
      }
      await system.renderPage();
      await setupUser().type(await field(), text);
      const option = await screen.findByRole('option', {
        name: new RegExp(said),
      });
      expect(option).toHaveAttribute('aria-disabled', 'true');
      await setupUser().keyboard('{Enter}');
      // Until its answer is there too.
      await act(() => jest.advanceTimersByTimeAsync(1000));
      expect(questions()).toEqual(text.length < 2 ? [] : [text]);
    },
  );
});
