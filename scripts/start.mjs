#!/usr/bin/env node
/**
 * `npm start`: front end and back end, from a bare checkout. `npm start -- --verbose`
 * shows what both print.
 */
import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SetUpError, prepare, root, run } from './toolchain.mjs';

const READY_SECONDS = 300;
/** The back end ends its work in hand before it goes. */
const STOP_SECONDS = 20;

const ports = {
  app: Number(process.env.APP_PORT ?? 3000),
  backend: Number(process.env.BACKEND_PORT ?? 7007),
};
const verbose = process.argv.includes('--verbose');

await run(async () => {
  for (const [name, port] of Object.entries(ports)) {
    await checkPort(port, `${name.toUpperCase()}_PORT`);
  }
  const env = { ...(await prepare()), ...portSettings() };
  await step('node', ['examples/createRepositories.mjs'], env);

  mkdirSync(join(root, '.data', 'database'), { recursive: true });
  const logFile = join(root, '.data', 'start.log');
  const log = createWriteStream(logFile);
  const children = [
    startPackage('backend', env, log),
    startPackage('app', env, log),
  ];
  const stopped = new Promise(done => {
    process.on('SIGINT', () => done('asked'));
    process.on('SIGTERM', () => done('asked'));
  });
  const died = Promise.race(
    children.map(child => child.ended.then(() => child.name)),
  );
  const ready = Promise.all([
    answers(`http://localhost:${ports.app}`),
    answers(`http://localhost:${ports.backend}/.backstage/health/v1/readiness`),
  ]).then(() => {
    console.log(`Ready at http://localhost:${ports.app} – Ctrl-C stops it.`);
  });
  ready.catch(() => {});

  const end = await Promise.race([
    stopped,
    died,
    ready.then(() => Promise.race([stopped, died])).catch(error => error),
  ]);
  await Promise.all(children.map(stop));
  await new Promise(done => log.end(done));
  if (end === 'asked') {
    return 0;
  }
  const why =
    end instanceof Error ? end.message : `The ${end} ended by itself.`;
  throw new SetUpError(
    `${why}\nThe last lines of .data/start.log:\n${lastLines(logFile)}`,
  );
});

/** Lets both ports be changed without a second configuration file. */
function portSettings() {
  const app = `http://localhost:${ports.app}`;
  const backend = `http://localhost:${ports.backend}`;
  return {
    APP_CONFIG_app_baseUrl: JSON.stringify(app),
    APP_CONFIG_backend_baseUrl: JSON.stringify(backend),
    APP_CONFIG_backend_listen_port: String(ports.backend),
    APP_CONFIG_backend_cors_origin: JSON.stringify(app),
  };
}

async function checkPort(port, variable) {
  const taken = await new Promise(done => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.once('connect', () => {
      socket.destroy();
      done(true);
    });
    socket.once('error', () => done(false));
  });
  if (taken) {
    throw new SetUpError(
      `Port ${port} is taken: stop what listens there, or choose another, as in ${variable}=${
        port + 1
      } npm start.`,
    );
  }
}

function startPackage(name, env, log) {
  const child = spawn(
    'node',
    [
      join(root, 'node_modules/@backstage/cli/bin/backstage-cli'),
      'package',
      'start',
    ],
    {
      cwd: join(root, 'packages', name),
      env: { ...env, BROWSER: 'none', NODE_ENV: 'development' },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own: Ctrl-C reaches only us, and we stop it in order.
      detached: true,
    },
  );
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', chunk => {
      log.write(chunk);
      if (verbose) {
        process.stdout.write(chunk);
      }
    });
  }
  const ended = new Promise(done => child.once('close', done));
  return { name, child, ended };
}

async function stop({ child, ended }) {
  signal(child, 'SIGTERM');
  const late = sleep(STOP_SECONDS * 1000, 'late', { ref: false });
  if ((await Promise.race([ended, late])) === 'late') {
    signal(child, 'SIGKILL');
    await ended;
  }
}

/** To the child and to what it has started. */
function signal(child, name) {
  try {
    process.kill(-child.pid, name);
  } catch {
    // It is gone already.
  }
}

async function answers(url) {
  const until = Date.now() + READY_SECONDS * 1000;
  while (Date.now() < until) {
    const response = await fetch(url, {
      signal: AbortSignal.timeout(10_000),
    }).catch(() => undefined);
    if (response?.ok) {
      return;
    }
    await sleep(250, undefined, { ref: false });
  }
  throw new Error(`${url} did not answer within ${READY_SECONDS} seconds.`);
}

async function step(command, args, env) {
  const child = spawn(command, args, {
    cwd: root,
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const code = await new Promise(done => child.once('close', done));
  if (code !== 0) {
    throw new SetUpError(`${[command, ...args].join(' ')} failed.`);
  }
}

function lastLines(file) {
  return readFileSync(file, 'utf8').trim().split('\n').slice(-15).join('\n');
}
