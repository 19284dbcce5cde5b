import { screen, waitFor, within } from '@testing-library/react';
import {
  SYSTEMS,
  person,
  renderTab,
  setupUser,
  summary,
} from '../../__testUtils__';

function section() {
  return screen.findByRole('region', { name: 'People' });
}

describe.each(SYSTEMS)('people in the %s front-end system', (_, system) => {
  it('shows people with their evidence and its date', async () => {
    const authored = person('Ann').evidence[0];
    await renderTab(system, {
      people: [
        person('Ann Berg', {
          evidence: [
            { ...authored, url: 'https://git.example.com/commits/ann' },
            {
              kind: 'reviewed',
              freshness: 'fading',
              latestAt: '2025-08-05T12:00:00.000Z',
              count: 1,
              verified: true,
            },
          ],
        }),
        person('Cy Eder', { status: 'left', active: false }),
        person('dora', { personRef: undefined, status: 'not-in-catalog' }),
      ],
    });
    const people = within(await section());
    expect(
      people.getByText('2 active people understand it; at least 2 are needed.'),
    ).toBeVisible();
    expect(
      people.getAllByRole('listitem').map(item => item.textContent),
    ).toEqual([
      'Ann Bergauthored, last on Feb 10, 2026 freshnot verifiedreviewed, last on Aug 5, 2025 fading',
      'Cy Eder (has left)authored, last on Feb 10, 2026 freshnot verified',
      'dora (not in the catalog)authored, last on Feb 10, 2026 freshnot verified',
    ]);
    expect(people.getByRole('link', { name: 'authored' })).toHaveAttribute(
      'href',
      'https://git.example.com/commits/ann',
    );
    expect(
      people.getByText(
        'Somebody understands it with one kind of fresh evidence; or alone by having taught it, or explained it as a whole, as somebody else found. Of kinds that count by themselves, collected so far: authored. Evidence is fresh for 180 days.',
      ),
    ).toBeVisible();
  });

  it('says what people leaving would do', async () => {
    await renderTab(system, {
      absenceFactor: {
        present: { factor: 1, files: 40, coverageAtStop: 0.424 },
        allTime: { factor: 0, files: 40, coverageAtStop: 0 },
      },
    });
    const people = await section();
    expect(people).toHaveTextContent(
      'Contributor absence factor at present: 1. Without one person, 42 % of the 40 files have an author left.',
    );
    expect(people).toHaveTextContent(
      'Of all time: nobody; of the 40 files, fewer than half have an author.',
    );
  });

  it('counts people where their names may not be seen', async () => {
    await renderTab(system, {
      people: undefined,
      summary: summary('ledger', { understoodBy: 1, people: undefined }),
    });
    const people = within(await section());
    expect(
      people.getByText(
        '1 active person understands it; at least 2 are needed.',
      ),
    ).toBeVisible();
    expect(
      people.getByText(
        'To see names you need the permission understanding.person.read.',
      ),
    ).toBeVisible();
    expect(people.queryByRole('list')).toBeNull();
  });

  it('says that nobody does, who did last, and how to get that back', async () => {
    await renderTab(system, {
      summary: summary('ledger', { understoodBy: 0, people: [] }),
      people: [],
      nobody: {
        message: 'Nobody active has evidence younger than 180 days',
        lastAt: '2025-02-10T12:00:00.000Z',
        lastPeople: [{ displayName: 'Cy Eder', status: 'left' }],
        rebuild: ['Begin with its documents, which still hold.'],
      },
    });
    const people = await section();
    expect(people).toHaveTextContent(
      'Nobody active has evidence younger than 180 days; the last evidence is of Feb 10, 2025, by Cy Eder (has left).',
    );
    expect(people).toHaveTextContent(
      'Begin with its documents, which still hold.',
    );
  });

  it('takes what its reader says of themselves and of others', async () => {
    const user = setupUser();
    const backend = await renderTab(system, {});
    backend.others
      .set('PUT /entities/by-name/component/default/ledger/correction', {})
      .set('POST /evidence', {
        id: 'h1',
        entityRef: 'component:default/ledger',
        kind: 'documented',
        personRef: 'user:default/ada',
        at: '2026-02-01T09:30:00.000Z',
        state: 'proposed',
        proposedBy: 'user:default/ben',
        proposedAt: '2026-03-01T12:00:00.000Z',
        verified: false,
      });
    const people = within(await section());
    await user.click(
      people.getByRole('button', { name: 'I no longer know this' }),
    );
    expect(
      await people.findByText(/That is noted, and counts here in a moment/),
    ).toBeVisible();
    await user.click(
      people.getByRole('button', { name: 'Somebody taught or documented it' }),
    );
    const dialog = within(await screen.findByRole('dialog'));
    await user.click(
      dialog.getByRole('radio', { name: 'Wrote down how it works' }),
    );
    await user.click(dialog.getByRole('button', { name: /Who wrote it down/ }));
    await user.type(await screen.findByRole('searchbox'), 'okafor');
    const options = () => screen.getAllByRole('option');
    await waitFor(() => expect(options()).toHaveLength(1));
    await user.click(options()[0]);
    const fields = dialog.getAllByRole('spinbutton');
    for (const [index, text] of ['2', '1', '2026', '9', '30'].entries()) {
      await user.type(fields[index], text);
    }
    await user.click(
      dialog.getByRole('button', { name: 'Ask them to confirm' }),
    );
    expect(
      await dialog.findByText('user:default/ada is asked to confirm it.'),
    ).toBeVisible();
    expect(backend.sent).toMatchObject([
      { method: 'PUT', body: { type: 'no-longer' } },
      {
        path: '/evidence',
        body: { kind: 'documented', personRef: 'user:default/ada' },
      },
    ]);
  });
});
