import { act, screen, within } from '@testing-library/react';
import {
  NOW,
  StandInBackend,
  SYSTEMS,
  findRow,
  getAddress,
  setupUser,
  summary,
} from '../../__testUtils__';

const MINUTE = 60_000;

/** What the row of an entity says below each heading. */
function rowOf(title: string): Record<string, string | null> {
  const headings = screen.getAllByRole('columnheader');
  const row = within(screen.getByRole('row', { name: title }));
  const cells = [row.getByRole('rowheader'), ...row.getAllByRole('gridcell')];
  return Object.fromEntries(
    headings.map((heading, index) => [
      heading.textContent,
      cells[index].textContent,
    ]),
  );
}

describe.each(SYSTEMS)('overview in the %s front-end system', (_, system) => {
  let backend: StandInBackend;

  beforeEach(() => {
    backend = StandInBackend.start();
  });

  it('says that it loads, and then shows the services', async () => {
    backend.entities = [summary('ledger')];
    const release = backend.hold('/entities');
    await system.renderPage();
    expect(await screen.findByText('Loading table data.')).toBeInTheDocument();
    expect(screen.queryByRole('row', { name: 'ledger' })).toBeNull();
    release();
    expect(await findRow('ledger')).toBeVisible();
    expect(screen.queryByText('Loading table data.')).toBeNull();
    expect(screen.getByText('1 items')).toBeVisible();
    expect(
      screen.getByRole('heading', { name: 'Understanding', level: 1 }),
    ).toBeVisible();
  });

  it('shows what is known of a service', async () => {
    backend.entities = [
      summary('ledger', {
        title: 'Ledger',
        type: 'service',
        example: true,
        ownerRef: 'group:default/payments',
        ownerTitle: 'Payments',
        systemRef: 'system:default/money',
        systemTitle: 'Money',
        documentState: 'contradicted',
        flags: [
          { rule: 'stale-docs', severity: 'high', since: NOW },
          { rule: 'thin-understanding', severity: 'low', since: NOW },
        ],
      }),
    ];
    await system.renderPage();
    const row = await screen.findByRole('row', { name: /Ledger/ });
    expect(rowOf('LedgerExampleservice')).toEqual({
      Service: 'LedgerExampleservice',
      Owner: 'Payments',
      System: 'Money',
      'Known by': 'Ann Berg, Bo Diaz',
      Documents: 'Contradicted',
      'Open flags': 'Stale documentationThin understanding',
    });
    const links = within(row).getAllByRole('link');
    expect(
      links.map(link => [link.textContent, link.getAttribute('href')]),
    ).toEqual([
      ['Ledger', '/inventory/default/component/ledger'],
      ['Payments', '/inventory/default/group/payments'],
      ['Money', '/inventory/default/system/money'],
    ]);
  });

  it('says in words what is missing, hidden or unknown', async () => {
    const nobody = { understoodBy: 0, people: [] };
    const hidden = { people: undefined };
    const ann = { personRef: 'user:default/ann', displayName: 'Ann Berg' };
    backend.entities = [
      summary('busy', { understoodBy: 12, people: [ann] }),
      summary('bare', nobody),
      summary('gone', { ownerRef: 'group:default/gone' }),
      summary('hidden-0', { ...hidden, understoodBy: 0 }),
      summary('hidden-1', { ...hidden, understoodBy: 1 }),
      summary('hidden-2', { ...hidden, understoodBy: 2 }),
      summary('unread', {
        understoodBy: undefined,
        people: [],
        documentState: 'unknown',
        unknownReason: 'Its source location does not exist.',
      }),
    ];
    await system.renderPage();
    await findRow('bare');
    expect(rowOf('bare')).toMatchObject({
      Owner: 'Nobody',
      System: 'None',
      'Known by': 'Nobody',
      'Open flags': 'None',
    });
    expect(rowOf('busy')['Known by']).toBe('Ann Berg, 11 more');
    expect(rowOf('gone').Owner).toBe('group:default/gone (not in the catalog)');
    expect(
      ['hidden-0', 'hidden-1', 'hidden-2'].map(
        title => rowOf(title)['Known by'],
      ),
    ).toEqual(['Nobody', '1 person', '2 people']);
    expect(rowOf('unread')).toMatchObject({
      'Known by': 'UnknownIts source location does not exist.',
      Documents: 'Unknown',
    });
  });

  it('shows long names whole', async () => {
    const title = `Ledger of ${'every posting ever made '.repeat(20)}`.trim();
    const ownerTitle = 'x'.repeat(300);
    const displayName = `Ann ${'van '.repeat(50)}Berg`;
    backend.entities = [
      summary('ledger', {
        title,
        ownerTitle,
        ownerRef: 'group:default/payments',
        understoodBy: 1,
        people: [{ personRef: 'user:default/ann', displayName }],
      }),
    ];
    await system.renderPage();
    expect(await screen.findByRole('link', { name: title })).toBeVisible();
    expect(screen.getByRole('link', { name: ownerTitle })).toBeVisible();
    expect(screen.getByText(displayName)).toBeVisible();
  });

  it('says that the catalog is still being read, until something is', async () => {
    backend.stillReading = true;
    await system.renderPage('?q=ledger');
    expect(await screen.findByText(/has been read yet/)).toBeVisible();
    backend.entities = [summary('ledger')];
    expect(await screen.findByRole('row', { name: 'ledger' })).toBeVisible();
  });

  it('says that the catalog is empty, until it is not', async () => {
    await system.renderPage();
    expect(
      await screen.findByText(/The catalog holds no components/),
    ).toBeVisible();
    await setupUser().click(
      screen.getByRole('button', { name: 'Show everything' }),
    );
    expect(
      await screen.findByText(/The catalog holds no services/),
    ).toBeVisible();
    backend.entities = [summary('ledger')];
    expect(await findRow('ledger')).toBeVisible();
  });

  it.each(['?flag=no-owner', '?kind=api', '?q=wallet&kind=all'])(
    'says that nothing matches %s, and leads out of it',
    async search => {
      backend.entities = [summary('ledger')];
      await system.renderPage(search);
      expect(
        await screen.findByText('Nothing matches these filters.'),
      ).toBeVisible();
      await setupUser().click(
        screen.getByRole('button', { name: 'Show everything' }),
      );
      expect(await findRow('ledger')).toBeVisible();
      expect(getAddress()).toBe('/understanding?kind=all');
    },
  );

  it('shows an entity that is pending as soon as its history was read', async () => {
    backend.entities = [
      summary('ledger', {
        understoodBy: undefined,
        people: [],
        pending: true,
        unknownReason: 'Its history has not been read yet.',
      }),
    ];
    await system.renderPage();
    expect(
      await screen.findByText('Its history has not been read yet.'),
    ).toBeVisible();
    backend.entities = [summary('ledger')];
    expect(await screen.findByText('Ann Berg, Bo Diaz')).toBeVisible();

    const asked = backend.requests.length;
    act(() => jest.advanceTimersByTime(MINUTE));
    expect(backend.requests).toHaveLength(asked);
  });

  it('tells why it cannot be loaded, and tries again when asked to', async () => {
    backend.entities = [summary('ledger')];
    backend.refuse('/entities', 503, 'The database is away.');
    await system.renderPage();
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent(
      'This could not be loaded' + 'The database is away.',
    );
    backend.recover('/entities');
    await setupUser().click(
      within(alert).getByRole('button', { name: 'Try again' }),
    );
    expect(await findRow('ledger')).toBeVisible();
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('tells which permission is lacking, and does not offer to try again', async () => {
    const message = 'You lack the permission understanding.entity.read.';
    backend.refuse('/entities', 403, message);
    await system.renderPage();
    expect(await screen.findByRole('alert')).toHaveTextContent(
      `You may not see this${message}`,
    );
    expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull();
  });
});
