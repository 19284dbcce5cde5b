import { screen, within } from '@testing-library/react';
import { NOW, SYSTEMS, renderTab, summary } from '../../__testUtils__';

function section() {
  return screen.findByRole('region', { name: 'Documents' });
}

describe.each(SYSTEMS)('documents in the %s front-end system', (_, system) => {
  it('shows documents with the reasons of their state', async () => {
    await renderTab(system, {
      summary: summary('ledger', { documentState: 'contradicted' }),
      documents: [
        {
          id: 'readme',
          path: 'README.md',
          title: 'Ledger, how it posts',
          url: 'https://git.example.com/README.md',
          state: 'contradicted',
          reasons: [
            {
              message: 'README.md cites src/old.ts, which was removed',
              url: 'https://git.example.com/commit/1',
              file: 'README.md',
              line: 12,
            },
          ],
          contentChangedAt: '2025-12-24T12:00:00.000Z',
        },
        {
          id: 'design',
          path: 'docs/design.md',
          state: 'fresh',
          reasons: [],
          contentChangedAt: NOW,
        },
      ],
    });
    const documents = await section();
    expect(documents).toHaveTextContent(
      'Ledger, how it posts README.mdContradictedcontent of Dec 24, 2025',
    );
    expect(documents).toHaveTextContent(
      'docs/design.md docs/design.mdFreshcontent of Mar 1, 2026',
    );
    const reason = within(documents).getByRole('listitem');
    expect(reason).toHaveTextContent(
      'README.md cites src/old.ts, which was removed README.md:12',
    );
    expect(
      within(documents)
        .getAllByRole('link')
        .map(link => link.getAttribute('href')),
    ).toEqual([
      'https://git.example.com/README.md',
      'https://git.example.com/commit/1',
    ]);
  });
});
