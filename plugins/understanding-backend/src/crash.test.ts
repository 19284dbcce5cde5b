import createKnex from 'knex';
import { spawn } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { component, group, user } from './__testUtils__/catalog';
import { CrashSetUp } from './__testUtils__/crashingProcess';
import { Repository } from './__testUtils__/Repository';

jest.setTimeout(240_000);

const SERVICES = 40;
const TRANSFORM = require.resolve('@backstage/cli/config/nodeTransform.cjs');
const PROGRAM = resolve(__dirname, '__testUtils__/crashingProcess.ts');

describe('a process that is killed', () => {
  let folder: string;
  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'understanding-crash-')));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('loses nothing, and tells nobody twice, wherever it was', async () => {
    Repository.create(join(folder, 'shop')).commit({
      by: 'ada',
      at: new Date().toISOString(),
      write: Object.fromEntries(
        Array.from({ length: SERVICES }, (_, index) => [
          `s${index}/README.md`,
          '# One\n',
        ]),
      ),
    });
    const arrived: string[] = [];
    let killAt = Infinity;
    let kill = () => {};
    const receiver = createServer(async (req, res) => {
      arrived.push(await text(req));
      if (arrived.length >= killAt) {
        killAt = Infinity;
        kill();
      } else {
        res.end();
      }
    });
    await new Promise<void>(done => receiver.listen(0, '127.0.0.1', done));

    const setUp: CrashSetUp = {
      file: join(folder, 'understanding.sqlite'),
      root: folder,
      epoch: Date.now(),
      receiver: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`,
      entities: [
        ...Array.from({ length: SERVICES }, (_, index) =>
          component(`s${index}`, {
            owner: 'payments',
            annotations: {
              'backstage.io/source-location': `file:${folder}/shop/`,
              'understanding.dev/source-paths': `s${index}`,
            },
          }),
        ),
        group('payments', { members: ['ada'], channels: 'chat:payments' }),
        user('ada'),
      ],
    };
    const startProcess = () => {
      const child = spawn(
        process.execPath,
        ['--require', TRANSFORM, PROGRAM, JSON.stringify(setUp)],
        { stdio: ['ignore', 'pipe', 'pipe'] },
      );
      const output = text(child.stdout);
      const errors = text(child.stderr);
      const ended = new Promise(done => child.once('close', done)).then(
        async () => (await output) + (await errors),
      );
      return { child, ended };
    };

    // Killed while alerts are on their way, each time a few later.
    for (const more of [1, 5, 11]) {
      const { child, ended } = startProcess();
      kill = () => child.kill('SIGKILL');
      killAt = arrived.length + more;
      await expect(ended).resolves.toBe('');
    }
    const { ended } = startProcess();
    await expect(ended).resolves.toContain('idle');
    receiver.close();

    const knex = createKnex({
      client: 'better-sqlite3',
      connection: { filename: setUp.file },
      useNullAsDefault: true,
    });
    const open = await knex('flags').where({ state: 'open' });
    const summaries = await knex('summaries');
    const outbox: Array<{
      state: string;
      dedupe_key: string;
      channel: string;
    }> = await knex('outbox').where({ channel: 'chat' });
    await knex.destroy();

    expect(summaries).toHaveLength(SERVICES);
    expect(open).toHaveLength(SERVICES);
    expect(outbox).toHaveLength(SERVICES);
    expect(new Set(arrived).size).toBe(arrived.length);
    const sent = outbox.filter(alert => alert.state === 'sent');
    const unknown = outbox.filter(alert => alert.state === 'unknown');
    expect(sent.length + unknown.length).toBe(SERVICES);
    // What was in hand when it was killed; at most four at a time.
    expect(unknown.length).toBeGreaterThan(0);
    expect(unknown.length).toBeLessThanOrEqual(3 * 4);
    for (const { dedupe_key: key } of sent) {
      expect(arrived).toContain(key);
    }
  });
});
