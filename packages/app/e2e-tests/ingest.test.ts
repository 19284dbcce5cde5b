import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, expectAccessible, inTheme, picture, test } from './fixtures';
import { Server } from './server';

/** What the module of a host leaves when it was there once, and did not understand. */
function leaveDeadLetter(server: Server, deliveryId: string): void {
  const database = new DatabaseSync(
    join(server.folder, 'database/understanding.sqlite'),
  );
  const body = Buffer.from('{"action":"opened"}');
  database.exec('PRAGMA busy_timeout = 10000');
  database
    .prepare(
      `INSERT INTO inbox
        (id, host, delivery_id, digest, event, content_type, body, size,
         received_at, state, reason, settled_at)
       VALUES (?, 'github', ?, ?, 'pull_request', 'application/json', ?, ?, ?,
         'dead', ?, ?)`,
    )
    .run(
      `letter-${deliveryId}`,
      deliveryId,
      `digest-${deliveryId}`,
      body,
      body.length,
      '2026-03-01T12:00:00.000Z',
      'The pull request has no number',
      '2026-03-01T12:00:01.000Z',
    );
  database.close();
}

test('an admin sees how ingest is doing, and replays what was not understood', async ({
  overview: page,
  server,
}) => {
  await page.getByRole('link', { name: 'Ingest', exact: true }).click();
  await expect(page).toHaveURL(/\/understanding\/ingest$/);
  await expect(page.getByText('Work is moving')).toBeVisible();
  const hosts = page.getByRole('region', { name: 'Change hosts' });
  await expect(hosts).toContainText('No change host is set up');
  await expect(hosts).toContainText('understanding-backend-module-github');
  const deliveries = page.getByRole('region', { name: 'Deliveries' });
  await expect(deliveries).toContainText('There are no dead letters');
  await expect(page.getByRole('region', { name: 'Queues' })).toContainText(
    'Pages of the catalog to read',
  );
  await picture(page, 'ingest-empty');
  await expectAccessible(page);

  for (const deliveryId of ['72d3162e-cc78', '8f0c5b1a-aa01']) {
    leaveDeadLetter(server, deliveryId);
  }
  const refresh = page.getByRole('button', { name: 'Refresh' });
  await refresh.click();
  const row = deliveries.getByRole('row').filter({
    has: page.getByRole('rowheader', { name: '72d3162e-cc78' }),
  });
  await expect(row).toContainText('The pull request has no number');
  await picture(page, 'ingest');
  await expectAccessible(page);

  // By keyboard: into the table, down to the second row, and to its end.
  await deliveries.getByRole('button', { name: 'Dead letters State' }).focus();
  await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowLeft');
  await expect(
    row.getByRole('button', { name: 'Replay 72d3162e-cc78' }),
  ).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(row.getByText('The pull request has no number')).toHaveCount(0);
  // Read again it was, by a back end that no longer knows the host.
  await expect(async () => {
    await refresh.click();
    await expect(row).toContainText('is not installed any more', {
      timeout: 1000,
    });
  }).toPass();
  await expect(
    deliveries.getByText('The pull request has no number'),
  ).toHaveCount(1);

  await inTheme(page, 'dark');
  await page.reload();
  await expect(row).toContainText('is not installed any more');
  await picture(page, 'ingest-dark');
  await expectAccessible(page);

  // Who is who, still in the dark.
  await page.goto(`${server.appUrl}/understanding/identities`);
  await expect(page.getByText('Nothing contradicts anything.')).toBeVisible();
  await page
    .getByLabel('Its lines')
    .fill('Nobody <nobody@acme.example> <never@met.example>');
  await page.getByRole('button', { name: 'Show what it would link' }).click();
  await expect(page.getByText('It would link nothing')).toBeVisible();
  await picture(page, 'identities-dark');
  await expectAccessible(page);
});

test('a probe is told whether work moves, and nothing else', async ({
  server,
}) => {
  const response = await fetch(`${server.backendUrl}/api/understanding/health`);
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({ status: 'ok' });
});
