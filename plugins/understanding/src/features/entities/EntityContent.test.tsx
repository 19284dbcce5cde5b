import { screen, within } from '@testing-library/react';
import {
  NOW,
  SYSTEMS,
  renderTab,
  setupUser,
  summary,
} from '../../__testUtils__';

const UNKNOWN =
  'The catalog does not say where its source is: set the annotation backstage.io/source-location.';

function section(name: string) {
  return screen.findByRole('region', { name });
}

describe.each(SYSTEMS)('entity tab in the %s front-end system', (_, system) => {
  it('shows dependencies, page by page', async () => {
    const edge = {
      sourceRef: 'component:default/ledger',
      apiRefs: [] as string[],
      conditions: [],
      origin: 'declared' as const,
      firstSeen: NOW,
      lastSeen: NOW,
    };
    await renderTab(system, {
      edges: [
        {
          ...edge,
          type: 'dependsOn' as const,
          targetRef: 'resource:default/ledger-db',
          targetTitle: 'Ledger database',
          criticality: 'HARD' as const,
        },
        {
          ...edge,
          type: 'consumesApi' as const,
          targetRef: 'api:default/gone',
          criticality: 'UNCLASSIFIED' as const,
        },
        ...Array.from({ length: 19 }, (_none, index) => ({
          ...edge,
          type: 'partOf' as const,
          targetRef: `system:default/s${index}`,
          targetTitle: `System ${index}`,
          criticality: 'UNCLASSIFIED' as const,
        })),
      ],
    });
    const dependencies = within(await section('Dependencies'));
    await dependencies.findByText('1 - 20 of 21');
    const rows = dependencies.getAllByRole('row').slice(1, 4);
    expect(rows.map(row => row.textContent)).toEqual([
      'Ledger databasedepends onHARDdeclared',
      'api:default/gone (not in the catalog)consumes APIUNCLASSIFIEDdeclared',
      'System 0is part of–declared',
    ]);
    await setupUser().click(
      dependencies.getByRole('button', { name: 'Next table page' }),
    );
    expect(await dependencies.findByText('System 18')).toBeVisible();
  });

  it('says where all of it was read, and what could not be seen', async () => {
    await renderTab(system, {
      source: {
        type: 'read',
        repository: 'money/ledger',
        paths: ['', 'services/ledger'],
        head: '0123456789abcdef',
        readAt: NOW,
        notices: ['The clone is shallow.'],
      },
    });
    const source = await section('Source');
    expect(source).toHaveTextContent(
      'Read from the history of money/ledger (all of it, services/ledger), up to commit 0123456789, on Mar 1, 2026.',
    );
    expect(source).toHaveTextContent('The clone is shallow.');
  });

  it.each([
    ['People', `Who understands it is unknown: ${UNKNOWN}`],
    ['Documents', `DocumentsUnknown${UNKNOWN}`],
    ['Source', `Its history cannot be seen${UNKNOWN}`],
  ])('says why %s are unknown', async (name, text) => {
    await renderTab(system, {
      summary: summary('ledger', {
        understoodBy: undefined,
        people: [],
        documentState: 'unknown',
        unknownReason: UNKNOWN,
      }),
      source: { type: 'unknown', reason: UNKNOWN },
      people: [],
    });
    expect(await section(name)).toHaveTextContent(text);
    expect(screen.queryByText('Nobody has left any evidence here.')).toBeNull();
  });

  it.each([
    ['Flags', 'No rule finds anything here.'],
    ['People', 'Nobody has left any evidence here.'],
    ['Documents', 'No document was found.'],
    ['Dependencies', 'The catalog declares no dependencies of it.'],
  ])('says in %s that there is nothing', async (name, text) => {
    await renderTab(system, {
      people: [],
      summary: summary('ledger', { understoodBy: 0, people: [] }),
    });
    expect(await section(name)).toHaveTextContent(text);
  });
});
