import { act, screen, within } from '@testing-library/react';
import {
  StandInBackend,
  SYSTEMS,
  getAddress,
  githubHost,
  ingestStatus,
  setupUser,
} from './__testUtils__';

const navigation = async () =>
  within(await screen.findByRole('navigation', { name: 'Content navigation' }));

describe.each(SYSTEMS)('pages in the %s front-end system', (_, system) => {
  beforeEach(() => {
    // Decisions on permissions are kept for some seconds.
    jest.advanceTimersByTime(10_000);
    StandInBackend.start().ingest = ingestStatus({ hosts: [githubHost()] });
  });

  it('lead to one another, and say which is shown', async () => {
    await system.renderPage();
    const link = async (name: string) =>
      (await navigation()).findByRole('link', { name });
    expect(await link('Overview')).toHaveAttribute('aria-current', 'page');
    await setupUser().click(await link('Ingest'));
    expect(await screen.findByText('Work is moving')).toBeVisible();
    expect(getAddress()).toBe('/understanding/ingest');
    expect(await link('Ingest')).toHaveAttribute('aria-current', 'page');
    await setupUser().click(await link('Overview'));
    expect(
      await screen.findByRole('heading', { name: 'Services' }),
    ).toBeVisible();
    expect(getAddress()).toBe('/understanding');
  });

  it('that somebody may not see are not offered', async () => {
    await system.renderPage('', false);
    const tabs = await navigation();
    await act(() => jest.advanceTimersByTimeAsync(10_000));
    expect(tabs.getAllByRole('link').map(link => link.textContent)).toEqual([
      'Overview',
      'What waits for you',
      'Explanations owed',
      'Structure of dependencies',
      'What is stored about you',
    ]);
  });
});
