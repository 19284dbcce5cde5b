import { screen, waitFor } from '@testing-library/react';
import {
  POLICY,
  StandInBackend,
  SYSTEMS,
  explanation,
} from '../../__testUtils__';

// In a file of its own, since what somebody may is remembered for all of a file.
describe.each(SYSTEMS)(
  'page of an explanation without permissions in the %s front-end system',
  (_, system) => {
    it('says what it takes, and offers nothing', async () => {
      StandInBackend.start()
        .others.set('/explanations/e1', explanation())
        .set('/explanations/e1/reading', { helped: 0, notHelped: 0 });
      await system.renderPage('/explanations/e1', false);
      const section = await screen.findByRole('region', { name: 'Assess it' });
      await waitFor(() =>
        expect(section).toHaveTextContent(
          'You lack the permission understanding.explanation.assess',
        ),
      );
      expect(screen.queryByRole('button', { name: 'Assess' })).toBeNull();
      expect(
        screen.queryByRole('link', { name: /another version/ }),
      ).toBeNull();
    });

    it('lets a text be written to copy it, and not be submitted', async () => {
      StandInBackend.start()
        .others.set('/entities/by-refs', { items: [] })
        .set('/explanations/policy', POLICY);
      await system.renderPage('/explain', false);
      expect(
        await screen.findByText('You may not submit an explanation here'),
      ).toBeVisible();
      expect(
        screen.getByRole('button', { name: 'Copy for the description' }),
      ).toBeVisible();
      expect(screen.queryByRole('button', { name: 'Submit' })).toBeNull();
    });
  },
);
