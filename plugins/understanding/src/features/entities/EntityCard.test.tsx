import {
  TranslationApi,
  translationApiRef,
} from '@backstage/frontend-plugin-api';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import {
  EntityProvider,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { UnderstandingApi } from '@understanding-dev/backstage-plugin-understanding-common';
import { understandingApiRef } from '@understanding-dev/backstage-plugin-understanding-react';
import { screen } from '@testing-library/react';
import {
  NOW,
  StandInBackend,
  SYSTEMS,
  ledgerEntity,
  person,
  summary,
  understanding,
  whoUnderstands,
} from '../../__testUtils__';
import { WhoUnderstands } from '../lookup/WhoUnderstands';
import { EntityCard } from './EntityCard';
import { EntityContent } from './EntityContent';

/** Every text as the key that an app translates it by. */
const KEYS = {
  getTranslation: () => ({
    ready: true as const,
    t: (key: string) => `[${key}]`,
  }),
  translation$: () => ({ subscribe: () => ({ unsubscribe: () => {} }) }),
} as unknown as TranslationApi;

describe.each(SYSTEMS)(
  'entity card in the %s front-end system',
  (_, system) => {
    function renderCard(part: Parameters<typeof summary>[1]) {
      const backend = StandInBackend.start();
      backend.details = [understanding({ summary: summary('ledger', part) })];
      return system.renderCard(ledgerEntity());
    }

    it.each([
      ['2 active people understand it; at least 2 are needed', {}],
      [
        '1 active person understands it; at least 3 are needed',
        { understoodBy: 1, understoodByMinimum: 3 },
      ],
      [
        '0 active people understand it; at least 2 are needed',
        { understoodBy: 0, people: undefined },
      ],
      [
        'Unknown: Its source location does not exist.',
        {
          understoodBy: undefined,
          unknownReason: 'Its source location does not exist.',
        },
      ],
    ])('says: %s', async (text, part) => {
      await renderCard(part);
      expect(await screen.findByText(text)).toBeVisible();
      expect(
        screen.getByRole('heading', { name: 'Understanding' }),
      ).toBeVisible();
    });

    it('shows the state of documents and the flags', async () => {
      await renderCard({
        documentState: 'overdue',
        example: true,
        flags: [
          { rule: 'stale-docs', severity: 'low', since: NOW },
          { rule: 'no-owner', severity: 'high', since: NOW },
        ],
      });
      expect(await screen.findByText('Overdue')).toBeVisible();
      expect(screen.getByText('Example')).toBeVisible();
      expect(screen.getByText('Stale documentation')).toBeVisible();
      expect(screen.getByText('No owner')).toBeVisible();
      expect(screen.queryByText('No open flags')).toBeNull();
    });

    it('names whom to ask first, and nobody who has left', async () => {
      StandInBackend.start().details = [
        understanding({
          people: [
            ...['Ann', 'Bob', 'Cy', 'Dan'].map(name => person(name)),
            person('Eve', { status: 'left', active: false }),
          ],
        }),
      ];
      await system.renderCard(ledgerEntity());
      expect(await screen.findByText(/Ask first/)).toHaveTextContent(
        'Ask first: Ann, Bob, Cy',
      );
      expect(screen.queryByText('Eve')).toBeNull();
    });

    it('says who is on call now', async () => {
      const backend = StandInBackend.start();
      backend.details = [
        understanding({
          onCall: [
            {
              schedule: 'primary',
              readAt: NOW,
              shifts: [
                {
                  until: '2026-03-02T09:00:00.000Z',
                  person: {
                    personRef: 'user:default/ann',
                    displayName: 'Ann Berg',
                    status: 'active',
                  },
                },
              ],
            },
          ],
        }),
      ];
      await system.renderCard(ledgerEntity());
      expect(
        await screen.findByText(/^On call now by primary:/),
      ).toHaveTextContent(/: Ann Berg, until Mar 2, 2026, 9:00\sAM$/);
    });

    it('says that there are no flags, and leads to the evidence', async () => {
      await renderCard({});
      expect(await screen.findByText('No open flags')).toBeVisible();
      expect(
        screen.getByRole('link', { name: 'Evidence and reasons' }),
      ).toHaveAttribute(
        'href',
        '/inventory/default/component/ledger/understanding',
      );
    });
  },
);

describe('texts', () => {
  const known = understanding({
    flags: [],
    onCall: [{ schedule: 'primary', shifts: [] }],
  });
  const api: Partial<UnderstandingApi> = {
    getEntity: async () => known,
    whoUnderstands: async query => whoUnderstands(query, [{}]),
    suggestQuestions: async () => ({ items: [] }),
  };

  it.each([
    ['card', <EntityCard />, []],
    ['tab', <EntityContent />, ['Ann Berg', 'Bo Diaz']],
    ['look-up', <WhoUnderstands />, ['Ledger', 'Ann Berg', 'Payments owns it']],
  ])('of the %s can all be translated', async (_case, element, others) => {
    renderInTestApp(
      <EntityProvider entity={ledgerEntity()}>
        <div data-testid="texts">{element}</div>
      </EntityProvider>,
      {
        apis: [
          [understandingApiRef, api],
          [translationApiRef, KEYS],
        ],
        mountedRoutes: { '/inventory/:namespace/:kind/:name': entityRouteRef },
        initialRouteEntries: ['/?ask=ledger'],
      },
    );
    await screen.findAllByText(/\[(card|people|answer)\./);
    const shown = screen.getByTestId('texts').textContent ?? '';
    expect(shown.split(/(?:\s*\[[\w.-]+\])+/).filter(Boolean)).toEqual(others);
  });
});
