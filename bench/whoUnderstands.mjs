#!/usr/bin/env node
/**
 * `yarn bench:who-understands`: answering who understands something, beside Backstage's
 * own answer for one entity by its name, and assessing one entity again.
 */
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { POSTGRES, freePort, startPostgres } from '../scripts/postgres.mjs';
import { fillDatabases } from './whoUnderstandsData.mjs';

const require = createRequire(import.meta.url);
const createKnex = require('knex');

const USERS = 50;
/** Phases in turn, so that all of them see the same machine, each time in another order. */
const ROUNDS = 4;
const SECONDS = 3;
const ASSESSMENTS = 20;
const TOKEN = 'bench-token-of-no-use-elsewhere';

const chosen = process.argv.slice(2);
const isChosen = part => chosen.length === 0 || chosen.includes(part);
const folder = mkdtempSync(join(tmpdir(), 'understanding-who-'));
try {
  if (isChosen('sqlite')) {
    await measure('SQLite', sqlite(), {
      entities: 5_000,
      people: 2_500,
      evidence: 150_000,
    });
  }
  if (isChosen('postgres')) {
    const url = process.env[POSTGRES];
    const postgres = url
      ? { url, stop: async () => {} }
      : await startPostgres();
    try {
      await measure('PostgreSQL', onPostgres(postgres.url), {
        entities: 100_000,
        people: 50_000,
        evidence: 3_000_000,
      });
    } finally {
      await postgres.stop();
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function sqlite() {
  return {
    config: { client: 'better-sqlite3', connection: { directory: folder } },
    connect: plugin =>
      createKnex({
        client: 'better-sqlite3',
        connection: { filename: join(folder, `${plugin}.sqlite`) },
        useNullAsDefault: true,
      }),
    dispose: async () => {},
  };
}

function onPostgres(url) {
  const prefix = 'bench_who_';
  const admin = () => createKnex({ client: 'pg', connection: url });
  return {
    config: { client: 'pg', connection: url, prefix },
    connect: plugin =>
      createKnex({
        client: 'pg',
        connection: url.replace(/[^/]+$/, `${prefix}${plugin}`),
      }),
    dispose: async () => {
      const knex = admin();
      for (const plugin of ['catalog', 'understanding']) {
        await knex.raw('DROP DATABASE IF EXISTS ?? WITH (FORCE)', [
          `${prefix}${plugin}`,
        ]);
      }
      await knex.destroy();
    },
  };
}

async function measure(name, database, sizes) {
  const port = await freePort();
  const baseUrl = `http://localhost:${port}`;
  const server = fork(
    new URL('./whoUnderstandsServer.mjs', import.meta.url),
    [
      JSON.stringify({
        app: { baseUrl },
        backend: {
          baseUrl,
          listen: { port, host: '127.0.0.1' },
          database: database.config,
          auth: {
            keys: [{ secret: TOKEN }],
            externalAccess: [
              { type: 'static', options: { token: TOKEN, subject: 'bench' } },
            ],
          },
        },
        catalog: { processingInterval: false, orphanStrategy: 'keep' },
      }),
    ],
    {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      execArgv: ['--expose-gc'],
    },
  );
  try {
    await message(server, 'ready');
    const filling = performance.now();
    await fillDatabases(database, sizes);
    const filled = (performance.now() - filling) / 1000;
    console.log(
      `${name}: ${sizes.entities} entities, ${sizes.people} people, ${
        sizes.evidence
      } summaries of evidence; filled in ${filled.toFixed(0)} s`,
    );
    await compare(name, { port, server }, sizes);
    await assessments(name, server);
  } finally {
    server.kill();
    await database.dispose();
  }
}

/** What is asked, each by its own number. */
function questions({ entities }) {
  const understood = query =>
    `/api/understanding/who-understands?query=${query}`;
  const random = () => Math.floor(Math.random() * entities);
  const asked = {
    'a reference': () => understood(`component:default/s${random()}`),
    'a name': () => understood(`s${random()}`),
    'a path': () => understood(`src/s${random()}/main.ts`),
    'a link': () =>
      understood(
        encodeURIComponent(`https://git.example.com/acme/s${random()}/pull/1`),
      ),
    'two words': () => {
      const one = random();
      return understood(`team${one % 1000}+number${one}`);
    },
    'a typo': () => understood(`sx${random()}`),
  };
  const kinds = Object.values(asked);
  return {
    catalog: () =>
      `/api/catalog/entities/by-name/component/default/s${random()}`,
    // Nobody asks by typos alone.
    'any of these': () => kinds[Math.floor(Math.random() * kinds.length)](),
    ...asked,
  };
}

async function compare(name, { port, server }, sizes) {
  const kinds = Object.entries(questions(sizes));
  const measured = new Map(
    kinds.map(([key]) => [key, { rounds: [], processor: 0 }]),
  );
  for (let round = 0; round <= ROUNDS; round += 1) {
    const turn = round % kinds.length;
    for (const [key, path] of [...kinds.slice(turn), ...kinds.slice(0, turn)]) {
      // What others left is not collected in the time of this one.
      const before = await usage(server, 'collect');
      const took = await load(port, path);
      // The first round warms both up.
      if (round > 0) {
        measured.get(key).rounds.push(took);
        measured.get(key).processor += (await usage(server, 'usage')) - before;
      }
    }
  }
  const theirs = figuresOf(measured.get('catalog'));
  for (const [key, one] of measured) {
    const ours = figuresOf(one);
    const { count, p50, p99, usual, each } = ours;
    const ratio = figure => (ours[figure] / theirs[figure]).toFixed(2);
    console.log(
      `${name}, ${USERS} at once, ${
        key === 'catalog' ? "Backstage's catalog by name" : key
      }: p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(
        1,
      )} ms of ${count}, ${usual.toFixed(
        1,
      )} ms in the middle of ${ROUNDS} rounds, ${each.toFixed(
        2,
      )} ms of the processor each${
        key === 'catalog'
          ? ''
          : `; ratio of p99 ${ratio('p99')}, in the middle of rounds ${ratio(
              'usual',
            )}, of the processor ${ratio('each')}`
      }`,
    );
  }
}

/**
 * Where the whole machine stands still for a moment, that decides the p99 of whatever was
 * asked then, Backstage's own answers as well; not that in the middle of rounds.
 */
function figuresOf({ rounds, processor }) {
  const took = rounds.flat();
  return {
    count: took.length,
    p50: percentile(took, 0.5),
    p99: percentile(took, 0.99),
    usual: percentile(
      rounds.map(round => percentile(round, 0.99)),
      0.5,
    ),
    each: processor / took.length,
  };
}

/** What the back end's process has used of the processor, in milliseconds. */
async function usage(server, question) {
  const answer = message(server, 'processor');
  server.send(question);
  return (await answer).processor;
}

async function load(port, path) {
  const agent = new Agent({ keepAlive: true, maxSockets: USERS });
  const users = Array.from({ length: USERS });
  // Fifty connections that are opened at once would be more than one of a hundred.
  await Promise.all(users.map(() => ask(agent, port, path())));
  const until = performance.now() + SECONDS * 1000;
  const took = [];
  const user = async () => {
    while (performance.now() < until) {
      const start = performance.now();
      await ask(agent, port, path());
      took.push(performance.now() - start);
    }
  };
  await Promise.all(users.map(user));
  agent.destroy();
  return took;
}

function ask(agent, port, path) {
  return new Promise((done, fail) => {
    get(
      {
        agent,
        port,
        path,
        host: '127.0.0.1',
        headers: { Authorization: `Bearer ${TOKEN}` },
      },
      response => {
        response.resume();
        response.on('end', () =>
          response.statusCode === 200
            ? done()
            : fail(new Error(`${path} answered ${response.statusCode}`)),
        );
      },
    ).on('error', fail);
  });
}

/**
 * Of the entity with 10,000 rows of evidence: one of them new, and then none; beside
 * only reading these rows and the people whom they name.
 */
async function assessments(name, server) {
  for (const [question, why] of [
    ['assess what is new', 'one of them new'],
    ['assess', 'none of them new'],
  ]) {
    const took = [];
    const read = [];
    for (let round = 0; round <= ASSESSMENTS; round += 1) {
      const answer = message(server, 'millis');
      server.send(question);
      const { millis, reading } = await answer;
      if (round > 0) {
        took.push(millis);
        read.push(reading);
      }
    }
    const usual = percentile(took, 0.5);
    console.log(
      `${name}: assessing an entity with 10,000 rows of evidence, ${why}: ${usual.toFixed(
        1,
      )} ms (90th percentile ${percentile(took, 0.9).toFixed(
        1,
      )}, of ${ASSESSMENTS}); ratio to reading them alone ${(
        usual / percentile(read, 0.5)
      ).toFixed(2)}`,
    );
  }
}

/** The next message with that property; Backstage's own tools send others. */
function message(server, property) {
  return new Promise((done, fail) => {
    const listen = sent => {
      if (sent?.[property] !== undefined) {
        server.off('message', listen);
        server.off('exit', ended);
        done(sent);
      }
    };
    const ended = code => fail(new Error(`The server ended, ${code}`));
    server.on('message', listen);
    server.once('exit', ended);
  });
}

function percentile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(share * (sorted.length - 1))];
}
