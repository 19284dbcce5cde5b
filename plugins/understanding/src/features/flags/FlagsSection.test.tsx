import { screen, within } from '@testing-library/react';
import { SYSTEMS, renderTab } from '../../__testUtils__';

function section() {
  return screen.findByRole('region', { name: 'Flags' });
}

describe.each(SYSTEMS)('flags in the %s front-end system', (_, system) => {
  it('shows flags with reasons and repair', async () => {
    const flag = {
      entityRef: 'component:default/ledger',
      since: '2026-01-15T12:00:00.000Z',
      state: 'open',
    } as const;
    await renderTab(system, {
      flags: [
        {
          ...flag,
          id: '1',
          rule: 'no-owner',
          severity: 'high',
          reasons: [{ message: 'The catalog names no owner' }],
          repair: { message: 'Name a team.' },
        },
        {
          ...flag,
          id: '2',
          rule: 'stale-docs',
          severity: 'low',
          reasons: [],
          repair: {
            message: 'Read it again.',
            url: 'https://git.example.com/README.md',
          },
        },
      ],
    });
    const flags = await section();
    expect(flags).toHaveTextContent(
      'No ownersince Jan 15, 2026The catalog names no ownerRepair: Name a team.',
    );
    expect(
      within(flags).getByRole('link', { name: 'Read it again.' }),
    ).toHaveAttribute('href', 'https://git.example.com/README.md');
  });
});
