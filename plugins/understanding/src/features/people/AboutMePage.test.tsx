import { act, screen, waitFor, within } from '@testing-library/react';
import { AboutMe } from '@understanding-dev/backstage-plugin-understanding-common';
import {
  StandInBackend,
  SYSTEMS,
  getAddress,
  setupUser,
} from '../../__testUtils__';

const LEDGER = 'component:default/ledger';

const me: AboutMe = {
  personRef: 'user:default/ada',
  catalog: {
    displayName: 'Ada Okafor',
    email: 'ada@acme.example',
    logins: ['ada-gh'],
    accounts: [{ host: 'github.com', login: 'ada-gh' }],
    groupRefs: ['group:default/payments'],
  },
  evidence: [
    {
      entityRef: LEDGER,
      kind: 'authored',
      latestAt: '2026-02-10T12:00:00.000Z',
      count: 3,
      verified: false,
      source: 'history',
    },
  ],
  identities: [],
  handEvidence: [
    {
      id: 'h1',
      entityRef: LEDGER,
      kind: 'taught',
      personRef: 'user:default/ada',
      at: '2026-02-11T12:00:00.000Z',
      note: 'At the round table.',
      state: 'proposed',
      proposedBy: 'user:default/ben',
      proposedAt: '2026-02-12T12:00:00.000Z',
      verified: false,
    },
  ],
  corrections: [],
  records: [{ what: 'comments on failure modes', count: 2 }],
  drafts: [
    {
      key: 'entities component:default/ledger',
      savedAt: '2026-02-13T12:00:00.000Z',
    },
    {
      key: 'walkthrough component:default/ledger',
      savedAt: '2026-02-12T12:00:00.000Z',
    },
  ],
  suggested: true,
  freshDays: 180,
  namesShown: true,
};

describe.each(SYSTEMS)('about me in the %s front-end system', (_, system) => {
  let backend: StandInBackend;

  beforeEach(() => {
    jest.advanceTimersByTime(10_000);
    backend = StandInBackend.start();
    backend.others.set('/me', me);
    backend.others.set('/identities/mine', {
      candidates: [
        {
          identifier: { type: 'email', value: 'ada@home.example' },
          name: 'Ada O.',
          personRef: me.personRef,
          displayName: 'Ada Okafor',
          reason: 'same-name',
        },
      ],
      links: [],
    });
    backend.others.set('POST /identities/links', {});
    for (const path of [
      'PUT /me/suggestions',
      `PUT /entities/by-name/component/default/ledger/correction`,
      `DELETE /entities/by-name/component/default/ledger/correction`,
    ]) {
      backend.others.set(path, {});
    }
    backend.others.set('POST /evidence/h1/confirmation', {
      ...me.handEvidence[0],
      state: 'confirmed',
      verified: true,
    });
  });

  const section = async (name: string) =>
    within(await screen.findByRole('region', { name }));

  it('lets them decide about what may be theirs', async () => {
    await system.renderPage('/me');
    const offered = await section('Addresses and accounts that may be yours');
    expect(offered.getByText('ada@home.example, called Ada O.')).toBeVisible();
    await setupUser().click(
      offered.getByRole('button', {
        name: 'Refuse that ada@home.example is Ada Okafor',
      }),
    );
    await waitFor(() =>
      expect(backend.sent).toMatchObject([
        {
          path: '/identities/links',
          body: {
            decisions: [{ personRef: me.personRef, state: 'refused' }],
          },
        },
      ]),
    );
  });

  it('lets them confirm all of theirs at once', async () => {
    const candidates = [1, 2].map(index => ({
      identifier: { type: 'email', value: `ada${index}@home.example` },
      name: 'Ada O.',
      personRef: me.personRef,
      displayName: 'Ada Okafor',
      reason: 'same-name',
    }));
    backend.others.set('/identities/mine', { candidates, links: [] });
    await system.renderPage('/me');
    const offered = await section('Addresses and accounts that may be yours');
    await setupUser().click(
      offered.getByRole('button', { name: 'Confirm that all 2 are mine' }),
    );
    await waitFor(() =>
      expect(backend.sent).toMatchObject([
        {
          body: {
            decisions: candidates.map(({ identifier }) => ({
              identifier,
              state: 'confirmed',
            })),
          },
        },
      ]),
    );
  });

  it('is where the overview leads everybody', async () => {
    await system.renderPage('', false);
    await setupUser().click(
      await screen.findByRole('link', { name: 'What is stored about you' }),
    );
    expect(getAddress()).toBe('/understanding/me');
  });

  it('tells what is stored, where from, and who may see it', async () => {
    await system.renderPage('/me');
    const evidence = await section('Evidence of what you understand');
    expect(evidence.getByText(/^authored, last on/)).toHaveTextContent(
      'authored, last on Feb 10, 2026, from a git history, not verified',
    );
    const catalog = await section('Who you are here');
    expect(catalog.getByText(/From the catalog/)).toHaveTextContent(
      'Ada Okafor, ada@acme.example',
    );
    expect(catalog.getByText(/Accounts/)).toHaveTextContent(
      'ada-gh on github.com',
    );
    expect(catalog.getByRole('listitem')).toHaveTextContent(
      'comments on failure modes: 2',
    );
    const seen = await section('Who may see it');
    expect(seen.getByText(/understanding.person.read/)).toBeVisible();
    expect(seen.getByText(/kept as long as its source has it/)).toBeVisible();
  });

  it('says for how long it is kept, and to whom no name is shown', async () => {
    backend.others.set('/me', { ...me, keptDays: 730, namesShown: false });
    await system.renderPage('/me');
    const seen = await section('Who may see it');
    expect(seen.getByText(/removed when it is 730 days old/)).toBeVisible();
    expect(seen.getByText(/Nobody else sees your name here/)).toBeVisible();
    expect(seen.queryByText(/understanding.person.read/)).toBeNull();
  });

  it('lets them decide on what was said of them', async () => {
    await system.renderPage('/me');
    const said = await section('Said of you, and not decided yet');
    expect(said.getByText(/At the round table/)).toBeVisible();
    backend.others.set('/me', { ...me, handEvidence: [] });
    await setupUser().click(
      said.getByRole('button', { name: /^That is so: / }),
    );
    await act(() => jest.advanceTimersByTimeAsync(1000));
    expect(backend.sent).toEqual([
      expect.objectContaining({ path: '/evidence/h1/confirmation' }),
    ]);
    expect(
      screen.queryByRole('region', {
        name: 'Said of you, and not decided yet',
      }),
    ).toBeNull();
  });

  it('lets them correct it, and take that back', async () => {
    await system.renderPage('/me');
    const evidence = await section('Evidence of what you understand');
    backend.others.set('/me', {
      ...me,
      corrections: [
        {
          entityRef: LEDGER,
          correction: { type: 'no-longer', at: '2026-03-01T12:00:00.000Z' },
        },
      ],
    });
    await setupUser().click(
      evidence.getByRole('button', {
        name: `I no longer know this: ${LEDGER}`,
      }),
    );
    await setupUser().click(
      await screen.findByRole('button', { name: `Take that back: ${LEDGER}` }),
    );
    expect(backend.sent.map(({ method, body }) => [method, body])).toEqual([
      ['PUT', { type: 'no-longer' }],
      ['DELETE', undefined],
    ]);
    await act(() => jest.advanceTimersByTimeAsync(1000));
  });

  it('lets them say where they know it from, and until when', async () => {
    await system.renderPage('/me');
    const evidence = await section('Evidence of what you understand');
    await setupUser().click(
      evidence.getByRole('button', {
        name: `I know this from elsewhere: ${LEDGER}`,
      }),
    );
    const dialog = within(await screen.findByRole('dialog'));
    await setupUser().type(
      dialog.getByRole('textbox', { name: /Where from/ }),
      'Ran the same before',
    );
    await setupUser().click(dialog.getByRole('button', { name: 'Say so' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    const [{ body }] = backend.sent;
    expect(body).toMatchObject({
      type: 'from-elsewhere',
      note: 'Ran the same before',
    });
    // The last day that the back end takes.
    const days =
      (Date.parse((body as { until: string }).until) - Date.now()) /
      (24 * 60 * 60 * 1000);
    expect(days).toBeGreaterThan(179);
    expect(days).toBeLessThanOrEqual(180);
  });

  it('lets them withdraw what they said of others', async () => {
    backend.others.set('/me', {
      ...me,
      handEvidence: [
        {
          ...me.handEvidence[0],
          personRef: 'user:default/ben',
          proposedBy: me.personRef,
        },
      ],
    });
    backend.others.set('DELETE /evidence/h1', {});
    await system.renderPage('/me');
    const said = await section('Said by you of others, and not decided yet');
    await setupUser().click(said.getByRole('button', { name: /^Withdraw: / }));
    await waitFor(() =>
      expect(backend.sent).toMatchObject([
        { method: 'DELETE', path: '/evidence/h1' },
      ]),
    );
    await act(() => jest.advanceTimersByTimeAsync(1000));
  });

  it('names what they wrote and did not submit, and removes it', async () => {
    await system.renderPage('/me');
    const drafts = await section('Drafts');
    expect(
      drafts.getByRole('link', {
        name: 'An explanation of component:default/ledger',
      }),
    ).toHaveAttribute(
      'href',
      '/understanding/explain?entity=component%3Adefault%2Fledger',
    );
    expect(drafts.getByText(/A walkthrough of/)).toHaveTextContent(
      'A walkthrough of ledger',
    );
    expect(drafts.getAllByText(/^Last saved on/)[1]).toHaveTextContent(
      'Last saved on Feb 12, 2026',
    );
    backend.others.set('/me', { ...me, drafts: [] });
    await setupUser().click(
      drafts.getAllByRole('button', { name: /^Remove: / })[0],
    );
    await waitFor(() =>
      expect(screen.queryByRole('region', { name: 'Drafts' })).toBeNull(),
    );
    expect(backend.sent).toMatchObject([
      { method: 'DELETE', path: '/explanations/drafts' },
    ]);
  });

  it('lets them not be suggested', async () => {
    await system.renderPage('/me');
    await setupUser().click(
      await screen.findByRole('switch', { name: /I may be suggested/ }),
    );
    expect(backend.sent).toEqual([
      expect.objectContaining({
        path: '/me/suggestions',
        body: { suggested: false },
      }),
    ]);
    await act(() => jest.advanceTimersByTimeAsync(1000));
  });

  it('says what went wrong', async () => {
    backend.refuse('/me', 503, 'The database is away.');
    await system.renderPage('/me');
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The database is away.',
    );
  });
});
