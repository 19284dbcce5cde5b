import { act, screen } from '@testing-library/react';
import {
  StandInBackend,
  SYSTEMS,
  getAddress,
  githubHost,
  ingestStatus,
  setupUser,
} from '../../__testUtils__';

const LINK = { name: 'How ingest is doing' };

describe.each(SYSTEMS)(
  'link to ingest in the %s front-end system',
  (_, system) => {
    beforeEach(() => {
      // Decisions on permissions are kept for some seconds.
      jest.advanceTimersByTime(10_000);
      StandInBackend.start().ingest = ingestStatus({ hosts: [githubHost()] });
    });

    it('leads admins from the overview to ingest', async () => {
      await system.renderPage();
      await setupUser().click(await screen.findByRole('link', LINK));
      expect(await screen.findByText('Work is moving')).toBeVisible();
      expect(getAddress()).toBe('/understanding/ingest');
    });

    it('is not shown to others', async () => {
      await system.renderPage('', false);
      await screen.findByRole('heading', { name: 'Services' });
      await act(() => jest.advanceTimersByTimeAsync(10_000));
      expect(screen.queryByRole('link', LINK)).toBeNull();
    });
  },
);
