import { screen, waitFor, within } from '@testing-library/react';
import { StandInBackend, SYSTEMS, setupUser } from '../../__testUtils__';

const CANDIDATE = {
  identifier: { type: 'email', value: 'ada@home.example' },
  name: 'Ada O.',
  personRef: 'user:default/ada',
  displayName: 'Ada Okafor',
  reason: 'same-name',
};
const LINK = {
  identifier: { type: 'account', value: 'github.com/benny' },
  personRef: 'user:default/ben',
  displayName: 'Ben',
  state: 'confirmed',
  decidedBy: 'user:default/admin',
  decidedAt: '2026-02-10T12:00:00.000Z',
  fromMailmap: true,
};
const LISTS = ['candidates', 'links', 'contradictions', 'leavers', 'bots'];

function pageOf(...items: unknown[]) {
  return { items, totalItems: items.length };
}

describe.each(SYSTEMS)('identities in the %s front-end system', (_, system) => {
  let backend: StandInBackend;

  beforeEach(() => {
    backend = StandInBackend.start();
    LISTS.forEach(list => backend.others.set(`/identities/${list}`, pageOf()));
    backend.others.set('POST /identities/links', {});
    backend.others.set('DELETE /identities/links', {});
  });

  const section = async (name: string) =>
    within(await screen.findByRole('region', { name }));

  it('says of every list that nothing is there', async () => {
    await system.renderPage('/identities');
    for (const none of [
      'Nothing that is nobody’s looks like somebody of the catalog.',
      'Nothing contradicts anything.',
      'Nothing has been decided yet.',
      'Every User of the catalog is in a Group.',
      'No bot has been met.',
    ]) {
      expect(await screen.findByText(none)).toBeVisible();
    }
  });

  it('confirms a candidate, and undoes a decision', async () => {
    backend.others.set('/identities/candidates', pageOf(CANDIDATE));
    backend.others.set('/identities/links', pageOf(LINK));
    await system.renderPage('/identities');
    const candidates = await section('Candidates');
    const user = setupUser();
    const confirm = await candidates.findByRole('button', {
      name: 'Confirm that ada@home.example is Ada Okafor',
    });
    backend.others.set('/identities/candidates', pageOf());
    await user.click(confirm);
    expect(
      await candidates.findByText(/looks like somebody of the catalog/),
    ).toBeVisible();
    const decisions = await section('Decisions');
    await user.click(
      await decisions.findByRole('button', {
        name: 'Undo github.com/benny of Ben',
      }),
    );
    await waitFor(() => expect(backend.sent).toHaveLength(2));
    expect(backend.sent).toMatchObject([
      {
        method: 'POST',
        body: {
          decisions: [
            {
              identifier: CANDIDATE.identifier,
              personRef: 'user:default/ada',
              state: 'confirmed',
            },
          ],
        },
      },
      { method: 'DELETE', path: '/identities/links' },
    ]);
    // Read once more after each of both.
    await waitFor(() =>
      expect(backend.queries('/identities/leavers')).toHaveLength(3),
    );
    expect(backend.queries('/identities/links')).toContainEqual({
      type: 'account',
      value: 'github.com/benny',
      personRef: 'user:default/ben',
    });
  });

  it('confirms at once all that are chosen', async () => {
    const others = [1, 2, 3].map(index => ({
      ...CANDIDATE,
      identifier: { type: 'email', value: `ada${index}@home.example` },
    }));
    backend.others.set('/identities/candidates', pageOf(...others));
    await system.renderPage('/identities');
    const candidates = await section('Candidates');
    const user = setupUser();
    await candidates.findByText('ada1@home.example');
    await user.click(candidates.getByRole('checkbox', { name: 'Select all' }));
    await user.click(candidates.getByRole('checkbox', { name: /ada2@home/ }));
    await user.click(
      candidates.getByRole('button', { name: 'Confirm what is chosen (2)' }),
    );
    await waitFor(() => expect(backend.sent).toHaveLength(1));
    expect(backend.sent[0].body).toMatchObject({
      decisions: [
        { identifier: others[0].identifier, state: 'confirmed' },
        { identifier: others[2].identifier, state: 'confirmed' },
      ],
    });
  });

  it.each([
    ['The same person', 'confirmed'],
    ['Somebody else', 'refused'],
  ])('says who is called otherwise now: %s', async (name, state) => {
    await system.renderPage('/identities');
    const renames = await section('Called otherwise now');
    const user = setupUser();
    const decide = renames.getByRole('button', { name });
    expect(decide).toBeDisabled();
    await user.type(
      renames.getByRole('textbox', { name: /no longer in the catalog/ }),
      ' User:default/Ada ',
    );
    await user.type(renames.getByRole('textbox', { name: 'User now' }), 'king');
    await user.click(decide);
    await waitFor(() => expect(backend.sent).toHaveLength(1));
    expect(backend.sent[0].body).toEqual({
      decisions: [
        {
          identifier: { type: 'user', value: 'user:default/ada' },
          personRef: 'user:default/king',
          state,
        },
      ],
    });
    await waitFor(() =>
      expect(renames.getByRole('textbox', { name: 'User now' })).toHaveValue(
        '',
      ),
    );
  });

  it('shows contradictions, who left, and bots with the reason', async () => {
    backend.others.set(
      '/identities/contradictions',
      pageOf(
        {
          identifier: { type: 'email', value: 'team@acme.example' },
          type: 'shared',
          personRefs: ['user:default/ada', 'user:default/ben'],
        },
        {
          identifier: { type: 'email', value: 'eve@acme.example' },
          type: 'taken-over',
          personRefs: ['user:default/eve', 'user:default/eve.x'],
          decided: 'user:default/eve.x',
        },
      ),
    );
    backend.others.set(
      '/identities/leavers',
      pageOf(
        {
          personRef: 'user:default/eve',
          displayName: 'Eve',
          reason: 'removed',
          removedAt: '2026-02-10T12:00:00.000Z',
        },
        {
          personRef: 'user:default/tom',
          displayName: 'Tom',
          reason: 'no-group',
        },
      ),
    );
    backend.others.set(
      '/identities/bots',
      pageOf({ address: 'x[bot]@y', name: 'x[bot]', reason: 'marked' }),
    );
    await system.renderPage('/identities');
    expect(await screen.findByText(/It counts for nobody until/)).toBeVisible();
    expect(
      await screen.findByText(/It was of a User who is gone/),
    ).toBeVisible();
    expect(await screen.findByText(/No longer in the catalog/)).toBeVisible();
    expect(await screen.findByText('In no Group')).toBeVisible();
    expect(
      await screen.findByText('[bot] in the name or address'),
    ).toBeVisible();
  });

  it('shows what a mailmap would link before it links it', async () => {
    backend.others.set('POST /identities/mailmap', {
      items: [{ ...CANDIDATE, reason: 'mailmap' }],
      left: 0,
      unknown: 2,
      shared: 1,
      unusableLines: [2, 5],
    });
    await system.renderPage('/identities');
    const mailmap = await section('From a .mailmap');
    const user = setupUser();
    const show = mailmap.getByRole('button', {
      name: 'Show what it would link',
    });
    expect(show).toBeDisabled();
    await user.type(mailmap.getByLabelText('Its lines'), 'Ada <a@x> <b@y>');
    await user.click(show);
    expect(
      await mailmap.findByText('ada@home.example (Ada O.) to Ada Okafor'),
    ).toBeVisible();
    expect(mailmap.getByText(/2 addresses would become/)).toBeVisible();
    expect(
      mailmap.getByText(/1 address would become what several/),
    ).toBeVisible();
    expect(mailmap.getByText(/git makes nothing of lines 2, 5:/)).toBeVisible();
    await user.click(mailmap.getByRole('button', { name: 'Link 1 address' }));
    await waitFor(() =>
      expect(backend.sent[1]?.body).toMatchObject({
        decisions: [{ state: 'confirmed', fromMailmap: true }],
      }),
    );
    await waitFor(() =>
      expect(mailmap.getByLabelText('Its lines')).toHaveValue(''),
    );
  });

  it('pages through hundreds, and says why it may not', async () => {
    backend.others.set('/identities/candidates', {
      items: Array.from({ length: 20 }, (_x, index) => ({
        ...CANDIDATE,
        identifier: {
          type: 'email',
          value: `${'very-long-'.repeat(12)}${index}@home.example`,
        },
      })),
      totalItems: 400,
      nextCursor: 'next',
    });
    backend.refuse(
      '/identities/bots',
      403,
      'You lack the permission understanding.admin',
    );
    await system.renderPage('/identities');
    const candidates = await section('Candidates');
    expect(await candidates.findAllByRole('rowheader')).toHaveLength(20);
    await setupUser().click(
      candidates.getByRole('button', { name: 'Next table page' }),
    );
    await waitFor(() =>
      expect(backend.queries('/identities/candidates')).toContainEqual({
        limit: '20',
        cursor: 'next',
      }),
    );
    const bots = await section('Bots');
    expect(await bots.findByText(/You lack the permission/)).toBeVisible();
  });
});
