import { createRequire } from 'node:module';
import { performance } from 'node:perf_hooks';

const require = createRequire(
  new URL('../plugins/understanding-backend/package.json', import.meta.url),
);
const HUB = 'component:default/ledger';
const DEPENDENCIES = 200;
const DEPENDANTS = 320;
const ROUNDS = 15;

/**
 * Reading the dependencies of an entity that has two hundred, each with a failure mode,
 * and the graph around it, of more than five hundred; on a SQLite in memory, beside
 * reading the same rows without any rule.
 *
 * @returns the answers, for a browser to show
 */
export async function readingDependencies() {
  require('@backstage/cli/config/nodeTransform.cjs');
  const { component, group, user } = require('./src/__testUtils__/catalog');
  const { mockCredentials } = require('@backstage/backend-test-utils');
  const reader = mockCredentials.user('user:default/reader');
  const knex = require('knex')({
    client: 'better-sqlite3',
    connection: ':memory:',
    useNullAsDefault: true,
    pool: { min: 1, max: 1 },
  });
  try {
    const names = Array.from(
      { length: DEPENDENCIES },
      (_, index) => `dependency-with-a-rather-long-name-${index}`,
    );
    const refs = names.map(name => `component:default/${name}`);
    const { ledger, settle } = await backEnd(knex, [
      component('ledger', {
        owner: 'payments',
        dependsOn: refs,
        annotations: { 'understanding.dev/hard-dependencies': refs.join(',') },
      }),
      ...names.map(name => component(name, { owner: 'payments' })),
      ...Array.from({ length: DEPENDANTS }, (_, index) =>
        component(`dependant-${index}`, {
          owner: 'payments',
          dependsOn: [HUB],
        }),
      ),
      group('payments', { members: ['ada'] }),
      user('ada'),
    ]);
    for (const targetRef of refs) {
      await ledger.failureModes.create(contentOf(targetRef), reader);
    }
    await settle();
    const times = { ours: [], rows: [] };
    let edges;
    for (let round = 0; round <= ROUNDS; round += 1) {
      let start = performance.now();
      edges = await ledger.edges.list(HUB, reader);
      const ours = performance.now() - start;
      start = performance.now();
      await knex('edges').where({ source_ref: HUB });
      await knex('failure_modes').where({ entity_ref: HUB });
      const rows = performance.now() - start;
      // The first round warms both up.
      if (round > 0) {
        times.ours.push(ours);
        times.rows.push(rows);
      }
    }
    const graph = await ledger.simulations.graph(
      { root: HUB, depth: 2, direction: 'both' },
      reader,
    );
    const [ours, rows] = [median(times.ours), median(times.rows)];
    console.log(
      `answers to ${
        edges.items.length
      } dependencies, read and judged: ${ours.toFixed(
        1,
      )} ms; their rows alone: ${rows.toFixed(1)} ms; ratio ${(
        ours / rows
      ).toFixed(1)} (medians of ${ROUNDS})`,
    );
    return { edges, graph };
  } finally {
    await knex.destroy();
  }
}

/** The back end without its web server, once it has read a catalog. */
async function backEnd(knex, entities) {
  const { mockServices } = require('@backstage/backend-test-utils');
  const {
    catalogServiceMock,
  } = require('@backstage/plugin-catalog-node/testUtils');
  const { ChangeHosts } = require('./src/features/ingest/ChangeHosts');
  const { createLedger } = require('./src/createLedger');
  const { migrateUp } = require('./src/database/migrations');
  const { noMetrics } = require('./src/__testUtils__/noMetrics');
  const { readUnderstandingConfig } = require('./src/config');
  const { TicketWorker } = require('./src/database/TicketWorker');
  await migrateUp(knex);
  const logger = mockServices.rootLogger({ level: 'none' });
  const ledger = createLedger({
    knex,
    clock: async () => new Date().toISOString(),
    config: readUnderstandingConfig(
      mockServices.rootConfig({
        data: { app: { baseUrl: 'http://localhost:3000' } },
      }),
    ),
    auth: mockServices.auth(),
    catalog: catalogServiceMock({ entities }),
    permissions: mockServices.permissions(),
    channels: new Map(),
    hosts: new ChangeHosts(),
    metrics: noMetrics(),
    logger,
    jitter: Math.random,
  });
  const { queue, handlers } = ledger;
  const worker = TicketWorker.create({ queue, handlers, logger });
  const settle = async () => {
    let done;
    do {
      done = 0;
      for (const handler of handlers) {
        done += await worker.runDue(handler);
      }
    } while (done > 0);
  };
  await ledger.begin();
  await settle();
  return { ledger, settle };
}

/**
 * From such an answer to the matrix, and to a graph that moves when it is asked to, in
 * Chromium on a page of the product; everything else on it is the product's own.
 */
export async function showingDependencies({ appUrl }, { edges, graph }) {
  const fromApp = createRequire(
    new URL('../packages/app/package.json', import.meta.url),
  );
  const { chromium } = fromApp('@playwright/test');
  const { default: sparticuz } = await import(
    fromApp.resolve('@sparticuz/chromium')
  );
  const browser = await chromium.launch({
    executablePath: await sparticuz.executablePath(),
    args: [
      ...sparticuz.args.filter(arg => arg !== '--single-process'),
      '--disable-background-networking',
    ],
  });
  const times = { matrix: [], graph: [] };
  for (let round = 0; round <= 5; round += 1) {
    const context = await browser.newContext({
      viewport: { width: 1440, height: 1000 },
    });
    const page = await context.newPage();
    const answered = {
      edges: await answerWhenAsked(page, /\/ledger\/edges$/, edges),
      graph: await answerWhenAsked(page, /\/graph\?/, graph),
    };
    await page.goto(`${appUrl}/catalog/default/component/ledger/failure-modes`);
    await page.getByRole('button', { name: 'Enter' }).click();
    let start = await answered.edges();
    await page
      .getByRole('button', { name: /^dependency-with.*, down: / })
      .first()
      .click({ trial: true });
    const matrix = performance.now() - start;

    start = await answered.graph();
    const picture = page.getByRole('group', { name: 'Graph of dependencies' });
    const viewport = picture.locator('.react-flow__viewport');
    await picture
      .locator('.react-flow__node')
      .nth(graph.nodes.length - 1)
      .waitFor();
    const before = await viewport.getAttribute('style');
    await picture.getByRole('button', { name: 'Zoom In' }).click();
    await page.waitForFunction(
      ([element, style]) => element.getAttribute('style') !== style,
      [await viewport.elementHandle(), before],
    );
    const drawn = performance.now() - start;
    if (round > 0) {
      times.matrix.push(matrix);
      times.graph.push(drawn);
    }
    await context.close();
  }
  await browser.close();
  const shown = key =>
    `${median(times[key]).toFixed(0)} ms (at most ${Math.max(
      ...times[key],
    ).toFixed(0)})`;
  console.log(
    `from the answer to a matrix of ${
      edges.items.length
    } dependencies that can be used: ${shown('matrix')}; to a graph of ${
      graph.nodes.length
    } boxes that moves: ${shown('graph')} (medians of 5)`,
  );
}

/** Holds the answer back until it is asked for; then tells when it was given. */
async function answerWhenAsked(page, pattern, body) {
  let give;
  const given = new Promise(done => (give = done));
  let begin;
  const begun = new Promise(done => (begin = done));
  await page.route(pattern, async route => {
    await given;
    begin(performance.now());
    await route.fulfill({
      json: body,
      // The app and its back end have different ports.
      headers: {
        'access-control-allow-origin': new URL(page.url()).origin,
        'access-control-allow-credentials': 'true',
      },
    });
  });
  return () => {
    give();
    return Promise.race([
      begun,
      new Promise((_, fail) => {
        setTimeout(fail, 30_000, new Error(`${pattern} was not asked`)).unref();
      }),
    ]);
  };
}

function contentOf(targetRef) {
  return {
    entityRef: HUB,
    edge: { type: 'dependsOn', targetRef },
    condition: 'down',
    plane: 'data',
    title: `${targetRef} is down`,
    cause: 'A deployment.',
    localEffect: 'Postings wait.',
    endEffect: 'Payouts are late.',
    observations: {
      dataLossOrCorruption: false,
      customerVisible: true,
      happenedWithinYear: false,
      needsTwoFaults: false,
    },
  };
}

function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}
