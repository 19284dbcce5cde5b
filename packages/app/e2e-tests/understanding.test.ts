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
