import { screen, within } from '@testing-library/react';
import { SYSTEMS, person, renderTab, summary } from '../../__testUtils__';

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
});
