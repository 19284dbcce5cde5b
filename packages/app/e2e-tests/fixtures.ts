import AxeBuilder from '@axe-core/playwright';
import { BrowserContext, Page, test as base, expect } from '@playwright/test';
import { join, resolve } from 'node:path';
import { Server } from './server';

const root = resolve(__dirname, '../../..');

type Session = Awaited<ReturnType<BrowserContext['storageState']>>;

/**
 * Tests with the product running, in a browser where the guest is signed in. A page of
 * the development server takes seconds to load: `page` is empty until a test goes
 * somewhere, and `overview` shows what one comes upon first.
 */
export const test = base.extend<
  { overview: Page },
  { server: Server; session: Session }
>({
  server: [
    async ({}, provide) => {
      const server = await Server.create();
      try {
        await server.start();
        await server.read();
        await provide(server);
      } finally {
        await server.dispose();
      }
    },
    { scope: 'worker', timeout: 300_000 },
  ],
  session: [
    async ({ browser, server }, provide) => {
      const page = await browser.newPage();
      await page.goto(`${server.appUrl}/understanding`);
      await page.getByRole('button', { name: 'Enter' }).click();
      await expect(
        page.getByRole('heading', { name: 'Services' }),
      ).toBeVisible();
      const session = await page.context().storageState();
      await page.close();
      await provide(session);
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  storageState: ({ session }, provide) => provide(session),
  overview: async ({ page, server }, provide) => {
    await page.goto(`${server.appUrl}/understanding`);
    await expect(page.getByRole('heading', { name: 'Services' })).toBeVisible();
    await provide(page);
  },
});

export { expect };

/** Whatever is loaded from now on is in that theme. */
export function inTheme(page: Page, theme: string): Promise<void> {
  return page.addInitScript(one => localStorage.setItem('theme', one), theme);
}

/**
 * Fails on what axe calls serious or critical apart from Backstage's side bar.
 *
 * @param ofKit - rules that the UI kit is known to break here, which are left out
 */
export async function expectAccessible(
  page: Page,
  { ofKit = [] }: { ofKit?: string[] } = {},
): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .disableRules(ofKit)
    .exclude('[aria-label="sidebar nav"]')
    // What React Aria announces points to what may be gone a moment later.
    .exclude('[data-live-announcer]')
    .analyze();
  expect(
    violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, help, nodes }) => ({
        id,
        help,
        nodes: nodes.map(node => node.html.slice(0, 300)),
      })),
  ).toEqual([]);
}

/**
 * Keeps a picture in `e2e-test-report`; with UPDATE_SCREENSHOTS=1 also in `docs/images`,
 * from where the README shows it.
 */
export async function picture(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(root, 'e2e-test-report', `${name}.png`) });
  if (process.env.UPDATE_SCREENSHOTS) {
    await page.screenshot({ path: join(root, 'docs/images', `${name}.png`) });
  }
}
