import { screen, waitFor, within } from '@testing-library/react';
import { DepartureResponse } from '@understanding-dev/backstage-plugin-understanding-common';
import { StandInBackend, SYSTEMS, setupUser } from '../../__testUtils__';

const PATH = '/simulations/departure';

const departure: DepartureResponse = {
  entities: [
    {
      entityRef: 'component:default/ledger',
      title: 'Ledger',
      before: 1,
      after: 0,
      minimum: 2,
    },
  ],
  actions: [
    {
      action: 'teach-back',
      personRef: 'user:default/cem',
      displayName: 'Cem Ay',
      entityRef: 'component:default/ledger',
      restores: ['component:default/ledger'],
    },
  ],
  unrepaired: [],
};

describe.each(SYSTEMS)(
  'a departure in the %s front-end system',
  (_, system) => {
    let backend: StandInBackend;

    beforeEach(() => {
      backend = StandInBackend.start();
      backend.others.set(`POST ${PATH}`, departure);
    });

    const names = () =>
      screen.getAllByRole('option').map(({ textContent }) => textContent);

    /** Chooses who leaves by words, with the keyboard alone, and simulates that. */
    const simulate = async (...words: string[]) => {
      const user = setupUser();
      await system.renderPage('/departure');
      await screen.findByText(/Each simulation is written to the audit log/);
      await user.tab();
      while (document.activeElement?.getAttribute('aria-haspopup') === null) {
        await user.tab();
      }
      expect(document.activeElement).toHaveAccessibleName(/Who leaves/);
      await user.keyboard('{Enter}');
      for (const word of words) {
        const search = await screen.findByRole('searchbox');
        await user.clear(search);
        await user.type(search, word);
        await waitFor(() => expect(names()).toHaveLength(1));
        await user.keyboard('{ArrowDown}{Enter}');
      }
      // The first clears the words, the second closes the list.
      await user.keyboard('{Escape}{Escape}');
      await user.click(await screen.findByRole('button', { name: 'Simulate' }));
      return within(
        screen.getByRole('region', { name: 'Simulated departure' }),
      );
    };

    it('tells what falls, and who restores it by what', async () => {
      const result = await simulate('okafor', 'paym');
      const row = (await result.findByRole('rowheader', { name: 'Ledger' }))
        .parentElement;
      expect(row).toHaveTextContent('Ledger1nobody2');
      expect(result.getByRole('listitem')).toHaveTextContent(
        'Cem Ay has it explained, and explains it back to somebody who knows it, who records that: Ledger',
      );
      expect(backend.sent).toEqual([
        expect.objectContaining({
          path: PATH,
          body: { people: ['user:default/ada', 'group:default/payments'] },
        }),
      ]);
    });

    it('says what nobody restores', async () => {
      backend.others.set(`POST ${PATH}`, {
        ...departure,
        actions: [],
        entities: [
          ...departure.entities,
          {
            ...departure.entities[0],
            entityRef: 'component:default/cart',
            title: 'Cart',
          },
        ],
        unrepaired: [
          {
            entityRef: 'component:default/ledger',
            missing: 1,
            unknownToOthers: false,
          },
          {
            entityRef: 'component:default/cart',
            missing: 1,
            unknownToOthers: true,
          },
        ],
      });
      const result = await simulate('okafor');
      expect(
        await result.findByText(/Nobody was found to restore Ledger:/),
      ).toBeVisible();
      expect(
        result.getByText(
          'Nobody else who is active has any evidence of Cart: those who leave have to teach somebody outside before they go.',
        ),
      ).toBeVisible();
    });

    it('says that nothing falls', async () => {
      backend.others.set(`POST ${PATH}`, {
        entities: [],
        actions: [],
        unrepaired: [],
      });
      const result = await simulate('okafor');
      expect(await result.findByText(/Nothing that you may see/)).toBeVisible();
    });

    it('says that it is switched off', async () => {
      backend.refuse(PATH, 403, 'Departures are not simulated here.');
      const result = await simulate('okafor');
      expect(await result.findByRole('alert')).toHaveTextContent(
        'Departures are not simulated here.',
      );
    });

    it('offers people and teams of the catalog, and asks nothing of nobody', async () => {
      await system.renderPage('/departure');
      await setupUser().click(
        await screen.findByRole('button', { name: /Who leaves/ }),
      );
      expect(await screen.findAllByRole('option')).toHaveLength(3);
      expect(names()).toEqual([
        'Ada Okaforuser:default/ada',
        'Ben Lunduser:default/ben',
        'Paymentsgroup:default/payments',
      ]);
      await setupUser().type(screen.getByRole('searchbox'), 'nobody');
      expect(await screen.findByText('No results found.')).toBeVisible();
      await setupUser().keyboard('{Escape}{Escape}');
      expect(
        await screen.findByRole('button', { name: 'Simulate' }),
      ).toBeDisabled();
      expect(backend.sent).toEqual([]);
    });
  },
);
