import { Page } from '@playwright/test';
import { expect, expectAccessible, inTheme, picture, test } from './fixtures';
import { TRACKER, hostileMarkdown } from './hostileMarkdown';
import { leaveExplanations } from './leaveExplanations';

const REFUNDS = 'component:default/refunds';
const tabOf = (appUrl: string, name: string) =>
  `${appUrl}/catalog/default/component/${name}/explanations`;

/** Whatever a page did that no text may make it do. */
function watch(page: Page): string[] {
  const seen: string[] = [];
  page.on('request', request => {
    if (request.url().startsWith(new URL(TRACKER).origin)) {
      seen.push(request.url());
    }
  });
  page.on('dialog', dialog => {
    seen.push(dialog.message());
    return dialog.dismiss();
  });
  page.on('crash', () => seen.push('The page crashed'));
  return seen;
}

test('an explanation is written, kept as a draft, and shows nothing that runs', async ({
  page,
  server,
}) => {
  const seen = watch(page);
  expect(hostileMarkdown.length).toBeGreaterThanOrEqual(150);
  await page.goto(tabOf(server.appUrl, 'refunds'));
  const section = page.getByRole('region', { name: 'Explanations' });
  await expect(section).toContainText('Explanations are asked for when');
  await expect(section).toContainText('No change of it is known');
  await picture(page, 'explanations-empty');
  await expectAccessible(page);

  await section.getByRole('link', { name: 'Explain something' }).click();
  const what = page.getByRole('textbox', { name: 'What this change does' });
  await what.fill('Refunds are **idempotent** now.');
  await expect(page.getByText('The draft is kept for you.')).toBeVisible();
  await page.reload();
  await expect(what).toHaveValue('Refunds are **idempotent** now.');
  await expectAccessible(page);
  await picture(page, 'explain');
  await page
    .getByRole('textbox', { name: 'How it can fail' })
    .fill(hostileMarkdown.join('\n\n'));
  await page
    .getByRole('textbox', { name: 'Why this way' })
    .fill('Retries booked twice.');
  const preview = page.getByRole('region', { name: 'Preview' });
  await expect(preview.getByText('idempotent', { exact: true })).toBeVisible();

  await page.getByRole('button', { name: 'Submit' }).click();
  const text = page.getByRole('region', { name: 'Explanation', exact: true });
  await expect(text.getByText('idempotent', { exact: true })).toBeVisible();
  const bad = text.locator(
    'script, iframe, object, embed, form, svg, math, style, link, base, meta, img[src]:not([src=""]), [style*="url("]',
  );
  await expect(bad).toHaveCount(0);
  const addresses = await text
    .locator('a[href]')
    .evaluateAll(links =>
      links.map(link => new URL((link as HTMLAnchorElement).href).protocol),
    );
  expect(
    addresses.filter(protocol => !/^(https?|mailto):$/.test(protocol)),
  ).toEqual([]);
  await text.hover();
  await page.keyboard.press('End');
  expect(seen).toEqual([]);
  await expect(page.getByRole('region', { name: 'Assess it' })).toContainText(
    'somebody else has to assess it',
  );

  // What was submitted is no draft any more.
  await page.goto(`${server.appUrl}/understanding/explain?entity=${REFUNDS}`);
  await expect(what).toHaveValue('');
});

test('an explanation of somebody else is assessed, by keyboard alone', async ({
  page,
  server,
}) => {
  leaveExplanations(server, [
    {
      id: 'left-1',
      number: 1,
      title: 'Book once an order',
      entityRef: 'component:default/ledger',
    },
  ]);
  await page.goto(tabOf(server.appUrl, 'ledger'));
  await page
    .getByRole('grid')
    .getByRole('link', { name: 'Book once an order' })
    .click();
  await expect(page).toHaveURL(/explanations\/left-1$/);
  await expect(
    page.getByText('It waits for a reviewer who had no part in it.'),
  ).toBeVisible();
  await picture(page, 'explanation');
  await expectAccessible(page);

  const form = page.getByRole('region', { name: 'Assess it' });
  await form.getByRole('checkbox', { name: 'It names the mechanism' }).focus();
  await page.keyboard.press('Space');
  for (let presses = 0; presses < 4; presses += 1) {
    await page.keyboard.press('Tab');
  }
  // Into the group of what was found, and to its first choice.
  await page.keyboard.press('Space');
  await page.keyboard.press('Tab');
  await page.keyboard.type('What do callers see after ten seconds?');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  const found = page.getByRole('region', { name: 'Assessments' });
  await expect(found).toContainText('What do callers see after ten seconds?');
  await expect(found).toContainText('It names the mechanism.');
  await form.scrollIntoViewIfNeeded();
  await picture(page, 'explanation-assessed');
  await expectAccessible(page);

  await page
    .getByRole('region', { name: 'Did it help?' })
    .getByRole('radio', { name: 'This did not help me' })
    .click();
  await expect(
    page.getByText('It helped 0 of 1 readers who said so.'),
  ).toBeVisible();
});

test('a walkthrough is gone through, and leads newcomers on', async ({
  page,
  server,
}) => {
  await page.goto(tabOf(server.appUrl, 'reporting'));
  const section = page.getByRole('region', { name: 'Walkthrough' });
  await expect(section).toContainText('Nobody has gone through it yet');
  await picture(page, 'walkthrough-none');
  await expectAccessible(page);
  await section.getByRole('button', { name: 'Write it' }).click();
  const fields = section.getByRole('textbox');
  await expect(fields.first()).toBeVisible();
  await fields.first().fill('It sheds **reads** first.');
  await section.getByRole('button', { name: 'Submit' }).click();
  await expect(section.getByRole('alert')).toContainText('nothing is said on');
  for (let index = 1; index < (await fields.count()); index += 1) {
    await fields.nth(index).fill(`As in the runbook, part ${index}.`);
  }
  await expectAccessible(page);
  await section.getByRole('button', { name: 'Submit' }).click();
  await expect(section).toContainText('Waits for a reviewer');
  await expect(section.getByText('reads', { exact: true })).toBeVisible();
  await expect(section).toContainText('Version 1,');
  await expect(
    page.getByRole('region', { name: 'For newcomers' }),
  ).toContainText('Begin with the walkthrough');
  await picture(page, 'walkthrough');
  await expectAccessible(page);
});

test('hundreds of explanations and debts, with long names, can be read in the dark', async ({
  page,
  server,
}) => {
  leaveExplanations(
    server,
    Array.from({ length: 300 }, (_none, index) => ({
      id: `many-${index}`,
      number: 1000 + index,
      title: `Change ${index} of ${'a-very-long-name-'.repeat(12)}`,
      entityRef: 'component:default/payouts',
      debt: 'open' as const,
    })),
  );
  await inTheme(page, 'dark');
  await page.goto(`${tabOf(server.appUrl, 'payouts')}?plane=data`);
  const section = page.getByRole('region', { name: 'Explanations' });
  await expect(section.getByRole('row')).toHaveCount(21);
  await expect(section).toContainText('300');
  await section.scrollIntoViewIfNeeded();
  await picture(page, 'explanations-dark');
  await expectAccessible(page);

  await page.goto(`${server.appUrl}/understanding/explanation-debts`);
  const debts = page.getByRole('region', { name: 'Debts', exact: true });
  await expect(debts.getByRole('row')).toHaveCount(21);
  await picture(page, 'explanation-debts-dark');
  await expectAccessible(page);

  await page.goto(`${server.appUrl}/understanding`);
  await page.getByRole('link', { name: 'What waits for you' }).click();
  await expect(page.getByText('No explanation waits for you.')).toBeVisible();
  await picture(page, 'my-explanations-dark');
  await expectAccessible(page);
});

test('pages of explanations can be read on a narrow screen, in the dark', async ({
  page,
  server,
}) => {
  leaveExplanations(server, [
    {
      id: 'narrow-1',
      number: 3001,
      title: 'Keep the order of deliveries',
      entityRef: 'component:default/notifier',
    },
  ]);
  await page.setViewportSize({ width: 400, height: 900 });
  await inTheme(page, 'dark');
  const pages: Array<[string, string, string]> = [
    ['overview', '/understanding', 'Ledger (Example)'],
    ['explain', '/understanding/explain', 'What this change does'],
    ['record', '/understanding/explanations/narrow-1', 'This helped me'],
    [
      'tab',
      '/catalog/default/component/notifier/explanations',
      'Keep the order of deliveries',
    ],
    ['me', '/understanding/me', 'Who may see it'],
  ];
  for (const [name, path, text] of pages) {
    await page.goto(`${server.appUrl}${path}`);
    await expect(page.getByText(text).first()).toBeVisible();
    const tooWide = await page
      .locator('html')
      .evaluate(html => html.scrollWidth - html.clientWidth);
    expect(`${name} is ${tooWide} pixels too wide`).toBe(
      `${name} is 0 pixels too wide`,
    );
    await picture(page, `narrow-dark-${name}`);
    await expectAccessible(page);
  }

  await page.setViewportSize({ width: 1440, height: 1000 });
  await page.goto(`${server.appUrl}/understanding`);
  await page.getByRole('row', { name: /Ledger \(Example\)/ }).hover();
  await expectAccessible(page);
});

test('an explanation is found by its words among its type, and leads to its record', async ({
  page,
  server,
}) => {
  leaveExplanations(server, [
    {
      id: 'found-1',
      number: 3002,
      title: 'Zebra crossings are painted nightly',
      entityRef: 'component:default/notifier',
    },
  ]);
  const found = page.getByRole('link', { name: /Zebra crossings/ });
  // The index is made anew every few seconds here.
  await expect(async () => {
    await page.goto(`${server.appUrl}/search?query=zebra`);
    await expect(found).toBeVisible({ timeout: 3000 });
  }).toPass({ timeout: 60_000 });
  const type = (name: RegExp) => page.getByRole('button', { name });
  await type(/^Software Catalog/).click();
  await expect(page).toHaveURL(/software-catalog/);
  await expect(found).toHaveCount(0);
  await type(/^Explanations/).click();
  await expect(page).toHaveURL(/understanding-explanation/);
  await expect(found).toBeVisible();
  await picture(page, 'search-explanations');
  await found.click();
  await expect(page).toHaveURL(/\/understanding\/explanations\/found-1\b/);
  await expect(
    page.getByRole('heading', { name: 'Zebra crossings are painted nightly' }),
  ).toBeVisible();
});
