import { screen, within } from '@testing-library/react';
import {
  StandInBackend,
  SYSTEMS,
  setupUser,
  summary,
} from '../../__testUtils__';

describe.each(SYSTEMS)('coverage in the %s front-end system', (_, system) => {
  const rows = async () =>
    within(
      await screen.findByRole('region', {
        name: 'Answers for dependencies that fail',
      }),
    );

  it('adds up answers by team, and by system', async () => {
    const backend = StandInBackend.start();
    const payments = {
      ownerRef: 'group:default/payments',
      ownerTitle: 'Payments',
    };
    backend.entities = [
      summary('atlas'),
      summary('ledger', {
        ...payments,
        coverage: { required: 6, answered: 4, tested: 1 },
      }),
      summary('payouts', {
        ...payments,
        coverage: { required: 3, answered: 0, tested: 0 },
      }),
    ];
    const user = setupUser();
    await system.renderPage();
    await user.click(
      await screen.findByRole('button', {
        name: 'Answers for dependencies, added up',
      }),
    );
    const section = await rows();
    expect(
      await section.findByRole('row', { name: /Payments/ }),
    ).toHaveTextContent('Payments24 of 91');
    expect(
      section.getByRole('row', { name: /Without an owner/ }),
    ).toHaveTextContent('Without an owner1Nothing is required0');
    await user.click(section.getByRole('button', { name: /Added up by/ }));
    await user.click(await screen.findByRole('option', { name: 'System' }));
    expect(
      await section.findByRole('row', { name: /Without a system/ }),
    ).toHaveTextContent('Without a system34 of 91');
  });
});
