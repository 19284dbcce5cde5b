import { explanationSchema } from '@understanding-dev/backstage-plugin-understanding-common';
import { screen, waitFor, within } from '@testing-library/react';
import {
  POLICY,
  StandInBackend,
  SYSTEMS,
  explanation,
  ledgerEntity,
  setupUser,
  walkthrough,
} from '../../__testUtils__';

const BASE = '/entities/by-name/component/default/ledger';

describe.each(SYSTEMS)(
  'explanations of an entity in the %s front-end system',
  (_, system) => {
    let backend: StandInBackend;

    beforeEach(() => {
      backend = StandInBackend.start();
      backend.others
        .set('/explanations', { items: [], totalItems: 0 })
        .set(`${BASE}/walkthrough`, walkthrough())
        .set(`${BASE}/reading-path`, {
          walkthrough: { state: 'missing', due: [] },
          groups: [],
        })
        .set(`${BASE}/edges`, {
          items: [],
          totalItems: 0,
          hidden: 0,
        })
        .set('/explanations/exemptions', { items: [], totalItems: 0 })
        .set('/explanations/policy', {
          ...POLICY,
          policy: 'ai-assisted',
          inWords: 'Explanations are asked for when coding agents had a part.',
        });
    });

    const hold = (count: number) =>
      backend.others.set('/explanations', {
        items: Array.from({ length: count }, (_none, index) =>
          explanationSchema.parse({
            ...explanation({ id: `e${index}`, debt: 'open' }),
            change: {
              ...explanation().change,
              number: index + 1,
              title: `Change ${index} ${'with a long title '.repeat(12)}`,
            },
          }),
        ).slice(0, 20),
        nextCursor: 'more',
        totalItems: count,
      });
    const region = () => screen.findByRole('region', { name: 'Explanations' });

    it('tells when they are asked for, and that there are none', async () => {
      await system.renderExplanations(ledgerEntity());
      const section = await region();
      expect(section).toHaveTextContent(
        'Explanations are asked for when coding agents had a part.',
      );
      expect(section).toHaveTextContent('No change of it is known');
      expect(
        within(section).getByRole('link', { name: 'Explain something' }),
      ).toHaveAttribute(
        'href',
        '/understanding/explain?entity=component%3Adefault%2Fledger',
      );
    });

    it('tells from what the entity is exempted, as long as that holds', async () => {
      const exemption = {
        entityRef: 'component:default/ledger',
        ownerRef: 'group:default/payments',
        createdAt: '2026-02-01T12:00:00.000Z',
        until: '2026-04-01T12:00:00.000Z',
      };
      backend.others.set('/explanations/exemptions', {
        items: [
          { ...exemption, id: 'x1', reason: 'The migration', holds: true },
          { ...exemption, id: 'x2', reason: 'Long ago', holds: false },
        ],
        totalItems: 2,
      });
      await system.renderExplanations(ledgerEntity());
      const item = await within(await region()).findByText(/The migration/);
      expect(item).toHaveTextContent(
        'None is asked for until Apr 1, 2026: The migration (payments answers for it)',
      );
      expect(screen.queryByText(/Long ago/)).toBeNull();
    });

    it('shows hundreds a page at a time, and leads to each', async () => {
      hold(300);
      await system.renderExplanations(ledgerEntity());
      const link = await screen.findByRole('link', { name: /^Change 3 / });
      expect(link).toHaveAttribute('href', '/understanding/explanations/e3');
      const row = screen.getAllByRole('row')[4];
      expect(row).toHaveTextContent('acme/ledger#4');
      expect(row).toHaveTextContent('Waits for a reviewer');
      expect(row).toHaveTextContent('Data');
      expect(row).toHaveTextContent('Assisted');
      expect(row).toHaveTextContent('Open');
      expect(screen.getAllByRole('row')).toHaveLength(21);
      expect(await region()).toHaveTextContent('300');
    });

    it('filters by state, plane and AI assistance', async () => {
      const user = setupUser();
      await system.renderExplanations(ledgerEntity());
      const section = within(await region());
      for (const [label, option] of [
        ['State', 'Returned'],
        ['Plane', 'Artifact'],
        ['AI assistance', 'None'],
      ]) {
        await user.click(
          section.getByRole('button', { name: new RegExp(`${label}$`) }),
        );
        await user.click(await screen.findByRole('option', { name: option }));
      }
      expect(
        await section.findByText('Nothing matches these filters.'),
      ).toBeVisible();
      await waitFor(() =>
        expect(backend.queries('/explanations').pop()).toMatchObject({
          entity: 'component:default/ledger',
          state: 'returned',
          plane: 'artifact',
          aiAssistance: 'none',
        }),
      );
      await user.click(
        section.getByRole('button', { name: 'Show everything' }),
      );
      expect(
        await section.findByText(/No change of it is known/),
      ).toBeVisible();
    });

    it('says why nothing can be shown', async () => {
      backend.refuse(
        '/explanations',
        403,
        'You lack the permission understanding.entity.read.',
      );
      await system.renderExplanations(ledgerEntity());
      expect(await screen.findByRole('alert')).toHaveTextContent(
        'You may not see thisYou lack the permission',
      );
    });
  },
);
