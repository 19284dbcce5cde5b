#!/usr/bin/env node
/**
 * `yarn bench:reliability`: what ingest promises, under faults; more than an hour.
 * `yarn bench:reliability kills` runs one part; the parts are kills, outage, payloads,
 * acknowledgement, checks and interleavings.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startPostgres } from '../scripts/postgres.mjs';
import { acknowledgement } from './acknowledgement.mjs';
import { checks } from './checks.mjs';
import { interleavings } from './interleavings.mjs';

const require = createRequire(import.meta.url);
require('@backstage/cli/config/nodeTransform.cjs');
const {
  IngestProcesses,
} = require('../plugins/understanding-backend/src/__testUtils__/IngestProcesses');
const {
  CheckedHost,
} = require('../plugins/understanding-backend/src/__testUtils__/CheckedHost');
const {
  ExampleDeliveries,
  mutatedPayloads,
  readExamples,
} = require('../packages/backend/src/__testUtils__/ExampleDeliveries');
const createKnex = require('knex');

const DELIVERIES = 20_000;
const OUTAGE_SECONDS = 60;

const folder = mkdtempSync(join(tmpdir(), 'understanding-reliability-'));
const postgres = await startPostgres();
const onSqlite = {
  client: 'better-sqlite3',
  connection: { filename: join(folder, 'understanding.sqlite') },
  useNullAsDefault: true,
};

const parts = {
  kills: async () => {
    await kills('PostgreSQL', await databaseFor('kills'), 100);
    await kills('SQLite', onSqlite, 20);
  },
  outage,
  payloads,
  acknowledgement: async () =>
    acknowledgement(IngestProcesses, await databaseFor('acknowledgement')),
  checks: async () =>
    checks({ CheckedHost, IngestProcesses }, await databaseFor('checks')),
  interleavings,
};
const chosen = process.argv.slice(2);
try {
  for (const [name, part] of Object.entries(parts)) {
    if (chosen.length === 0 || chosen.includes(name)) {
      await part();
    }
  }
} finally {
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
}

/** A database of its own, so that no part finds what another one left. */
async function databaseFor(part) {
  const admin = createKnex({ client: 'pg', connection: postgres.url });
  await admin.raw('CREATE DATABASE ??', [part]);
  await admin.destroy();
  return {
    client: 'pg',
    connection: postgres.url.replace(/[^/]+$/, part),
  };
}

/** A process that is killed at random moments while a host delivers to it. */
async function kills(name, database, times) {
  const processes = await IngestProcesses.create(database);
  try {
    await processes.start();
    let killing = true;
    const killed = processes
      .killAgainAndAgain(times, () => 100 + Math.random() * 1500)
      .finally(() => {
        killing = false;
      });
    await processes.deliver({
      atOnce: 16,
      more: delivered => killing || delivered < DELIVERIES,
    });
    await killed;
    print(`${times} kills on ${name}`, await processes.outcome());
  } finally {
    await processes.dispose();
  }
}

/** Three replicas on one PostgreSQL that is away for a minute under load. */
async function outage() {
  const processes = await IngestProcesses.create(await databaseFor('outage'));
  try {
    for (let replica = 0; replica < 3; replica += 1) {
      await processes.start();
    }
    let going = true;
    const delivering = processes.deliver({ atOnce: 16, more: () => going });
    await sleep(10_000);
    await postgres.pause();
    const before = processes.acknowledged;
    await sleep(OUTAGE_SECONDS * 1000);
    const meanwhile = processes.acknowledged - before;
    const resumed = performance.now();
    await postgres.resume();
    while (processes.acknowledged === before + meanwhile) {
      await sleep(50);
    }
    const recovery = (performance.now() - resumed) / 1000;
    await sleep(10_000);
    going = false;
    await delivering;
    print(
      `three replicas, PostgreSQL away for ${OUTAGE_SECONDS} s`,
      await processes.outcome(),
    );
    console.log(
      `  acknowledged meanwhile: ${meanwhile}; the first again after ${recovery.toFixed(
        1,
      )} s, the start of PostgreSQL included`,
    );
  } finally {
    await processes.dispose();
  }
}

/** Real payloads of GitHub, changed in every way, through the whole back end. */
async function payloads() {
  const knex = createKnex(await databaseFor('payloads'));
  const deliveries = await ExampleDeliveries.create(knex);
  try {
    const examples = readExamples();
    await deliveries.deliver(
      mutatedPayloads(examples, DELIVERIES, Date.now() % 1_000_000),
    );
    const { answers, states, mistakes, unhandledRejections } =
      await deliveries.counts();
    console.log(
      `${DELIVERIES} payloads, each changed in some places: answers ${JSON.stringify(
        answers,
      )}, deliveries ${JSON.stringify(states)}, ${
        mistakes.length
      } kinds of mistakes, ${unhandledRejections} unhandled rejections`,
    );
    mistakes.forEach(mistake => console.log(`  ${mistake}`));
  } finally {
    await deliveries.dispose();
    await knex.destroy();
  }
}

function print(name, outcome) {
  const { acknowledged, attempts, lost, duplicated, unsettled } = outcome;
  console.log(
    `${name}: ${acknowledged} deliveries acknowledged in ${attempts} attempts; ${lost} lost, ${duplicated} duplicated, ${unsettled} not done`,
  );
}
