import { act, screen, within } from '@testing-library/react';
import { IngestStatus } from '@understanding-dev/backstage-plugin-understanding-common';
import {
  NOW,
  StandInBackend,
  SYSTEMS,
  getAddress,
  githubHost,
  ingestStatus,
  setupUser,
} from '../../__testUtils__';

/** A repository that is being read, with all its changes unread. */
function repository(
  name: string,
  part: Partial<IngestStatus['repositories'][number]> = {},
) {
  return {
    host: 'github.com',
    repository: name,
    changes: 12,
    unread: 12,
    ...part,
  };
}

async function section(name: string) {
  return within(await screen.findByRole('region', { name }));
}

/** The cells of the table of a section, row by row. */
async function cells(name: string): Promise<string[][]> {
  const rows = (await section(name)).getAllByRole('row').slice(1);
  return rows.map(row =>
    [
      within(row).getByRole('rowheader'),
      ...within(row).getAllByRole('gridcell'),
    ].map(cell => cell.textContent ?? ''),
  );
}

describe.each(SYSTEMS)('ingest in the %s front-end system', (_, system) => {
  let backend: StandInBackend;

  beforeEach(() => {
    jest.setSystemTime(new Date(NOW));
    backend = StandInBackend.start();
    backend.ingest = ingestStatus({ hosts: [githubHost()] });
  });

  const renderIngest = () => system.renderPage('/ingest');
  const reads = () => backend.queries('/admin/ingest').length;

  it('says that it loads, and then how ingest is doing', async () => {
    const release = backend.hold('/admin/ingest');
    await renderIngest();
    expect(
      await screen.findByRole('status', { name: 'Loading' }),
    ).toBeInTheDocument();
    release();
    expect(await screen.findByText('Work is moving')).toBeVisible();
    expect(screen.queryByRole('status', { name: 'Loading' })).toBeNull();
    expect(
      screen.getByRole('heading', { name: 'Understanding', level: 1 }),
    ).toBeVisible();
    expect(
      screen.getByRole('heading', { name: 'Ingest', level: 2 }),
    ).toBeVisible();
  });

  it('says in words that work is stuck', async () => {
    backend.ingest = ingestStatus({ moving: false });
    await renderIngest();
    expect(await screen.findByText('Work is stuck')).toBeVisible();
    expect(screen.queryByText('Work is moving')).toBeNull();
  });

  it('shows each host, its last delivery, and how many are in which state', async () => {
    backend.ingest = ingestStatus({
      hosts: [
        githubHost({
          instances: ['github.com', 'ghe.example.com'],
          lastReceivedAt: '2026-03-01T11:58:00.000Z',
          deliveries: { pending: 1, done: 20_000, ignored: 3, dead: 4 },
        }),
        githubHost({ host: 'gitlab', instances: [] }),
      ],
    });
    await renderIngest();
    expect(await cells('Change hosts')).toEqual([
      [
        'github',
        'github.com, ghe.example.com',
        expect.stringMatching(/^Mar 1, 2026, 11:58\sAM$/),
        ...['1', '20,000', '3', '4'],
      ],
      ['gitlab', 'None', 'None yet', '0', '0', '0', '0'],
    ]);
  });

  it('says what to install where no host is', async () => {
    backend.ingest = ingestStatus();
    await renderIngest();
    const hosts = await section('Change hosts');
    expect(hosts.getByText('No change host is set up')).toBeVisible();
    expect(
      hosts.getAllByRole('listitem').map(item => item.textContent),
    ).toEqual([
      'GitHub: @understanding-dev/backstage-plugin-understanding-backend-module-github, with plugins/understanding-backend-module-github/README.md',
      'GitLab: @understanding-dev/backstage-plugin-understanding-backend-module-gitlab, with plugins/understanding-backend-module-gitlab/README.md',
    ]);
    expect(
      (await section('Queues')).getByText('No work is queued.'),
    ).toBeVisible();
    expect(
      (await section('Repositories')).getByText(/^No entity of the catalog/),
    ).toBeVisible();
  });

  it('says how much waits in each queue, and for how long', async () => {
    backend.ingest = ingestStatus({
      queues: [
        { queue: 'alert', due: 0, retrying: 2 },
        { queue: 'change', due: 1, retrying: 0, oldestSeconds: 0.4 },
        { queue: 'delivery', due: 1234, retrying: 1, oldestSeconds: 299.9 },
        { queue: 'entity', due: 1, retrying: 0, oldestSeconds: 7205 },
        { queue: 'of-a-newer-one', due: 1, retrying: 0, oldestSeconds: 180000 },
      ],
    });
    await renderIngest();
    expect(await cells('Queues')).toEqual([
      ['Alerts to send', '0', '2', 'Nothing is due'],
      ['Changes to ask their host about', '1', '0', '0 seconds ago'],
      ['Deliveries to read', '1,234', '1', '4 minutes ago'],
      ['Entities to assess', '1', '0', '2 hours ago'],
      ['of-a-newer-one', '1', '0', '2 days ago'],
    ]);
  });

  it('shows what was left out of each schedule, and why one cannot be read', async () => {
    const left = 'The event that begins 2026-03-01T09:00:00 names nobody';
    backend.ingest = ingestStatus({
      schedules: [
        { schedule: 'new', notices: [] },
        {
          schedule: 'payments',
          readAt: '2026-03-01T11:00:00.000Z',
          problem: 'It cannot be fetched',
          notices: [left, '7 more events are left out'],
        },
      ],
    });
    await renderIngest();
    expect(await cells('On-call schedules')).toEqual([
      ['new', 'None', 'None', 'Not yet'],
      [
        'payments',
        'It cannot be fetched',
        `${left}7 more events are left out`,
        expect.stringMatching(/^Mar 1, 2026, 11:00\sAM$/),
      ],
    ]);
  });

  it('shows what left the catalog though people said something of it', async () => {
    backend.ingest = ingestStatus({
      goneEntities: [
        {
          entityRef: 'component:default/shop',
          goneAt: '2026-03-01T11:00:00.000Z',
          records: 1200,
          inItsPlace: 'component:default/store',
        },
        {
          entityRef: 'component:default/till',
          goneAt: '2026-02-28T09:30:00.000Z',
          records: 1,
        },
      ],
      goneEntitiesTruncated: true,
    });
    await renderIngest();
    const name = 'Entities that left the catalog';
    expect(await cells(name)).toEqual([
      [
        'component:default/shop',
        expect.stringMatching(/^Mar 1, 2026, 11:00\sAM$/),
        '1,200',
        'store',
      ],
      [
        'component:default/till',
        expect.stringMatching(/^Feb 28, 2026, 9:30\sAM$/),
        ...['1', 'None'],
      ],
    ]);
    const gone = await section(name);
    expect(gone.getByText(/where an entity was retired/)).toBeVisible();
    expect(gone.getByRole('link', { name: 'store' })).toBeVisible();
    expect(gone.getByText(/more than the 2 listed/)).toBeVisible();
  });

  it('shows how far the past of each repository was read', async () => {
    const sweptAt = '2026-03-01T11:00:00.000Z';
    backend.ingest = ingestStatus({
      repositories: [
        repository('acme/gone', {
          problem: 'github.com no longer lets us read it',
          sweptAt,
        }),
        repository('acme/atlas', { sweptAt }),
        repository('acme/ledger', {
          unread: 0,
          sweptAt,
          backfilledAt: '2026-02-28T09:30:00.000Z',
        }),
        repository('acme/new', { changes: 0, unread: 0 }),
      ],
    });
    await renderIngest();
    const swept = expect.stringMatching(/^Mar 1, 2026, 11:00\sAM$/);
    expect(await cells('Repositories')).toEqual([
      [
        'github.com/acme/gone',
        'github.com no longer lets us read it',
        ...['12', '12', 'Held up by the problem'],
        swept,
      ],
      [
        'github.com/acme/atlas',
        ...['None', '12', '12', 'Being read, newest first'],
        swept,
      ],
      [
        'github.com/acme/ledger',
        ...['None', '12', '0'],
        expect.stringMatching(
          /^Read to its beginning on Feb 28, 2026, 9:30\sAM$/,
        ),
        swept,
      ],
      ['github.com/acme/new', 'None', '0', '0', 'Not begun', 'Not yet'],
    ]);
    expect(screen.queryByText(/There are more repositories/)).toBeNull();
  });

  it('pages hundreds of repositories, stays there, and says that there are more', async () => {
    const user = setupUser();
    backend.ingest = ingestStatus({
      repositories: Array.from({ length: 500 }, (_x, index) =>
        repository(`acme/shop-${index}`),
      ),
      repositoriesTruncated: true,
    });
    await renderIngest();
    const repositories = await section('Repositories');
    expect(
      repositories.getByText(/more repositories than the 500 listed/),
    ).toBeVisible();
    expect(repositories.getByText('1 - 20 of 500')).toBeVisible();
    await user.click(
      repositories.getByRole('button', { name: 'Next table page' }),
    );
    expect(repositories.getByText('github.com/acme/shop-39')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Refresh' }));
    await act(() => jest.advanceTimersByTimeAsync(1000));
    expect(reads()).toBe(2);
    expect(repositories.getByText('21 - 40 of 500')).toBeVisible();
  });

  it('shows long names whole', async () => {
    const name = `acme/${'a-very-long-name-'.repeat(20)}`;
    const problem = `It answers: ${'x'.repeat(2000)}`;
    backend.ingest = ingestStatus({
      hosts: [githubHost({ host: 'h'.repeat(200), instances: [name] })],
      repositories: [repository(name, { problem })],
    });
    await renderIngest();
    expect(await screen.findByText(`github.com/${name}`)).toBeVisible();
    expect(screen.getByText(problem)).toBeVisible();
    expect(screen.getByText('h'.repeat(200))).toBeVisible();
  });

  it('is read again by its button, and says as of when it is', async () => {
    const user = setupUser();
    await renderIngest();
    expect(await screen.findByText(/^Mar 1, 2026, 12:00\sPM$/)).toBeVisible();
    jest.setSystemTime(new Date('2026-03-01T12:07:00.000Z'));
    backend.ingest = ingestStatus({ moving: false });
    const release = backend.hold('/admin/ingest');
    const refresh = screen.getByRole('button', { name: 'Refresh' });
    await user.click(refresh);
    // What was read before stays until then, and nobody can ask twice.
    expect(screen.getByText('Work is moving')).toBeVisible();
    expect(refresh).toHaveAttribute('aria-disabled', 'true');
    await user.click(refresh);
    release();
    expect(await screen.findByText('Work is stuck')).toBeVisible();
    expect(screen.getByText(/^Mar 1, 2026, 12:07\sPM$/)).toBeVisible();
    expect(reads()).toBe(2);
  });

  it('is read again when somebody comes back, but not at every glance', async () => {
    await renderIngest();
    await screen.findByText('Work is moving');
    backend.ingest = ingestStatus({ moving: false });
    const comeBackAfter = async (seconds: number) => {
      await act(() => jest.advanceTimersByTimeAsync(seconds * 1000));
      act(() => {
        window.dispatchEvent(new Event('focus'));
      });
    };
    await comeBackAfter(13);
    expect(reads()).toBe(1);
    await comeBackAfter(3);
    expect(await screen.findByText('Work is stuck')).toBeVisible();
    expect(reads()).toBe(2);
    await comeBackAfter(5);
    await act(() => jest.advanceTimersByTimeAsync(600_000));
    expect(reads()).toBe(2);
  });

  it('tells why it cannot be loaded, and tries again when asked to', async () => {
    backend.refuse('/admin/ingest', 503, 'The database is away.');
    await renderIngest();
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent(
      'This could not be loadedThe database is away.',
    );
    backend.recover('/admin/ingest');
    await setupUser().click(
      within(alert).getByRole('button', { name: 'Try again' }),
    );
    expect(await screen.findByText('Work is moving')).toBeVisible();
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('tells which permission is lacking, asks for no more, and leads back', async () => {
    const message = 'You lack the permission understanding.admin.';
    backend.refuse('/admin/ingest', 403, message);
    await renderIngest();
    expect(await screen.findByRole('alert')).toHaveTextContent(
      `You may not see this${message}`,
    );
    expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull();
    expect(backend.queries('/admin/ingest/deliveries')).toEqual([]);
    await setupUser().click(screen.getByRole('link', { name: 'Overview' }));
    expect(
      await screen.findByRole('combobox', { name: 'Who understands this?' }),
    ).toBeVisible();
    expect(getAddress()).toBe('/understanding');
  });
});
