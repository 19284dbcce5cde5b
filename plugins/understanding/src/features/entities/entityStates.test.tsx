import { screen, within } from '@testing-library/react';
import {
  StandInBackend,
  SYSTEMS,
  ledgerEntity,
  setupUser,
  summary,
  understanding,
} from '../../__testUtils__';

const PATH = '/entities/by-name/component/default/ledger';
const KNOWN = /1 active person understands it/;

const PLACES = SYSTEMS.flatMap(([name, { renderTab, renderCard }]) => [
  [`tab in the ${name} front-end system`, renderTab] as const,
  [`card in the ${name} front-end system`, renderCard] as const,
]);

describe.each(PLACES)('entity %s', (_, render) => {
  let backend: StandInBackend;

  beforeEach(() => {
    backend = StandInBackend.start();
    backend.details = [
      understanding({ summary: summary('ledger', { understoodBy: 1 }) }),
    ];
  });

  it('says that it loads, and then what is known', async () => {
    const release = backend.hold(PATH);
    await render(ledgerEntity());
    expect(
      await screen.findByRole('status', { name: 'Loading' }),
    ).toBeInTheDocument();
    expect(screen.queryByText(KNOWN)).toBeNull();
    release();
    expect(await screen.findByText(KNOWN)).toBeVisible();
    expect(screen.queryByRole('status', { name: 'Loading' })).toBeNull();
  });

  it.each([
    [503, 'The database is away.'],
    [404, 'Nothing is known of component:default/ledger.'],
  ])(
    'tells of an error %i, and tries again when asked to',
    async (status, message) => {
      backend.refuse(PATH, status, message);
      await render(ledgerEntity());
      const alert = await screen.findByRole('alert');
      expect(alert).toHaveTextContent(`This could not be loaded${message}`);
      backend.recover(PATH);
      await setupUser().click(
        within(alert).getByRole('button', { name: 'Try again' }),
      );
      expect(await screen.findByText(KNOWN)).toBeVisible();
      expect(screen.queryByRole('alert')).toBeNull();
    },
  );

  it('tells which permission is lacking, and does not offer to try again', async () => {
    const message = 'You lack the permission understanding.entity.read.';
    backend.refuse(PATH, 403, message);
    await render(ledgerEntity());
    expect(await screen.findByRole('alert')).toHaveTextContent(
      `You may not see this${message}`,
    );
    expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull();
  });
});
