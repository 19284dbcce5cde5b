import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { createHistory } from './readingAHistory.mjs';

const PER_SECOND = 200;
const SECONDS = 20;
const ROUNDS = 3;
const BYTES = 20_000;

/**
 * How long a host waits for its answer, at 200 deliveries of 20 KB in a second, while
 * histories are read as the back end reads them; in turn with the ingress of Backstage's
 * events, which keeps nothing.
 */
export async function acknowledgement(IngestProcesses, database) {
  const folder = mkdtempSync(join(tmpdir(), 'understanding-bench-'));
  const repository = join(folder, 'repository');
  await createHistory(repository, 20_000);
  const analysis = program(`
    const { readHistoryInChild } = require('./packages/git-knowledge/src');
    (async () => {
      for (;;) {
        await readHistoryInChild({
          repository: ${JSON.stringify(repository)},
          now: new Date().toISOString(),
          territories: [{ id: 'all', paths: [''], documents: [] }],
        });
        console.log('read');
      }
    })();
  `);
  const events = program(`
    const { startTestBackend, mockServices } = require('@backstage/backend-test-utils');
    startTestBackend({
      features: [
        import('@backstage/plugin-events-backend'),
        mockServices.rootConfig.factory({
          data: { events: { http: { topics: ['github'] } } },
        }),
        mockServices.rootLogger.factory({ level: 'none' }),
      ],
    }).then(({ server }) => console.log(server.address().port));
  `);
  let readings = 0;
  analysis.stdout.on('data', () => {
    readings += 1;
  });
  const processes = await IngestProcesses.create(database);
  try {
    const [port] = await once(events.stdout, 'data');
    const ours = await processes.start();
    const theirs = {
      port: Number(port),
      path: '/api/events/http/github',
      requestOf: number => ({
        headers: {
          'content-type': 'application/json',
          'x-github-event': 'pull_request',
          'x-github-delivery': `bench-${number}`,
        },
        body: Buffer.from(JSON.stringify({ number, text: 'x'.repeat(BYTES) })),
      }),
    };
    const rounds = [];
    for (let round = 0; round <= ROUNDS; round += 1) {
      rounds.push({
        ours: await load({
          port: ours,
          path: '/hooks/standin',
          requestOf: number =>
            processes.requestOf(1_000_000 * (round + 1) + number, BYTES),
        }),
        theirs: await load(theirs),
      });
    }
    console.log(`meanwhile the history was read ${readings} times`);
    // The first round warms both up.
    rounds.shift();
    for (const [name, share] of [
      ['p50', 0.5],
      ['p99', 0.99],
      ['longest', 1],
    ]) {
      const of = side => median(rounds.map(one => quantile(one[side], share)));
      console.log(
        `acknowledgement, ${name}: ${of('ours').toFixed(
          0,
        )} ms; Backstage's events ingress: ${of('theirs').toFixed(
          0,
        )} ms; ratio ${median(
          rounds.map(
            one => quantile(one.ours, share) / quantile(one.theirs, share),
          ),
        ).toFixed(2)} (medians of ${ROUNDS} pairs, run in turn)`,
      );
    }
  } finally {
    analysis.kill('SIGKILL');
    events.kill('SIGKILL');
    await processes.dispose();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Sends at a fixed rate, whatever the answers do; milliseconds of each. */
async function load({ port, path, requestOf }) {
  // As hosts do: kept connections may end just when they are used again.
  const agent = new Agent({ keepAlive: false });
  const answers = [];
  const begun = performance.now();
  for (let number = 0; number < PER_SECOND * SECONDS; number += 1) {
    const due = begun + (number * 1000) / PER_SECOND;
    if (due > performance.now()) {
      await sleep(due - performance.now());
    }
    const { headers, body } = requestOf(number);
    const answer = post({ port, path, headers, body, agent, due });
    answers.push(answer.catch(error => error));
  }
  const taken = await Promise.all(answers);
  agent.destroy();
  const failure = taken.find(one => one instanceof Error);
  if (failure) {
    throw failure;
  }
  return taken;
}

/** From when it was due, so that a late sender hides nothing. */
function post({ port, path, headers, body, agent, due }) {
  return new Promise((done, fail) => {
    const sent = request(
      {
        host: '127.0.0.1',
        port,
        path,
        method: 'POST',
        headers: { ...headers, 'content-length': body.length },
        agent,
      },
      response => {
        response.resume();
        response.once('end', () =>
          response.statusCode === 202
            ? done(performance.now() - due)
            : fail(new Error(`It answered ${response.statusCode}`)),
        );
      },
    );
    sent.once('error', fail);
    sent.end(body);
  });
}

/** Ends with this process, however that ends. */
function program(source) {
  return spawn(
    process.execPath,
    [
      '--require',
      '@backstage/cli/config/nodeTransform.cjs',
      '-e',
      `process.stdin.resume().once('end', () => process.exit());${source}`,
    ],
    {
      cwd: join(import.meta.dirname, '..'),
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  );
}

function quantile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.ceil(share * sorted.length) - 1];
}

function median(values) {
  return quantile(values, 0.5);
}
