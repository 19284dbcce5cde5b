import { Page } from '@playwright/test';
import { expect, expectAccessible, inTheme, picture, test } from './fixtures';

const LONG_NAME = 'a-service-with-a-name-that-goes-on-and-on-'.repeat(4);

/** Nothing is wider than the page, however long its names are. */
async function expectNoOverflow(page: Page): Promise<void> {
  const excess = await page.evaluate(
    () =>
      document.documentElement.scrollWidth -
      document.documentElement.clientWidth,
  );
  expect(excess).toBe(0);
}

test('who is on call by the schedule of the example is told wherever one looks', async ({
  page,
  server,
}) => {
  // The schedule is read beside the histories for which the server waits.
  await expect(async () => {
    const { answers } = await server.get('/who-understands?query=checkout');
    const kinds = answers[0].people.flatMap((one: any) =>
      one.evidence.map(({ kind }: any) => kind),
    );
    expect(kinds).toContain('operated');
    expect(answers[0].onCall).toMatchObject([
      {
        schedule: 'storefront-example',
        shifts: [{ person: { status: 'active' } }],
      },
    ]);
  }).toPass();
  const entity = `${server.appUrl}/catalog/default/component/checkout`;
  const places = {
    answer: `${server.appUrl}/understanding?ask=checkout`,
    tab: `${entity}/understanding`,
    card: entity,
  };
  for (const [place, url] of Object.entries(places)) {
    await page.goto(url);
    for (const [colorScheme, width] of [
      ['light', 1440],
      ['dark', 400],
    ] as const) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 1000 });
      const told = page.getByText(/On call now by storefront-example:/);
      await expect(told).toHaveText(
        /: (Kofi Mensah|Lena Brandt|Mira Das) \(Example\), until \w/,
      );
      await told.scrollIntoViewIfNeeded();
      await picture(page, `on-call-${place}-${colorScheme}-${width}`);
      if (colorScheme === 'light') {
        await expectAccessible(page);
      }
    }
  }
});

test('what leaving would do is asked by keyboard, and can be read in the dark', async ({
  overview: page,
  server,
}) => {
  await page.getByRole('link', { name: 'When people leave' }).click();
  const who = page.getByRole('button', { name: /Who leaves/ });
  const simulate = page.getByRole('button', { name: 'Simulate' });
  const answer = page.getByRole('region', { name: 'Simulated departure' });
  await expect(simulate).toBeDisabled();
  /** Chooses or drops who is found by words, by keyboard alone, and simulates that. */
  const choose = async (...names: string[]) => {
    await who.focus();
    await page.keyboard.press('Enter');
    for (const name of names) {
      const found = page.getByRole('option', { name });
      await page.getByRole('searchbox', { name: 'Words of a name' }).fill(name);
      await expect(page.getByRole('option')).toHaveCount(1);
      const isChosen = await found.getAttribute('aria-selected');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await expect(found).toHaveAttribute(
        'aria-selected',
        String(isChosen !== 'true'),
      );
    }
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await expect(who).toBeFocused();
    await page.keyboard.press('Tab');
    await expect(simulate).toBeFocused();
    await page.keyboard.press('Enter');
  };
  await choose('Chiara Lindt');
  await expect(
    answer.getByRole('row').filter({
      has: page.getByRole('link', { name: 'Refunds (Example)' }),
    }),
  ).toContainText('nobody');
  await expect(
    answer.getByRole('region', { name: 'What restores it' }),
  ).toContainText('Refunds (Example)');
  await picture(page, 'departure');
  await expectAccessible(page);

  await choose('Chiara Lindt', 'Guest');
  await expect(answer).toContainText('Nothing that you may see falls below');
  await choose('Guest', 'Chiara Lindt', 'Payments (Example)');
  await expect(who).toContainText('Chiara Lindt (Example) and Payments');
  await expect(
    answer.getByRole('link', { name: 'Ledger (Example)' }).first(),
  ).toBeVisible();

  await inTheme(page, 'dark');
  const path = '**/api/understanding/simulations/departure';
  await page.route(path, route =>
    route.fulfill({
      json: {
        entities: Array.from({ length: 300 }, (_, index) => ({
          entityRef: `component:default/${LONG_NAME}${index}`,
          title: `${LONG_NAME}${index}`,
          before: 2,
          after: 0,
          minimum: 2,
        })),
        actions: [
          {
            action: 'edge-answers',
            personRef: 'user:default/ada-okafor',
            displayName: 'Ada Okafor (Example)',
            entityRef: `component:default/${LONG_NAME}0`,
            restores: [`component:default/${LONG_NAME}0`],
          },
        ],
        unrepaired: [
          {
            entityRef: `component:default/${LONG_NAME}1`,
            missing: 2,
            unknownToOthers: true,
          },
        ],
      },
    }),
  );
  await page.goto(`${server.appUrl}/understanding/departure`);
  await who.press('Enter');
  await page.getByRole('searchbox').fill('a');
  await expect(page.getByRole('option').nth(5)).toBeVisible();
  await picture(page, 'departure-choice-dark');
  // As above; and the list is scrolled from the field above it, with the arrows.
  await expectAccessible(page, {
    ofKit: [
      'aria-hidden-focus',
      'label-content-name-mismatch',
      'scrollable-region-focusable',
    ],
  });
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await choose('Chiara Lindt');
  await expect(answer.getByRole('row')).toHaveCount(21);
  await expect(answer).toContainText('writes the answers');
  await expectNoOverflow(page);
  await picture(page, 'departure-dark');
  await expectAccessible(page);

  await page.unroute(path);
  await page.route(path, route =>
    route.fulfill({
      status: 403,
      json: {
        error: {
          name: 'NotAllowedError',
          message:
            'You lack the permission understanding.simulate.departure; ask whoever runs this Backstage.',
        },
      },
    }),
  );
  await simulate.press('Enter');
  await expect(answer).toContainText('understanding.simulate.departure');
  await expectAccessible(page);
});

test('what is stored about oneself is shown, and can be read in the dark', async ({
  overview: page,
  server,
}) => {
  await page.getByRole('link', { name: 'What is stored about you' }).click();
  const evidence = page.getByRole('region', {
    name: 'Evidence of what you understand',
  });
  await expect(evidence).toContainText('There is none.');
  await picture(page, 'about-me');
  await expectAccessible(page);
  const suggested = page.getByRole('switch', { name: /I may be suggested/ });
  for (const isSuggested of [false, true]) {
    await suggested.focus();
    await page.keyboard.press('Space');
    await expect(suggested).toBeChecked({ checked: isSuggested });
    await page.reload();
    await expect(suggested).toBeChecked({ checked: isSuggested });
  }

  await inTheme(page, 'dark');
  const path = '**/api/understanding/me';
  await page.route(path, async route => {
    const response = await route.fetch();
    await route.fulfill({
      response,
      json: {
        ...(await response.json()),
        evidence: Array.from({ length: 100 }, (_, index) => ({
          entityRef: `component:default/${LONG_NAME}${index}`,
          kind: 'authored',
          latestAt: '2026-01-05T09:00:00.000Z',
          count: 3,
          url: `https://code.acme.example/${'x'.repeat(200)}`,
          verified: false,
          source: 'history',
        })),
      },
    });
  });
  await page.reload();
  await expect(evidence.getByRole('heading', { level: 3 })).toHaveCount(100);
  await expectNoOverflow(page);
  await picture(page, 'about-me-dark');
  await expectAccessible(page);

  await page.unroute(path);
  await page.route(path, route =>
    route.fulfill({
      status: 503,
      json: {
        error: {
          name: 'ServiceUnavailableError',
          message: 'The database does not answer.',
        },
      },
    }),
  );
  await page.goto(`${server.appUrl}/understanding/me`);
  await expect(page.getByText('The database does not answer.')).toBeVisible();
  await expectAccessible(page);
});

test('a team sees what it stands on, also in the dark', async ({
  page,
  server,
}) => {
  for (const theme of ['light', 'dark']) {
    await inTheme(page, theme);
    await page.goto(
      `${server.appUrl}/catalog/default/group/payments/understanding`,
    );
    await expect(
      page.getByRole('region', { name: 'Who is left' }),
    ).toContainText('Contributor absence factor of all files together');
    await expect(
      page.getByRole('region', { name: 'Understood and not owned' }),
    ).toContainText('what single people know');
    await picture(page, `team-${theme}`);
    await expectAccessible(page);
  }
  await page.goto(`${server.appUrl}/understanding`);
  await page.getByRole('button', { name: 'Who is left, added up' }).click();
  // Where the pointer is over a row, its links stand on the lightest of the dark.
  await page
    .getByRole('region', { name: 'Who is left' })
    .getByRole('link', { name: 'Payments (Example)' })
    .hover();
  await picture(page, 'who-is-left-dark');
  await expectAccessible(page);
});
