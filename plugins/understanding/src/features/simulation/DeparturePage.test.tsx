import { screen, within } from '@testing-library/react';
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

    const simulate = async (who: string) => {
      await system.renderPage('/departure');
      await setupUser().type(
        await screen.findByRole('textbox', { name: 'Who leaves' }),
        `${who}{Enter}`,
      );
      return within(
        screen.getByRole('region', { name: 'Simulated departure' }),
      );
    };

    it('tells what falls, and who restores it by what', async () => {
      const result = await simulate('ada, group:payments');
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
        unrepaired: [{ entityRef: 'component:default/ledger', missing: 1 }],
      });
      const result = await simulate('ada');
      expect(
        await result.findByText(/Nobody was found to restore Ledger/),
      ).toBeVisible();
    });

    it('says that nothing falls', async () => {
      backend.others.set(`POST ${PATH}`, {
        entities: [],
        actions: [],
        unrepaired: [],
      });
      const result = await simulate('ada');
      expect(await result.findByText(/Nothing that you may see/)).toBeVisible();
    });

    it('says that it is switched off', async () => {
      backend.refuse(PATH, 403, 'Departures are not simulated here.');
      const result = await simulate('ada');
      expect(await result.findByRole('alert')).toHaveTextContent(
        'Departures are not simulated here.',
      );
    });

    it('asks nothing of nobody', async () => {
      await simulate('  ,');
      expect(backend.sent).toEqual([]);
      expect(screen.getByRole('button', { name: 'Simulate' })).toBeDisabled();
    });
  },
);
