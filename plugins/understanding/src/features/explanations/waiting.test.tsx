import {
  explanationDebtSchema,
  explanationSchema,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { screen, waitFor, within } from '@testing-library/react';
import {
  NOW,
  StandInBackend,
  SYSTEMS,
  explanation,
  setupUser,
} from '../../__testUtils__';

const ADA = 'user:default/ada';
const NONE = { items: [], totalItems: 0 };

describe.each(SYSTEMS)(
  'what waits and what is owed in the %s front-end system',
  (_, system) => {
    let backend: StandInBackend;

    beforeEach(() => {
      backend = StandInBackend.start();
      backend.others
        .set('/evidence', { personRef: ADA, items: [] })
        .set('/explanations/mine', NONE)
        .set('/explanations/debts', NONE)
        .set('/explanations/debts/overview', NONE);
    });

    const region = (name: string) => screen.findByRole('region', { name });
    const debt = (name: string) =>
      explanationDebtSchema.parse({
        explanation: explanation({ id: name, state: 'missing', debt: 'open' }),
        entityRef: `component:default/${name}`,
        entityTitle: `${name} ${'with a long title '.repeat(12)}`,
        ownerRef: 'group:default/payments',
        ownerTitle: 'Payments',
        state: 'open',
        openedAt: NOW,
      });

    it('asks for what waits for the reader, as an author and as a reviewer', async () => {
      await system.renderPage('/my-explanations');
      expect(
        await screen.findByText('Nothing of yours waits to be explained.'),
      ).toBeVisible();
      expect(
        await screen.findByText('No explanation waits for you.'),
      ).toBeVisible();
      expect(
        backend
          .queries('/explanations/mine')
          .map(query => query.as)
          .sort(),
      ).toEqual(['author', 'reviewer']);
    });

    it('leads to each, with what has to be done', async () => {
      backend.others.set('/explanations/mine', {
        items: [explanationSchema.parse(explanation({ debt: 'open' }))],
        totalItems: 1,
      });
      await system.renderPage('/my-explanations');
      const mine = await region('My pull and merge requests');
      const row = await within(mine).findByRole('row', { name: /Round once/ });
      expect(row).toHaveTextContent('Waits for a reviewer');
      expect(row).toHaveTextContent('Open');
      expect(
        within(row).getByRole('link', { name: 'Round once' }),
      ).toHaveAttribute('href', '/understanding/explanations/e1');
    });

    it('asks whether what others said of the reader is so', async () => {
      const said = {
        id: 'h1',
        entityRef: 'component:default/ledger',
        kind: 'taught',
        personRef: ADA,
        at: NOW,
        state: 'proposed',
        proposedBy: 'user:default/ben',
        proposedAt: NOW,
        verified: false,
      };
      backend.others
        .set('/evidence', { personRef: ADA, items: [said] })
        .set('POST /evidence/h1/confirmation', { ...said, state: 'confirmed' });
      await system.renderPage('/my-explanations');
      const section = await region('Said of you, and not decided yet');
      backend.others.set('/evidence', { personRef: ADA, items: [] });
      await setupUser().click(
        within(section).getByRole('button', { name: /^That is so: taught/ }),
      );
      await waitFor(() => expect(section).not.toBeInTheDocument());
      expect(backend.sent).toMatchObject([
        { path: '/evidence/h1/confirmation' },
      ]);
    });

    it('says why nothing can be shown', async () => {
      backend.refuse('/explanations/mine', 403, 'Sign in to do this.');
      await system.renderPage('/my-explanations');
      expect(await screen.findAllByText('Sign in to do this.')).toHaveLength(2);
    });

    it('adds debts up by team or system', async () => {
      const user = setupUser();
      backend.others.set('/explanations/debts/overview', {
        items: [
          {
            ref: 'group:default/payments',
            title: 'Payments',
            open: 3,
            paid: 1,
            oldestAt: NOW,
          },
          { open: 0, paid: 2 },
        ],
        totalItems: 2,
      });
      await system.renderPage('/explanation-debts');
      const sums = within(await region('Debts, added up'));
      const row = await sums.findByRole('row', { name: /Payments/ });
      expect(row).toHaveTextContent(/3.*Mar 1, 2026.*1/);
      expect(
        sums.getByRole('row', { name: /Without an owner/ }),
      ).toHaveTextContent('None');
      await user.click(sums.getByRole('button', { name: /Added up by/ }));
      await user.click(await screen.findByRole('option', { name: 'System' }));
      await waitFor(() =>
        expect(backend.queries('/explanations/debts/overview')).toEqual([
          { by: 'team' },
          { by: 'system' },
        ]),
      );
    });

    it('lists hundreds of debts a page at a time', async () => {
      backend.others.set('/explanations/debts', {
        items: Array.from({ length: 20 }, (_none, index) =>
          debt(`service-${index}`),
        ),
        nextCursor: 'more',
        totalItems: 400,
      });
      await system.renderPage('/explanation-debts');
      const debts = within(await region('Debts'));
      const row = await debts.findByRole('row', { name: /^service-3 / });
      expect(row).toHaveTextContent('Payments');
      expect(row).toHaveTextContent('Not explained');
      expect(debts.getAllByRole('row')).toHaveLength(21);
    });

    it('pays a debt by the session in which the change was taught', async () => {
      const user = setupUser();
      const owed = debt('cart');
      backend.others
        .set('/explanations/debts', { items: [owed], totalItems: 1 })
        .set('/explanations/cart/sessions', {
          items: [
            {
              id: 's1',
              at: NOW,
              url: 'https://wiki.acme.example/talk',
              taughtBy: { displayName: 'Ada' },
            },
          ],
        })
        .set('POST /explanations/cart/sessions', explanation());
      await system.renderPage('/explanation-debts');
      await user.click(
        await screen.findByRole('button', { name: 'Taught in a session' }),
      );
      const dialog = within(await screen.findByRole('dialog'));
      await user.click(await dialog.findByRole('radio', { name: /Ada/ }));
      backend.others.set('/explanations/debts', NONE);
      await user.click(
        dialog.getByRole('button', { name: 'It was taught there' }),
      );
      expect(await screen.findByText('Nothing is owed.')).toBeVisible();
      expect(backend.sent).toEqual([
        {
          method: 'POST',
          path: '/explanations/cart/sessions',
          body: { entityRef: owed.entityRef, sessionId: 's1' },
        },
      ]);
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
    });

    it('has who taught it confirm a session that nobody knows of', async () => {
      const user = setupUser();
      backend.others
        .set('/explanations/debts', { items: [debt('cart')], totalItems: 1 })
        .set('/explanations/cart/sessions', { items: [] });
      backend.refuse('/evidence', 400, 'at: must not lie in the future');
      await system.renderPage('/explanation-debts');
      await user.click(
        await screen.findByRole('button', { name: 'Taught in a session' }),
      );
      const dialog = within(await screen.findByRole('dialog'));
      expect(
        await dialog.findByText(/No session since the merge is known/),
      ).toBeVisible();
      await user.click(
        dialog.getByRole('button', { name: 'It is not listed' }),
      );
      await user.click(
        await dialog.findByRole('button', { name: /Who taught it/ }),
      );
      await user.type(await screen.findByRole('searchbox'), 'okafor');
      const options = () => screen.getAllByRole('option');
      await waitFor(() => expect(options()).toHaveLength(1));
      // Teams teach nobody.
      expect(options()[0]).toHaveTextContent('user:default/ada');
      await user.click(options()[0]);
      const [month, day, year, hour, minute] =
        dialog.getAllByRole('spinbutton');
      await user.type(month, '3');
      await user.type(day, '1');
      await user.type(year, '2026');
      await user.type(hour, '9');
      await user.type(minute, '30');
      await user.click(
        dialog.getByRole('button', { name: 'Ask them to confirm' }),
      );
      expect(
        await dialog.findByText('at: must not lie in the future'),
      ).toBeVisible();
      expect(backend.sent).toMatchObject([
        {
          path: '/evidence',
          body: { kind: 'taught', personRef: 'user:default/ada' },
        },
      ]);
    });

    it('says that nothing is owed, or why nobody knows', async () => {
      await system.renderPage('/explanation-debts');
      expect(await screen.findByText('Nothing is owed.')).toBeVisible();
      expect(
        await screen.findByText('Nothing has ever been owed.'),
      ).toBeVisible();
    });
  },
);
