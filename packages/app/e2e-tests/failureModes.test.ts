import { expect, expectAccessible, inTheme, picture, test } from './fixtures';

const tabOf = (appUrl: string, name: string) =>
  `${appUrl}/catalog/default/component/${name}/failure-modes`;

test('one look tells what has no answer, and one can be given there', async ({
  page,
  server,
}) => {
  const foreign: string[] = [];
  page.on('request', request => {
    if (request.url().includes('tracker.example')) {
      foreign.push(request.url());
    }
  });
  page.on('dialog', dialog => {
    foreign.push(dialog.message());
    return dialog.dismiss();
  });
  await page.goto(tabOf(server.appUrl, 'reporting'));
  const matrix = page.getByRole('region', {
    name: 'What happens when a dependency fails',
  });
  await expect(matrix).toContainText('0 of 3 required answers are given');
  const down = matrix.getByRole('button', {
    name: 'Ledger (Example), down: none, required',
  });
  await expect(down).toBeVisible();
  await picture(page, 'failure-modes-none');
  await expectAccessible(page);

  await down.click();
  await page
    .getByRole('button', { name: 'Describe a failure mode' })
    .last()
    .click();
  const form = page.getByRole('dialog', { name: 'Describe a failure mode' });
  await expect(form).toContainText('Which signal tells this apart');
  await picture(page, 'failure-mode-form');
  await expectAccessible(page);
  await form.getByLabel('Title').fill('No ledger, no report');
  await form.getByLabel('Cause').fill('A deployment of the **ledger**.');
  await form
    .getByLabel('Effect here')
    .fill('The report of the night is empty.');
  await form
    .getByLabel('Effect in the end')
    .fill(
      'Finance waits. <img src=https://tracker.example/x.png onerror=alert(1)> [x](javascript:alert(1))',
    );
  await form.getByText('Data are lost or corrupted').click();
  await expect(form).toContainText('high criticality');
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(form).toBeHidden();
  await expect(matrix).toContainText('1 of 3 required answers are given');
  await expect(
    matrix.getByRole('button', {
      name: 'Ledger (Example), down: described, required',
    }),
  ).toBeVisible();

  // Another reader changes it meanwhile: nothing of either is lost.
  const modes = page.getByRole('region', { name: 'Failure modes' });
  await modes.getByRole('button', { name: /No ledger, no report/ }).click();
  await expect(modes.getByText('ledger', { exact: true })).toBeVisible();
  await expect(modes.locator('[href^="javascript"]')).toHaveCount(0);
  expect(foreign).toEqual([]);
  await modes.getByRole('button', { name: 'Change' }).click();
  const [{ id, version, ...mode }] = (
    await server.get('/failure-modes?entity=component:default/reporting')
  ).items;
  const { status } = await server.send('PUT', `/failure-modes/${id}`, {
    headers: { 'If-Match': `"${version}"` },
    body: {
      ...contentOf(mode),
      mitigation: 'The report of yesterday is sent.',
    },
  });
  expect(status).toBe(200);
  const change = page.getByRole('dialog', { name: 'Change a failure mode' });
  await change.getByLabel('Detect').fill('An empty file.');
  await change.getByRole('button', { name: 'Save' }).click();
  await expect(change.getByRole('alert')).toContainText(
    'Somebody else saved version 2 meanwhile',
  );
  await expect(change.getByRole('alert')).toContainText(
    'The report of yesterday is sent.',
  );
  await picture(page, 'failure-mode-conflict');
  await change.getByRole('button', { name: 'Take theirs' }).click();
  await change.getByLabel('Detect').fill('An empty file.');
  await change.getByRole('button', { name: 'Save' }).click();
  await expect(change).toBeHidden();
  await expect(modes).toContainText('Version 3, changed');
  await expect(modes).toContainText('After: An empty file.');
  await picture(page, 'failure-mode-history');
  await expectAccessible(page);
});

test('what a repository keeps is shown, and said to be changed there', async ({
  page,
  server,
}) => {
  await page.goto(tabOf(server.appUrl, 'ledger'));
  const modes = page.getByRole('region', { name: 'Failure modes' });
  await expect(modes).toContainText(
    'services/ledger/failure-modes.yaml of payments-core',
  );
  await expect(
    modes.getByRole('button', { name: 'Describe a failure mode' }),
  ).toHaveCount(0);
  await expect(
    page.getByRole('region', { name: 'What happens when a dependency fails' }),
  ).toContainText('3 of 3 required answers are given');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    modes.getByRole('button', { name: 'Export as YAML' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('failure-modes.yaml');
});

test('an outage shows who is hit, as a list and as a graph, by keyboard alone', async ({
  page,
  server,
}) => {
  await page.goto(tabOf(server.appUrl, 'ledger'));
  const simulate = page.getByRole('button', { name: 'Simulate' });
  await simulate.focus();
  await page.keyboard.press('Enter');
  const outage = page.getByRole('region', { name: 'Simulated outage' });
  await expect(outage).toContainText('3 fail with it, 2 more are touched.');
  const row = outage.getByRole('row').filter({ hasText: 'Checkout (Example)' });
  await expect(row).toContainText('SOFT: degrades');
  await expect(
    outage.getByRole('row').filter({ hasText: 'Refunds (Example)' }),
  ).toContainText('HARD: fails, too');
  const graph = outage.getByRole('group', { name: 'Graph of the outage' });
  const link = graph.getByRole('link', { name: 'Refunds (Example)' });
  await expect(link).toBeVisible();
  await outage.scrollIntoViewIfNeeded();
  await picture(page, 'outage');
  await expectAccessible(page);
  await expect(graph).toContainText('no answer');
  await link.focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/refunds\/failure-modes$/);
  await expect(
    page.getByRole('group', { name: 'Graph of dependencies' }),
  ).toContainText('Ledger (Example)');
});

test('the tab of failure modes can be read in the dark theme', async ({
  page,
  server,
}) => {
  await inTheme(page, 'dark');
  await page.goto(tabOf(server.appUrl, 'payouts'));
  await expect(
    page.getByRole('group', { name: 'Graph of dependencies' }),
  ).toContainText('Ledger (Example)');
  await picture(page, 'failure-modes-dark');
  await page
    .getByRole('group', { name: 'Graph of dependencies' })
    .scrollIntoViewIfNeeded();
  await picture(page, 'graph-dark');
  await expectAccessible(page);
});

/** What was written of a failure mode, without what follows from it. */
function contentOf(mode: Record<string, unknown>) {
  const {
    severity: _severity,
    likelihood: _likelihood,
    criticality: _criticality,
    origin: _origin,
    superseded: _superseded,
    createdAt: _createdAt,
    updatedAt: _updatedAt,
    updatedBy: _updatedBy,
    ...content
  } = mode;
  return content;
}

test('an assumption is written, changed by two, and keeps its versions', async ({
  page,
  server,
}) => {
  await page.goto(tabOf(server.appUrl, 'refunds'));
  const section = page.getByRole('region', { name: 'Assumptions and limits' });
  await section
    .getByRole('button', { name: 'Write down an assumption' })
    .click();
  const form = page.getByRole('dialog', { name: 'Write down an assumption' });
  await form.getByRole('button', { name: /Begin with/ }).click();
  await page.getByRole('option', { name: /RSA and elliptic curves/ }).click();
  await picture(page, 'assumption-form');
  await expectAccessible(page);
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(form).toBeHidden();
  await expect(section).toContainText('disallow after 2035');

  await section.getByRole('button', { name: /^Change: / }).click();
  const [found] = (
    await server.get('/assumptions?entity=component:default/refunds')
  ).items;
  const {
    id,
    version,
    state: _s,
    updatedAt: _at,
    updatedBy: _by,
    ...rest
  } = found;
  const { status } = await server.send('PUT', `/assumptions/${id}`, {
    headers: { 'If-Match': `"${version}"` },
    body: { ...rest, refutedBy: 'A partner still sends RSA.' },
  });
  expect(status).toBe(200);
  const change = page.getByRole('dialog', { name: 'Change an assumption' });
  await change.getByLabel('Statement').fill('Only TLS uses elliptic curves.');
  await change.getByRole('button', { name: 'Save' }).click();
  await expect(change.getByRole('alert')).toContainText(
    'A partner still sends RSA.',
  );
  await expect(change.getByRole('alert')).toContainText(
    'Only TLS uses elliptic curves.',
  );
  await picture(page, 'assumption-conflict');
  await expectAccessible(page);
  await change.getByRole('button', { name: 'Save mine upon it' }).click();
  await expect(change).toBeHidden();
  await section.getByRole('button', { name: /^Version 3/ }).click();
  await expect(section).toContainText('After: Only TLS uses elliptic curves.');
  await picture(page, 'assumption-history');
  await expectAccessible(page);
});

test('two who change one promise both find what they wrote', async ({
  page,
  server,
}) => {
  await page.goto(tabOf(server.appUrl, 'refunds'));
  await page.getByRole('button', { name: 'Change the promise' }).click();
  const path = '/entities/by-name/component/default/refunds/sides/promise';
  const { status } = await server.send('PUT', path, {
    headers: { 'If-None-Match': '*' },
    body: { latencyMs: 300, guarantees: ['idempotent'] },
  });
  expect(status).toBe(200);
  const dialog = page.getByRole('dialog', { name: 'What it promises' });
  await dialog.getByLabel('Answers within (ms)').fill('200');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog.getByRole('alert')).toContainText('Theirs: 300');
  await expect(dialog.getByRole('alert')).toContainText('Yours: 200');
  await dialog.getByRole('button', { name: 'Save mine upon it' }).click();
  await expect(dialog).toBeHidden();
  await expect(
    page.getByRole('region', { name: 'Counted on, and promised' }),
  ).toContainText('answers within 200 ms');
});

test('the structure of dependencies is a list, reached from a simulation', async ({
  page,
  server,
}) => {
  await page.goto(tabOf(server.appUrl, 'ledger'));
  await page
    .getByRole('link', {
      name: 'Circles, hot spots and single points of failure',
    })
    .click();
  await expect(page).toHaveURL(/understanding\/structure$/);
  await expect(page.getByRole('region', { name: 'Hot spots' })).toContainText(
    'Ledger (Example)',
  );
  await expect(
    page.getByRole('region', { name: 'Single points of failure' }),
  ).toBeVisible();
  await picture(page, 'structure');
  await expectAccessible(page);
});
