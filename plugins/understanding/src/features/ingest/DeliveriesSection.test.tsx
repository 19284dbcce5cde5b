import { act, screen, waitFor, within } from '@testing-library/react';
import {
  StandInBackend,
  SYSTEMS,
  deadLetter,
  findRow,
  getAddress,
  githubHost,
  ingestStatus,
  setupUser,
} from '../../__testUtils__';

const PATH = '/admin/ingest/deliveries';

describe.each(SYSTEMS)('deliveries in the %s front-end system', (_, system) => {
  let backend: StandInBackend;

  beforeEach(() => {
    backend = StandInBackend.start();
    backend.ingest = ingestStatus({ hosts: [githubHost()] });
  });

  async function renderDeliveries(search: string = '') {
    await system.renderPage(`/ingest${search}`);
    return screen.findByRole('region', { name: 'Deliveries' });
  }
  const section = () =>
    within(screen.getByRole('region', { name: 'Deliveries' }));
  const ids = () =>
    section()
      .getAllByRole('rowheader')
      .map(cell => cell.textContent);
  const numbered = (from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_x, index) => from + index);
  const idsOf = (minutes: number[]) =>
    minutes.map(one => deadLetter(one).deliveryId);
  const button = (name: string) => section().getByRole('button', { name });

  it('shows dead letters at first, with the reason of each', async () => {
    backend.deliveries = [
      deadLetter(1, { size: 300, event: 'push' }),
      deadLetter(2, { deliveryId: undefined, size: 25_000_000 }),
      deadLetter(3, { state: 'ignored' }),
    ];
    await renderDeliveries();
    await findRow('delivery-001');
    const [head, ...rows] = section().getAllByRole('row');
    expect(
      within(head)
        .getAllByRole('columnheader')
        .map(cell => cell.textContent),
    ).toEqual([
      ...['Delivery', 'Host', 'Event', 'Size', 'Received', 'Reason', 'Replay'],
    ]);
    expect(
      rows.map(one =>
        within(one)
          .getAllByRole('gridcell')
          .map(cell => cell.textContent?.replace(/\s/g, ' ')),
      ),
    ).toEqual([
      [
        ...['github', 'push', '300B', 'Mar 1, 2026, 11:59 AM'],
        ...['The pull request has no number', 'Replay'],
      ],
      [
        ...['github', 'pull_request', '25MB', 'Mar 1, 2026, 11:58 AM'],
        ...['The pull request has no number', 'Replay'],
      ],
    ]);
    expect(ids()).toEqual(['delivery-001', 'Without an id']);
    expect(backend.queries(PATH)).toEqual([{ state: 'dead', limit: '20' }]);
  });

  it('replays a dead letter: its row leaves, and the counts are read anew', async () => {
    backend.deliveries = [deadLetter(1), deadLetter(2)];
    backend.ingest = ingestStatus({
      hosts: [
        githubHost({
          deliveries: { pending: 0, done: 0, ignored: 0, dead: 22 },
        }),
      ],
    });
    await renderDeliveries();
    await findRow('delivery-001');
    expect(screen.getByRole('gridcell', { name: '22' })).toBeVisible();
    backend.ingest = ingestStatus({
      hosts: [
        githubHost({
          deliveries: { pending: 11, done: 0, ignored: 0, dead: 21 },
        }),
      ],
    });
    const release = backend.hold(`${PATH}/d1/replay`);
    const user = setupUser();
    const replay = button('Replay delivery-001');
    await user.click(replay);
    expect(replay).toHaveAttribute('aria-disabled', 'true');
    expect(button('Replay delivery-002')).not.toHaveAttribute('aria-disabled');
    await user.click(replay);
    expect(ids()).toEqual(['delivery-001', 'delivery-002']);
    release();
    await waitFor(() => expect(ids()).toEqual(['delivery-002']));
    expect(await screen.findByRole('gridcell', { name: '21' })).toBeVisible();
    expect(section().getByText('1 items')).toBeVisible();
    expect(backend.queries(`${PATH}/d1/replay`)).toHaveLength(1);
    expect(backend.deliveries[0].state).toBe('pending');
  });

  it('replays by keyboard', async () => {
    backend.deliveries = [deadLetter(1), deadLetter(2)];
    await renderDeliveries();
    await findRow('delivery-002');
    const user = setupUser();
    act(() => button('Dead letters State').focus());
    await user.tab();
    expect(await findRow('delivery-001')).toHaveFocus();
    await user.keyboard('{ArrowDown}{ArrowLeft}');
    expect(button('Replay delivery-002')).toHaveFocus();
    await user.keyboard('{Enter}');
    await waitFor(() => expect(ids()).toEqual(['delivery-001']));
    expect(backend.deliveries[1].state).toBe('pending');
    expect(section().getByRole('grid')).toContainElement(
      document.activeElement as HTMLElement,
    );
  });

  it('says where a replay fails and why, and lets it be tried again', async () => {
    backend.deliveries = [deadLetter(1), deadLetter(2)];
    backend.refuse(`${PATH}/d2/replay`, 503, 'The database is away.');
    await renderDeliveries();
    const failing = within(await findRow('delivery-002'));
    const user = setupUser();
    await user.click(button('Replay delivery-002'));
    expect(await failing.findByRole('alert')).toHaveTextContent(
      'This was not replayedThe database is away.',
    );
    expect(ids()).toEqual(['delivery-001', 'delivery-002']);
    backend.recover(`${PATH}/d2/replay`);
    await user.click(button('Replay delivery-002'));
    await waitFor(() => expect(ids()).toEqual(['delivery-001']));
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('says that somebody else has replayed it already', async () => {
    backend.deliveries = [deadLetter(1)];
    await renderDeliveries();
    const once = within(await findRow('delivery-001'));
    backend.deliveries = [];
    await setupUser().click(button('Replay delivery-001'));
    expect(await once.findByRole('alert')).toHaveTextContent(
      'There is no dead letter d1; it may have been replayed already.',
    );
  });

  it('lets what died again be replayed again', async () => {
    const letter = deadLetter(1);
    backend.deliveries = [letter];
    await renderDeliveries();
    await findRow('delivery-001');
    const release = backend.hold(PATH);
    const user = setupUser();
    await user.click(button('Replay delivery-001'));
    await waitFor(() => expect(backend.queries(PATH)).toHaveLength(2));
    Object.assign(letter, {
      state: 'dead',
      reason: 'Still no number',
      settledAt: '2026-03-01T12:00:01.000Z',
    });
    release();
    expect(await screen.findByText('Still no number')).toBeVisible();
    await user.click(button('Replay delivery-001'));
    expect(
      await section().findByText(/^There are no dead letters/),
    ).toBeVisible();
  });

  it.each([
    ['Waiting', 'pending', 'No delivery waits to be read.'],
    ['Done', 'done', 'No delivery has been read yet.'],
    ['Ignored', 'ignored', 'No delivery was ignored.'],
  ] as const)(
    'shows what is %s, in the request and in the address',
    async (option, state, none) => {
      backend.deliveries = [deadLetter(1)];
      await renderDeliveries();
      await findRow('delivery-001');
      const user = setupUser();
      await user.click(button('Dead letters State'));
      await user.click(await screen.findByRole('option', { name: option }));
      expect(await section().findByText(none)).toBeVisible();
      expect(getAddress()).toBe(`/understanding/ingest?state=${state}`);
      expect(backend.queries(PATH).pop()).toEqual({ state, limit: '20' });

      backend.deliveries = [deadLetter(2, { state })];
      await user.click(screen.getByRole('button', { name: 'Refresh' }));
      await findRow('delivery-002');
      expect(section().queryByRole('button', { name: /^Replay/ })).toBeNull();
    },
  );

  it('does without what an address cannot mean', async () => {
    backend.deliveries = [deadLetter(1)];
    await renderDeliveries('?state=lost');
    expect(await findRow('delivery-001')).toBeVisible();
  });

  it('shows long names whole', async () => {
    const reason = `It is odd: ${'x'.repeat(2000)}`;
    const deliveryId = 'y'.repeat(300);
    backend.deliveries = [
      deadLetter(1, { deliveryId, reason, event: 'z'.repeat(200) }),
    ];
    await renderDeliveries();
    for (const text of [reason, deliveryId, 'z'.repeat(200)]) {
      expect(await section().findByText(text)).toBeVisible();
    }
  });

  it('tells why they cannot be listed, and tries again when asked to', async () => {
    backend.deliveries = [deadLetter(1)];
    backend.refuse(PATH, 503, 'The database is away.');
    await renderDeliveries();
    const alert = await section().findByRole('alert');
    expect(alert).toHaveTextContent(
      'This could not be loadedThe database is away.',
    );
    backend.recover(PATH);
    await setupUser().click(
      within(alert).getByRole('button', { name: 'Try again' }),
    );
    expect(await findRow('delivery-001')).toBeVisible();
  });

  describe('of which there are hundreds', () => {
    beforeEach(() => {
      backend.deliveries = numbered(1, 241).map(one => deadLetter(one));
    });

    it('are shown by pages, and a replay leads to no other page', async () => {
      const user = setupUser();
      await renderDeliveries();
      await section().findByText('241 items');
      expect(ids()).toEqual(idsOf(numbered(1, 20)));
      expect(button('Previous table page')).toBeDisabled();
      await user.click(button('Next table page'));
      await findRow('delivery-021');
      await user.click(button('Replay delivery-022'));
      await section().findByText('240 items');
      expect(ids()).toEqual(idsOf([21, ...numbered(23, 41)]));

      await user.click(button('Previous table page'));
      await findRow('delivery-001');
      expect(ids()).toEqual(idsOf(numbered(1, 20)));
    });

    it('lead back a page when the last one is left empty', async () => {
      const user = setupUser();
      backend.deliveries = numbered(1, 21).map(one => deadLetter(one));
      await renderDeliveries();
      await section().findByText('21 items');
      await user.click(button('Next table page'));
      await findRow('delivery-021');
      expect(ids()).toEqual(idsOf([21]));
      expect(button('Next table page')).toBeDisabled();
      await user.click(button('Replay delivery-021'));
      await section().findByText('20 items');
      expect(ids()).toEqual(idsOf(numbered(1, 20)));
      expect(button('Next table page')).toBeDisabled();
    });

    it('can be shown a hundred at a time', async () => {
      const user = setupUser();
      await renderDeliveries();
      await section().findByText('241 items');
      await user.click(button('Show 20 results Select table page size'));
      await user.click(
        await screen.findByRole('option', { name: 'Show 100 results' }),
      );
      expect(await section().findByText('delivery-100')).toBeVisible();
      expect(backend.queries(PATH).pop()).toEqual({
        state: 'dead',
        limit: '100',
      });
    });

    it('begin anew in another state', async () => {
      const user = setupUser();
      await renderDeliveries();
      await section().findByText('241 items');
      await user.click(button('Next table page'));
      await findRow('delivery-021');
      await user.click(button('Dead letters State'));
      await user.click(await screen.findByRole('option', { name: 'Done' }));
      await section().findByText('No delivery has been read yet.');
      expect(button('Previous table page')).toBeDisabled();
      expect(backend.queries(PATH).pop()).toEqual({
        state: 'done',
        limit: '20',
      });
    });
  });
});
