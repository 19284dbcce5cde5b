import { act, screen } from '@testing-library/react';
import {
  StandInBackend,
  SYSTEMS,
  findRow,
  getAddress,
  setupUser,
  summary,
} from '../../__testUtils__';

const payments = {
  ownerRef: 'group:default/payments',
  ownerTitle: 'Payments',
};

function firstTitle() {
  return screen.getAllByRole('rowheader')[0].textContent;
}

describe.each(SYSTEMS)('services in the %s front-end system', (_, system) => {
  let backend: StandInBackend;

  beforeEach(() => {
    backend = StandInBackend.start();
    backend.entities = [
      summary('atlas'),
      summary('ledger', {
        ...payments,
        flags: [
          {
            rule: 'stale-docs',
            severity: 'low',
            since: '2026-02-01T12:00:00.000Z',
          },
        ],
      }),
      summary('postings', { ...payments, kind: 'api' }),
    ];
  });

  function lastQuery() {
    return backend.queries('/entities').pop();
  }

  it('shows components by title at first', async () => {
    await system.renderPage();
    await findRow('atlas');
    expect(screen.queryByRole('row', { name: 'postings' })).toBeNull();
    expect(backend.queries('/entities')).toEqual([
      { kind: 'component', orderBy: 'title:asc', limit: '20' },
    ]);
    expect(getAddress()).toBe('/understanding');
  });

  it.each([
    ['Kind', 'APIs', 'kind=api', { kind: 'api' }],
    ['Kind', 'All kinds', 'kind=all', { kind: undefined }],
    [
      'Owner',
      'Payments',
      'owner=group%3Adefault%2Fpayments',
      { owner: payments.ownerRef },
    ],
    ['Flag', 'Stale documentation', 'flag=stale-docs', { flag: 'stale-docs' }],
  ])(
    'filters by %s: %s, in the request and in the address',
    async (field, option, search, query) => {
      const user = setupUser();
      await system.renderPage();
      await findRow('atlas');
      await user.click(screen.getByRole('button', { name: new RegExp(field) }));
      await user.click(await screen.findByRole('option', { name: option }));
      expect(getAddress()).toBe(`/understanding?${search}`);
      expect(
        screen.getByRole('button', { name: `${option} ${field}` }),
      ).toBeVisible();
      await act(() => jest.advanceTimersByTimeAsync(1000));
      expect(lastQuery()).toMatchObject(
        JSON.parse(JSON.stringify({ orderBy: 'title:asc', ...query })),
      );
      expect(lastQuery()?.kind).toBe(
        'kind' in query ? query.kind : 'component',
      );
    },
  );

  it('takes a filter back', async () => {
    const user = setupUser();
    await system.renderPage('?flag=stale-docs&sort=flags%3Adesc');
    await findRow('ledger');
    expect(screen.queryByRole('row', { name: 'atlas' })).toBeNull();
    await user.click(screen.getByRole('button', { name: /Flag/ }));
    await user.click(
      await screen.findByRole('option', { name: 'With or without flags' }),
    );
    expect(await findRow('atlas')).toBeVisible();
    expect(getAddress()).toBe('/understanding?sort=flags%3Adesc');
  });

  it('searches by words, asking once after the last key', async () => {
    await system.renderPage();
    await findRow('atlas');
    await setupUser().type(
      screen.getByRole('searchbox', { name: 'Filter by words' }),
      'led ger',
    );
    expect(getAddress()).toBe('/understanding?q=led+ger');
    await screen.findByText('Nothing matches these filters.');
    expect(backend.queries('/entities').map(query => query.q)).toEqual([
      undefined,
      'led ger',
    ]);
  });

  it('sorts by a column, one way and the other', async () => {
    const user = setupUser();
    await system.renderPage();
    await findRow('atlas');
    const column = (name: string) => screen.getByRole('columnheader', { name });
    expect(column('Service')).toHaveAttribute('aria-sort', 'ascending');

    await user.click(column('Service'));
    expect(getAddress()).toBe('/understanding?sort=title%3Adesc');
    await act(() => jest.advanceTimersByTimeAsync(1000));
    expect(column('Service')).toHaveAttribute('aria-sort', 'descending');
    expect(firstTitle()).toBe('ledger');

    await user.click(column('Known by'));
    expect(getAddress()).toBe('/understanding?sort=understoodBy%3Aasc');
    await act(() => jest.advanceTimersByTimeAsync(1000));
    expect(lastQuery()?.orderBy).toBe('understoodBy:asc');
  });

  it('reads filters, words and order from the address', async () => {
    await system.renderPage(
      '?kind=api&owner=group:default/payments&flag=stale-docs&q=post&sort=owner:desc',
    );
    await screen.findByText('Nothing matches these filters.');
    expect(backend.queries('/entities')).toEqual([
      {
        kind: 'api',
        owner: 'group:default/payments',
        flag: 'stale-docs',
        q: 'post',
        orderBy: 'owner:desc',
        limit: '20',
      },
    ]);
    for (const name of [
      'APIs Kind',
      'Payments Owner',
      'Stale documentation Flag',
    ]) {
      expect(screen.getByRole('button', { name })).toBeVisible();
    }
    expect(
      screen.getByRole('searchbox', { name: 'Filter by words' }),
    ).toHaveValue('post');
    expect(screen.getByRole('columnheader', { name: 'Owner' })).toHaveAttribute(
      'aria-sort',
      'descending',
    );
  });

  it('does without what an address cannot mean', async () => {
    await system.renderPage('?kind=robot&owner=me&flag=mood&sort=age:up');
    expect(await findRow('postings')).toBeVisible();
    expect(backend.queries('/entities')).toEqual([
      { orderBy: 'title:asc', limit: '20' },
    ]);
  });

  it('names the owner it filters by, though the choices could not be loaded', async () => {
    backend.refuse('/entities/facets', 503, 'The database is away.');
    await system.renderPage('?owner=group:default/payments');
    expect(await findRow('ledger')).toBeVisible();
    expect(
      screen.getByRole('button', { name: 'group:default/payments Owner' }),
    ).toBeVisible();
  });

  it('says what is wrong with words that are too long, and recovers', async () => {
    await system.renderPage(`?q=${'x'.repeat(201)}`);
    expect(await screen.findByRole('alert')).toHaveTextContent(/q: .*200/);
    await setupUser().clear(
      screen.getByRole('searchbox', { name: 'Filter by words' }),
    );
    expect(await findRow('atlas')).toBeVisible();
  });
});
