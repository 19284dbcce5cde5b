#!/usr/bin/env node
/**
 * `npm test`: everything. `npm test -- unit` runs one stage; the stages are format,
 * lint, types, unit, scripts and browser.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { POSTGRES, startPostgres } from './postgres.mjs';
import {
  resultOfCommand,
  resultOfJest,
  resultOfNodeTest,
  resultOfPlaywright,
  sum,
} from './results.mjs';
import { SetUpError, prepare, root, run } from './toolchain.mjs';

const STAGE_MINUTES = 25;
const reports = join(root, '.cache', 'test-reports');

const stages = {
  format: env => command('yarn', ['prettier', '--check', '.'], env),
  lint: env =>
    command('yarn', ['lint', '--max-warnings', '0', '--successCache'], env),
  types: env => command('yarn', ['build:api-reports', '--ci'], env),
  unit,
  scripts,
  browser,
};
/**
 * What goes on beside one another, in order: each of the first needs one core, and each
 * of the others all.
 */
const lanes = [
  [['lint'], ['format', 'types', 'scripts']],
  [['unit']],
  [['browser']],
];

await run(async () => {
  const chosen = process.argv.slice(2);
  for (const name of chosen) {
    if (!(name in stages)) {
      throw new SetUpError(
        `There is no stage "${name}"; the stages are ${Object.keys(stages).join(
          ', ',
        )}.`,
      );
    }
  }
  const env = await prepare();
  rmSync(reports, { recursive: true, force: true });
  mkdirSync(reports, { recursive: true });
  const results = [];
  for (const together of lanes) {
    await Promise.all(
      together.map(async lane => {
        for (const name of lane) {
          if (chosen.length === 0 || chosen.includes(name)) {
            results.push(await runStage(name, env));
          }
        }
      }),
    );
  }
  const { passed, failed } = sum(results);
  console.log(`\n${passed} passed, ${failed} failed`);
  return failed === 0 && passed > 0 ? 0 : 1;
});

async function runStage(name, env) {
  console.log(`\n== ${name}`);
  const start = Date.now();
  const result = await stages[name](env).catch(error => ({
    passed: 0,
    failed: 1,
    notes: [String(error?.message ?? error)],
  }));
  result.notes.forEach(note => console.log(`${name}: ${note}`));
  console.log(
    `== ${name}: ${result.passed} passed, ${result.failed} failed, ${Math.round(
      (Date.now() - start) / 1000,
    )} s`,
  );
  return result;
}

async function command(program, args, env) {
  return resultOfCommand((await execute(program, args, env)).code);
}

async function unit(env) {
  const postgres = await testPostgres();
  const file = join(reports, 'jest.json');
  try {
    const { code } = await execute(
      'yarn',
      ['unit', '--watchAll=false', '--json', `--outputFile=${file}`],
      {
        ...env,
        [POSTGRES]: postgres.url,
        // Real histories are read in child processes, which take a while to load.
        NODE_OPTIONS: '--max-old-space-size=4096',
      },
    );
    return resultOfJest(readJson(file), code);
  } finally {
    await postgres.stop();
  }
}

async function scripts(env) {
  const { code, output } = await execute(
    'node',
    [
      '--test',
      '--test-reporter=tap',
      'scripts/*.test.mjs',
      'examples/*.test.mjs',
    ],
    env,
  );
  return resultOfNodeTest(output, code);
}

async function browser(env) {
  const file = join(reports, 'playwright.json');
  const { code } = await execute('yarn', ['playwright', 'test'], {
    ...env,
    PLAYWRIGHT_JSON_OUTPUT_FILE: file,
  });
  return resultOfPlaywright(readJson(file), code);
}

/** A real PostgreSQL of our own, or the one that the environment names. */
async function testPostgres() {
  return process.env[POSTGRES]
    ? { url: process.env[POSTGRES], stop: async () => {} }
    : startPostgres({ durable: false });
}

/** Runs a command, shows what it prints, and ends it with its children when late. */
async function execute(program, args, env) {
  const child = spawn(program, args, {
    cwd: root,
    env: { ...env, CI: 'true', FORCE_COLOR: '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const output = [];
  for (const [stream, target] of [
    [child.stdout, process.stdout],
    [child.stderr, process.stderr],
  ]) {
    stream.on('data', chunk => {
      output.push(chunk);
      target.write(chunk);
    });
  }
  const timer = setTimeout(() => {
    console.error(`It took over ${STAGE_MINUTES} minutes and is ended.`);
    process.kill(-child.pid, 'SIGKILL');
  }, STAGE_MINUTES * 60 * 1000);
  const code = await new Promise(done => {
    child.once('error', () => done(127));
    child.once('close', done);
  });
  clearTimeout(timer);
  return { code: code ?? 1, output: Buffer.concat(output).toString('utf8') };
}

function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
