import { Page } from '@playwright/test';
import { expect, expectAccessible, inTheme, picture, test } from './fixtures';

/** What each service of the example is meant to show, by its history alone. */
const TROUBLE: Record<string, string[]> = {
  'Cart (Example)': ['Missing', 'Stale documentation'],
  'Checkout (Example)': ['Fresh', 'None'],
  'Deploy controller (Example)': ['Nobody', 'Thin understanding'],
  'Event gateway (Example)': ['Fresh', 'None'],
  'Fraud scorer (Example)': ['not in the catalog', 'No owner'],
  'Ledger (Example)': ['Fresh', 'None'],
  'Model trainer (Example)': ['Fresh', 'None'],
  'Notifier (Example)': ['Contradicted', 'Stale documentation'],
  'Payouts (Example)': ['Changed since', 'Stale documentation'],
  'Refunds (Example)': ['Chiara Lindt', 'Thin understanding'],
  'Reporting (Example)': ['Overdue', 'Stale documentation'],
  'Secrets rotator (Example)': ['Fresh', 'None'],
};

test('the overview shows the example with its true troubles, and this project beside it', async ({
  overview: page,
}) => {
  for (const [title, texts] of Object.entries(TROUBLE)) {
    const row = page.getByRole('row').filter({
      has: page.getByRole('link', { name: title, exact: true }),
    });
    for (const text of texts) {
      await expect(row).toContainText(text);
    }
    await expect(row.getByText('Example', { exact: true })).toBeVisible();
  }
  const own = page.getByRole('row').filter({
    has: page.getByRole('link', { name: 'Git knowledge', exact: true }),
  });
  await expect(own).toContainText('Maintainers');
  await expect(own.getByText('Example', { exact: true })).toHaveCount(0);
  await picture(page, 'overview');
  await expectAccessible(page);
});

test('who understands the one-person service is answered by its name and by a path', async ({
  overview: page,
}) => {
  const question = page.getByRole('combobox', {
    name: 'Who understands this?',
  });
  // Before there is any suggestion, as by somebody who knows what to ask.
  const ask = async (text: string) => {
    await question.fill(text);
    await question.press('Enter');
    await expect(page.getByRole('listbox')).toHaveCount(0);
  };
  for (const asked of ['refunds', 'services/refunds/src/dispute.ts']) {
    await ask(asked);
    const answer = page.getByRole('region', { name: 'Answer' });
    await expect(
      answer.getByRole('link', { name: 'Refunds (Example)' }),
    ).toBeVisible();
    await expect(answer).toContainText('Chiara Lindt');
    await expect(answer).not.toContainText('Ada Okafor');
    await expect(answer).toContainText('Payments (Example) owns it');
  }
  await expect(page).toHaveURL(/ask=services/);
  await picture(page, 'who-understands');

  await ask('deploy controller');
  await expect(page.getByRole('region', { name: 'Answer' })).toContainText(
    'Nobody active has evidence younger than 180 days',
  );
  await expect(page.getByRole('region', { name: 'Answer' })).toContainText(
    'has left',
  );

  await ask('no such thing anywhere');
  await expect(page.getByRole('region', { name: 'Answer' })).toContainText(
    'Nothing in the catalog matches',
  );
});

test('what is asked is suggested while it is typed, by keyboard and in the dark', async ({
  page,
  server,
}) => {
  const question = page.getByRole('combobox', {
    name: 'Who understands this?',
  });
  const list = page.getByRole('listbox');
  for (const theme of ['dark', 'light']) {
    await inTheme(page, theme);
    await page.goto(`${server.appUrl}/understanding`);
    await question.pressSequentially('refun');
    await expect(
      list.getByRole('option', { name: /^Refunds \(Example\)/ }),
    ).toBeVisible();
    await picture(page, `suggestions-${theme}`);
    // While a list is open, the kit hides the page around it from screen readers, but
    // not from the keyboard, and names options by their titles alone.
    await expectAccessible(page, {
      ofKit: ['aria-hidden-focus', 'label-content-name-mismatch'],
    });
  }
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(list).toHaveCount(0);
  await expect(question).toHaveValue('component:default/refunds');
  await expect(
    page
      .getByRole('region', { name: 'Answer' })
      .getByRole('link', { name: 'Refunds (Example)' }),
  ).toBeVisible();

  await question.fill('services/refunds/');
  await page.getByRole('option', { name: /dispute\.ts/ }).click();
  await expect(page).toHaveURL(/ask=services%2Frefunds%2F/);

  await question.fill('zzzz');
  await expect(
    page.getByRole('option', { name: /Nothing here begins like that/ }),
  ).toBeVisible();
});

test('Enter upon the last letter leaves no list over the answer', async ({
  overview: page,
}) => {
  const question = page.getByRole('combobox', {
    name: 'Who understands this?',
  });
  for (const text of ['refunds', 'ledger ', 'no such thing']) {
    await question.focus();
    // Both before the page is drawn again, as on a machine that is busy.
    await question.evaluate((field: HTMLInputElement, typed) => {
      field.select();
      document.execCommand('insertText', false, typed);
      const init = { key: 'Enter', bubbles: true, cancelable: true };
      field.dispatchEvent(new KeyboardEvent('keydown', init));
    }, text);
    await expect(page).toHaveURL(
      new RegExp(`ask=${text.trim().replaceAll(' ', '\\+')}$`),
    );
    // The page around an open list is hidden from whoever asks by role.
    await expect(page.getByRole('region', { name: 'Answer' })).toHaveAttribute(
      'aria-busy',
      'false',
    );
    await expect(page.getByRole('listbox')).toHaveCount(0);
    await expect(question).toBeFocused();
  }
});

test('filters, words and order choose rows and stand in the address', async ({
  overview: page,
}) => {
  await page.getByRole('button', { name: /Flag/ }).click();
  await page.getByRole('option', { name: 'Thin understanding' }).click();
  await expect(page).toHaveURL(/flag=thin-understanding/);
  await expect(
    page.getByRole('link', { name: 'Refunds (Example)' }),
  ).toBeVisible();
  await expect(
    page.getByRole('link', { name: 'Ledger (Example)' }),
  ).toHaveCount(0);

  await page.getByRole('searchbox', { name: 'Filter by words' }).fill('deploy');
  await expect(
    page.getByRole('link', { name: 'Refunds (Example)' }),
  ).toHaveCount(0);
  await page.reload();
  await expect(
    page.getByRole('link', { name: 'Deploy controller (Example)' }),
  ).toBeVisible();
  await expect(
    page.getByRole('link', { name: 'Refunds (Example)' }),
  ).toHaveCount(0);

  await page.goto(`${new URL(page.url()).origin}/understanding`);
  await page.getByRole('columnheader', { name: 'Documents' }).click();
  await expect(page).toHaveURL(/sort=documentState/);
  await expect(page.getByRole('rowheader').first()).toContainText('Notifier');
});

test('the tab and the card of an entity show the same with reasons', async ({
  overview: page,
  server,
}) => {
  await page.getByRole('link', { name: 'Notifier (Example)' }).click();
  await expect(page.getByText('at least 2 are needed')).toBeVisible();
  await page.getByRole('link', { name: 'Evidence and reasons' }).click();
  const flags = page.getByRole('region', { name: 'Flags' });
  await expect(flags).toContainText('README.md cites src/sms.ts');
  await expect(flags).toContainText('README.md:5');
  await expect(flags).toContainText('Repair:');
  await expect(page.getByRole('region', { name: 'People' })).toContainText(
    'Grace Ito',
  );
  await expect(page.getByRole('region', { name: 'Documents' })).toContainText(
    'Contradicted',
  );
  await expect(
    page.getByRole('region', { name: 'Dependencies' }),
  ).toContainText('HARD');
  await picture(page, 'entity');
  await expectAccessible(page);

  await page.goto(
    `${server.appUrl}/catalog/default/resource/ledger-db/understanding`,
  );
  await expect(page.getByRole('region', { name: 'Source' })).toContainText(
    'set the annotation backstage.io/source-location',
  );
});

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

test('the pages can be read in the dark theme', async ({ page, server }) => {
  await inTheme(page, 'dark');
  await page.goto(`${server.appUrl}/understanding?ask=deploy+controller`);
  await expect(
    page.getByRole('link', { name: 'Cart (Example)' }),
  ).toBeVisible();
  await picture(page, 'overview-dark');
  await expectAccessible(page);
});

test('everything can be reached by keyboard', async ({ overview: page }) => {
  const question = page.getByRole('combobox', {
    name: 'Who understands this?',
  });
  await question.focus();
  await page.keyboard.type('refunds');
  await expect(
    page.getByRole('option', { name: /^Refunds \(Example\)/ }),
  ).toBeVisible();
  await page.keyboard.press('Enter');
  const link = page
    .getByRole('region', { name: 'Answer' })
    .getByRole('link', { name: 'Refunds (Example)' });
  await expect(link).toBeVisible();
  for (let presses = 0; presses < 5; presses += 1) {
    await page.keyboard.press('Tab');
    if (await link.evaluate(element => element === document.activeElement)) {
      break;
    }
  }
  await expect(link).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(
    page.getByRole('heading', { name: 'Refunds (Example)' }),
  ).toBeVisible();
});

/** Nothing is wider than the page, however long its names are. */
async function expectNoOverflow(page: Page): Promise<void> {
  const excess = await page.evaluate(
    () =>
      document.documentElement.scrollWidth -
      document.documentElement.clientWidth,
  );
  expect(excess).toBe(0);
}

const LONG_NAME = 'a-service-with-a-name-that-goes-on-and-on-'.repeat(4);

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
          { entityRef: `component:default/${LONG_NAME}1`, missing: 2 },
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

test("a repository of one's own is read", async ({ overview: page }) => {
  await page
    .getByRole('searchbox', { name: 'Filter by words' })
    .fill('greeter');
  const row = page.getByRole('row').filter({
    has: page.getByRole('link', { name: 'Greeter', exact: true }),
  });
  await expect(row).toContainText('Grace Ito');
  await expect(row).toContainText('Fresh');
  await expect(row).toContainText('Thin understanding');
});

test('after a stop and a start nothing is lost and no alert is sent again', async ({
  page,
  server,
}) => {
  const open = (flags: { items: Array<{ id: string }> }) =>
    flags.items.map(flag => flag.id).sort();
  // The platform team of the example names the webhook.
  await expect
    .poll(() => server.alerts.map(alert => alert.data.entityRef).sort(), {
      // A finding must last a minute before anybody is told.
      timeout: 90_000,
    })
    .toEqual([
      'component:default/deploy-controller',
      'component:default/greeter',
      'component:default/notifier',
    ]);
  const before = open(await server.get('/flags?limit=200'));
  expect(await server.stop()).toBe(0);
  await server.start();

  await page.goto(`${server.appUrl}/understanding`);
  await expect(
    page.getByRole('link', { name: 'Cart (Example)' }),
  ).toBeVisible();
  // Long enough for another pass over the catalog and every repository.
  await expect
    .poll(async () => {
      const entity = await server.get(
        '/entities/by-name/component/default/notifier',
      );
      return entity.summary.documentState;
    })
    .toBe('contradicted');
  expect(open(await server.get('/flags?limit=200'))).toEqual(before);
  expect(server.alerts).toHaveLength(3);
});
