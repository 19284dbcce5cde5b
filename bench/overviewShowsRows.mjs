import { createRequire } from 'node:module';
import { performance } from 'node:perf_hooks';

const require = createRequire(
  new URL('../packages/app/package.json', import.meta.url),
);
const ROUNDS = 5;

/**
 * From the click that signs in to rows on the overview, beside the same for
 * Backstage's own catalog page.
 */
export async function overviewShowsRows({ appUrl }) {
  const { chromium } = require('@playwright/test');
  const { default: sparticuz } = await import(
    require.resolve('@sparticuz/chromium')
  );
  const browser = await chromium.launch({
    executablePath: await sparticuz.executablePath(),
    args: [
      ...sparticuz.args.filter(arg => arg !== '--single-process'),
      '--disable-background-networking',
    ],
  });
  const times = { understanding: [], catalog: [] };
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const [path, row] of [
      ['understanding', 'Cart (Example)'],
      // The catalog begins with what the guest's team owns.
      ['catalog', 'Notifier (Example)'],
    ]) {
      const context = await browser.newContext();
      const page = await context.newPage();
      await page.goto(`${appUrl}/${path}`);
      const enter = page.getByRole('button', { name: 'Enter' });
      await enter.waitFor();
      const start = performance.now();
      await enter.click();
      await page.getByText(row).first().waitFor();
      // The first round fills the caches of the development server.
      if (round > 0) {
        times[path].push(performance.now() - start);
      }
      await context.close();
    }
  }
  await browser.close();
  const median = values =>
    [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
  const [ours, theirs] = [median(times.understanding), median(times.catalog)];
  console.log(
    `rows after sign-in: ${Math.round(
      ours,
    )} ms; Backstage's catalog page: ${Math.round(theirs)} ms; ratio ${(
      ours / theirs
    ).toFixed(2)} (medians of ${ROUNDS})`,
  );
}
