import { defineConfig } from '@playwright/test';
import chromium from '@sparticuz/chromium';

// Chromium comes inside an npm package, so that nothing is downloaded.
const executablePath = await chromium.executablePath();

export default defineConfig({
  testDir: 'packages/app/e2e-tests',
  testMatch: '*.test.ts',
  outputDir: 'e2e-test-report/output',
  // One back end serves all of them, in order; a test that needs luck has failed.
  workers: 1,
  retries: 0,
  fullyParallel: false,
  forbidOnly: true,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  // The second writes to the file that the environment names.
  reporter: process.env.PLAYWRIGHT_JSON_OUTPUT_FILE
    ? [['list'], ['json']]
    : [['list']],
  use: {
    viewport: { width: 1440, height: 1000 },
    // The development server packs a hundred megabytes whenever a page is loaded, which
    // takes longer than to load them.
    extraHTTPHeaders: { 'Accept-Encoding': 'identity' },
    launchOptions: {
      executablePath,
      args: [
        // A single process ends with the first context that is closed.
        ...chromium.args.filter(arg => arg !== '--single-process'),
        '--disable-background-networking',
      ],
    },
  },
});
