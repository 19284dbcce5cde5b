import { mockServices } from '@backstage/backend-test-utils';
import { readHead } from '@understanding-dev/git-knowledge';
import { execFileSync, spawn } from 'node:child_process';
import createKnex, { Knex } from 'knex';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  AUTHORIZATION,
  GitServer,
  Misbehaviour,
  PASSWORD,
} from '../../../__testUtils__/GitServer';
import type { FetchSetUp } from '../../../__testUtils__/fetchingProcess';
import { INSTANCE, gitHost } from '../../../__testUtils__/gitHost';
import {
  processesWith,
  untilNoProcessWith,
} from '../../../__testUtils__/processes';
import { useTemporaryFolder } from '../../../__testUtils__/temporaryFolder';
import { secondsAfter } from '../../../database/instants';
import { migrateUp } from '../../../database/migrations';
import { ChangeHosts } from '../ChangeHosts';
import { MirrorError } from './MirrorError';
import { MirrorStore } from './MirrorStore';
import { Mirrors } from './Mirrors';

jest.setTimeout(120_000);

const TRANSFORM = require.resolve('@backstage/cli/config/nodeTransform.cjs');
const PROGRAM = resolve(__dirname, '../../../__testUtils__/fetchingProcess.ts');
const LEASE_SECONDS = 600;
const DAY_SECONDS = 24 * 60 * 60;
const NOW = '2026-06-01T09:00:00.000Z';

describe('Mirrors', () => {
  const directory = useTemporaryFolder();
  const logger = mockServices.logger.mock();
  const { signal } = new AbortController();
  let server: GitServer;
  let knex: Knex;

  beforeEach(async () => {
    server = await GitServer.create();
    knex = createKnex({
      client: 'better-sqlite3',
      connection: { filename: ':memory:' },
      useNullAsDefault: true,
      pool: { min: 1, max: 1 },
    });
    await migrateUp(knex);
  });

  afterEach(async () => {
    await knex.destroy();
    await server.dispose();
  });

  /** As a replica has them. */
  function create(
    settings: { maxBytes?: number; timeoutSeconds?: number } = {},
  ) {
    const hosts = new ChangeHosts();
    hosts.add(gitHost(server));
    return Mirrors.create({
      settings: {
        directory: directory(),
        maxBytes: 2 ** 30,
        maxRepositoryBytes: 2 ** 30,
        fetchSeconds: 3600,
        timeoutSeconds: 60,
        ...settings,
      },
      hosts,
      store: MirrorStore.create({ knex }),
      logger,
      leaseSeconds: LEASE_SECONDS,
    });
  }

  const repository = (name: string) =>
    server.repository(`acme/${name}`).commit({
      by: 'ada',
      at: NOW,
      write: { 'a.ts': `${name}\n` },
    });

  const folderOf = (name: string) =>
    join(directory(), INSTANCE, 'acme', `${name}.git`);

  const headOf = (name: string) =>
    readHead(folderOf(name)).then(({ head }) => head);

  const workFolder = () => {
    const folder = join(directory(), '.work');
    return existsSync(folder) ? readdirSync(folder) : [];
  };

  it('leaves a host alone for a while that gave no answer', async () => {
    repository('shop');
    repository('cart');
    const mirrors = create({ timeoutSeconds: 1 });
    server.misbehaviour = { type: 'hang' };
    await expect(
      mirrors.update(folderOf('shop'), { now: NOW, signal }),
    ).rejects.toMatchObject({
      code: 'timeout',
      message: expect.stringContaining('/acme/shop took too long'),
    });
    server.misbehaviour = undefined;
    server.requests = [];
    await expect(
      mirrors.update(folderOf('cart'), { now: NOW, signal }),
    ).rejects.toMatchObject({
      code: 'timeout',
      message: expect.stringContaining('/acme/cart took too long'),
    });
    expect(server.requests).toEqual([]);
    // That was no failure of its own.
    const later = secondsAfter(NOW, 301);
    await mirrors.update(folderOf('cart'), { now: later, signal });
    expect(existsSync(folderOf('cart'))).toBe(true);
  });

  it.each<Misbehaviour>([
    { type: 'status', status: 401, body: `no ${AUTHORIZATION}` },
    { type: 'status', status: 500, body: `fatal: ${AUTHORIZATION}` },
    { type: 'redirect', to: `http://127.0.0.1:9/${PASSWORD}` },
  ])(
    'tells no secret to logs and database, though its host does: %j',
    async misbehaviour => {
      server.misbehaviour = misbehaviour;
      const error = await create()
        .update(folderOf('shop'), { now: NOW, signal })
        .catch(reason => reason);
      const calls = Object.values(logger).flatMap(
        log => (log as jest.Mock).mock?.calls ?? [],
      );
      const rows = await knex('mirrors').select();
      const told = JSON.stringify([calls, rows, error.message, error.stack]);
      // It does tell something.
      expect(told).toContain('A repository could not be fetched');
      expect(rows).toHaveLength(1);
      for (const secret of [AUTHORIZATION, AUTHORIZATION.slice(6), PASSWORD]) {
        expect(told).not.toContain(secret);
      }
    },
  );

  it('ends at once when it is told to stop, and counts no failure', async () => {
    repository('shop');
    server.misbehaviour = { type: 'hang' };
    const stop = new AbortController();
    const asked = server.nextRequest();
    const updating = create()
      .update(folderOf('shop'), { now: NOW, signal: stop.signal })
      .catch(error => error);
    await asked;
    stop.abort();
    expect((await updating).name).toBe('AbortError');
    await untilNoProcessWith(server.url);
    expect(workFolder()).toEqual([]);
    server.misbehaviour = undefined;
    await create().update(folderOf('shop'), { now: NOW, signal });
  });

  it('may be several at one mirror, whose leases are over, and none breaks it', async () => {
    const shop = repository('shop');
    for (const day of [0, 2, 4, 6]) {
      const now = secondsAfter(NOW, day * DAY_SECONDS);
      shop.commit({ by: 'ada', at: now, write: { 'b.ts': `${day}\n` } });
      const head = shop.git(['rev-parse', 'main']).trim();
      const outcomes = await Promise.allSettled(
        [create(), create(), create()].map(mirrors =>
          mirrors.update(folderOf('shop'), { now, signal }),
        ),
      );
      const failures = outcomes.flatMap(outcome =>
        outcome.status === 'rejected' ? [outcome.reason] : [],
      );
      expect(
        failures.filter(
          error => !(error instanceof MirrorError && error.isTemporary),
        ),
      ).toEqual([]);
      // Whoever comes next finds it as it should be, or makes it so.
      const later = secondsAfter(now, DAY_SECONDS + 1);
      await expect(
        create().update(folderOf('shop'), { now: later, signal }),
      ).resolves.toBe(head);
      await expect(headOf('shop')).resolves.toBe(head);
      expect(
        execFileSync('git', ['-C', folderOf('shop'), 'fsck', '--full']),
      ).toHaveLength(0);
    }
    expect(workFolder()).toEqual([]);
  });

  it('of which another replica reads one do not lose it', async () => {
    for (const name of ['shop', 'cart']) {
      repository(name);
    }
    const [one, other] = [create({ maxBytes: 1 }), create({ maxBytes: 1 })];
    await create().update(folderOf('shop'), { now: NOW, signal });
    await expect(
      other.update(folderOf('cart'), { now: NOW, signal }),
    ).rejects.toMatchObject({ code: 'no-room' });
    expect(existsSync(folderOf('shop'))).toBe(true);
    expect(existsSync(folderOf('cart'))).toBe(false);
    // It has read it, and there is room for the other one.
    await one.release(folderOf('shop'));
    await create({ maxBytes: 40_000 }).update(folderOf('cart'), {
      now: secondsAfter(NOW, 400),
      signal,
    });
    expect(existsSync(folderOf('cart'))).toBe(true);
  });

  it('leave nothing running and nothing half when their process is killed', async () => {
    repository('shop');
    server.misbehaviour = { type: 'trickle' };
    const setUp: FetchSetUp = {
      directory: directory(),
      repository: 'acme/shop',
      url: server.url,
      now: NOW,
    };
    const asked = server.nextRequest();
    const child = spawn(
      process.execPath,
      ['--require', TRANSFORM, PROGRAM, JSON.stringify(setUp)],
      { stdio: ['ignore', 'ignore', 'inherit'] },
    );
    const ended = once(child, 'exit');
    await Promise.race([asked, ended]);
    expect(processesWith('git-remote-http')).not.toEqual([]);
    child.kill('SIGKILL');
    await ended;
    await untilNoProcessWith(server.url);
    expect(existsSync(folderOf('shop'))).toBe(false);
    expect(workFolder()).toHaveLength(1);

    server.misbehaviour = undefined;
    const soon = secondsAfter(NOW, LEASE_SECONDS);
    await create().update(folderOf('shop'), { now: soon, signal });
    expect(existsSync(folderOf('shop'))).toBe(true);
    // Somebody else may still be at it; after twice its lease nobody is.
    expect(workFolder()).toHaveLength(1);
    const later = secondsAfter(NOW, 3 * LEASE_SECONDS + 3600);
    await create().update(folderOf('shop'), { now: later, signal });
    expect(workFolder()).toEqual([]);
  });

  it('take the place of whatever lies where a mirror belongs', async () => {
    const shop = repository('shop');
    mkdirSync(join(folderOf('shop'), 'objects'), { recursive: true });
    writeFileSync(join(folderOf('shop'), 'HEAD'), 'nonsense');
    writeFileSync(join(folderOf('shop'), 'understanding.json'), '{"head":1}');
    await create().update(folderOf('shop'), { now: NOW, signal });
    await expect(headOf('shop')).resolves.toBe(
      shop.git(['rev-parse', 'main']).trim(),
    );
  });

  it('say what a change host leaves behind that is not installed any more', async () => {
    const folder = join(directory(), 'elsewhere.example/acme/shop.git');
    await expect(
      create().update(folder, { now: NOW, signal }),
    ).rejects.toMatchObject({
      code: 'failed',
      message: expect.stringContaining('no change host serves it'),
    });
  });
});
