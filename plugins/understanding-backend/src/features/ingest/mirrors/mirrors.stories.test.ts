import { HostFact } from '@understanding-dev/backstage-plugin-understanding-common';
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { GitServer } from '../../../__testUtils__/GitServer';
import { Installation } from '../../../__testUtils__/Installation';
import { MigratedDatabases } from '../../../__testUtils__/MigratedDatabases';
import { component, group, user } from '../../../__testUtils__/catalog';
import { addressOn } from '../../../__testUtils__/gitHost';
import { useTemporaryFolder } from '../../../__testUtils__/temporaryFolder';

jest.setTimeout(180_000);

const HOUR = 60;
const DAY = 24 * HOUR;
const INSTANCE = 'code.acme.example';

const push = (repository: string, host = INSTANCE): HostFact => ({
  type: 'push',
  host,
  repository,
  branch: 'main',
});

/** Text that takes so many bytes however it is packed. */
const noise = (bytes: number) => randomBytes(bytes).toString('base64');

/** What comes of repositories that are on a host, and not on this machine. */
describe('repositories of a host', () => {
  const databases = MigratedDatabases.create({
    ids: ['SQLITE_3', 'POSTGRES_18'],
  });

  describe.each(databases.eachSupportedId())('on %s', id => {
    const directory = useTemporaryFolder();
    let server: GitServer;
    let installation: Installation;

    async function install(mirrors: {} = {}): Promise<void> {
      installation?.dispose();
      installation = Installation.create(await databases.init(id), {
        mirrors: { directory: directory(), ...mirrors },
      });
      installation.host.clone = ({ repository: path }) =>
        addressOn(server, path);
      installation.withHost();
    }

    beforeEach(async () => {
      server = await GitServer.create();
      await install();
    });

    afterEach(async () => {
      installation.dispose();
      await server.dispose();
    });

    const service = (name: string, path = `acme/${name}`) =>
      component(name, {
        owner: 'payments',
        annotations: {
          'backstage.io/source-location': `url:https://${INSTANCE}/${path}/`,
        },
      });
    const people = [
      group('payments', { members: ['ada', 'bo'] }),
      user('ada'),
      user('bo'),
    ];
    const holds = (...names: string[]) =>
      installation.catalogHolds(...names.map(name => service(name)), ...people);

    function repository(name: string, by = 'ada') {
      return server.repository(`acme/${name}`).commit({
        by,
        at: installation.daysAgo(10),
        write: { 'README.md': `# ${name}\n`, 'src/a.ts': 'export {};\n' },
      });
    }

    const change = (by = 'bo') => ({
      by,
      at: installation.daysAgo(1),
      write: { [`src/${by}.ts`]: 'export const x = 1;\n' },
    });

    const mirror = (name: string) =>
      join(directory(), INSTANCE, 'acme', `${name}.git`);

    async function knownBy(name: string) {
      const { people: known, source } = await installation.understanding(
        `component:default/${name}`,
      );
      return source.type === 'unknown'
        ? source.reason
        : (known ?? []).map(one => one.displayName).sort();
    }

    /** How much was asked for since this was last called. */
    function traffic() {
      const { requests, fetches } = server;
      server.requests = [];
      server.fetches = 0;
      return { requests: requests.length, fetches };
    }

    it('are fetched and read, with links to where they are', async () => {
      const shop = repository('shop');
      await holds('shop');
      expect(await knownBy('shop')).toEqual(['Ada']);
      const { people: known, source } = await installation.understanding(
        'component:default/shop',
      );
      expect(source).toMatchObject({ type: 'read', repository: 'acme/shop' });
      expect(known?.[0].evidence[0].url).toBe(
        `https://${INSTANCE}/acme/shop/commit/${shop
          .git(['rev-parse', 'main'])
          .trim()}`,
      );
    });

    it('are fetched again after a push, and otherwise once an hour', async () => {
      const shop = repository('shop');
      await holds('shop');
      shop.commit(change());
      traffic();
      await installation.minutesPass(10);
      expect(server.requests).toEqual([]);
      expect(await knownBy('shop')).toEqual(['Ada']);

      await installation.told(push('acme/shop'));
      expect(traffic().fetches).toBeGreaterThan(0);
      expect(await knownBy('shop')).toEqual(['Ada', 'Bo']);

      shop.commit(change('eve'));
      await installation.minutesPass(HOUR);
      expect(await knownBy('shop')).toEqual(['Ada', 'Bo', 'Eve']);
    });

    it('are not asked for when a push is told of what no entity names', async () => {
      repository('shop');
      repository('other');
      await holds('shop');
      traffic();
      await installation.told(push('acme/other'));
      await installation.told(push('acme/shop', 'elsewhere.example'));
      await installation.told(push('../../etc'));
      expect(server.requests).toEqual([]);
    });

    it('are one, however they are written', async () => {
      repository('shop');
      await installation.catalogHolds(
        service('shop', 'acme/shop'),
        service('same', 'acme/shop.git'),
        ...people,
      );
      expect(await knownBy('same')).toEqual(['Ada']);
      expect(server.requests.filter(one => one.startsWith('GET'))).toHaveLength(
        1,
      );
    });

    it('are read from a clone that is on this machine, where there is one', async () => {
      repository('shop', 'ada');
      installation.repository(`${INSTANCE}/acme/shop`).commit(change('bo'));
      await holds('shop');
      expect(await knownBy('shop')).toEqual(['Bo']);
      expect(server.requests).toEqual([]);
    });

    it('are told to be unknown with the reason, until they can be read', async () => {
      await holds('shop');
      expect(await knownBy('shop')).toMatch(
        /Its host does not find .*acme\/shop/,
      );
      const shop = server.repository('acme/shop');
      await installation.minutesPass(6);
      expect(await knownBy('shop')).toMatch(/no commit on its default branch/);
      shop.commit(change('ada'));
      await installation.told(push('acme/shop'));
      expect(await knownBy('shop')).toEqual(['Ada']);
    });

    it('are tried again after growing waits', async () => {
      await holds('shop');
      const tries: number[] = [];
      for (let minute = 5; minute <= 3 * HOUR; minute += 5) {
        traffic();
        await installation.minutesPass(5);
        if (server.requests.length > 0) {
          tries.push(minute);
        }
      }
      const waits = tries.map(
        (minute, index) => minute - (tries[index - 1] ?? 0),
      );
      expect(waits.length).toBeGreaterThanOrEqual(4);
      // 5, 10, 20, 40 and 80 minutes, up to the next look at the repository.
      waits.forEach((wait, index) => {
        expect(wait).toBeGreaterThanOrEqual(5 * 2 ** index);
        expect(wait).toBeLessThanOrEqual(5 * 2 ** index + 5);
      });
    });

    it('stay known while their host is away for a day, and no longer', async () => {
      repository('shop');
      await holds('shop');
      server.misbehaviour = { type: 'status', status: 503 };
      for (let hour = 0; hour < 24; hour += 1) {
        await installation.minutesPass(HOUR);
        expect(await knownBy('shop')).toEqual(['Ada']);
      }
      await installation.minutesPass(2 * HOUR);
      expect(await knownBy('shop')).toMatch(/gives no answer/);
      server.misbehaviour = undefined;
      await installation.minutesPass(DAY);
      expect(await knownBy('shop')).toEqual(['Ada']);
    });

    it('go from the disk when they are gone twice, and come back', async () => {
      repository('shop');
      await holds('shop');
      server.remove('acme/shop');
      await installation.minutesPass(HOUR);
      expect(await knownBy('shop')).toMatch(/does not find/);
      expect(existsSync(mirror('shop'))).toBe(true);
      await installation.minutesPass(HOUR);
      expect(existsSync(mirror('shop'))).toBe(false);
      repository('shop', 'bo');
      await installation.minutesPass(DAY);
      expect(await knownBy('shop')).toEqual(['Bo']);
    });

    it('go from the disk when no entity names them any more', async () => {
      repository('shop');
      repository('cart');
      await holds('shop', 'cart');
      await holds('cart');
      await installation.minutesPass(10);
      expect(existsSync(mirror('shop'))).toBe(false);
      expect(existsSync(mirror('cart'))).toBe(true);
    });

    it('follow a rewritten history and another default branch', async () => {
      const shop = repository('shop');
      await holds('shop');
      shop.git(['update-ref', '-d', 'refs/heads/main']);
      server.remove('acme/shop');
      const anew = repository('shop', 'bo');
      anew.git(['branch', '--move', 'main', 'trunk']);
      anew.git(['symbolic-ref', 'HEAD', 'refs/heads/trunk']);
      await installation.told(push('acme/shop'));
      expect(await knownBy('shop')).toEqual(['Bo']);
    });

    it('are fetched anew where the mirror was lost or damaged', async () => {
      const shop = repository('shop');
      await holds('shop');
      rmSync(mirror('shop'), { recursive: true });
      shop.commit(change());
      await installation.minutesPass(HOUR);
      expect(await knownBy('shop')).toEqual(['Ada', 'Bo']);

      rmSync(join(mirror('shop'), 'objects'), { recursive: true });
      shop.commit(change('eve'));
      await installation.minutesPass(HOUR);
      await installation.minutesPass(DAY);
      await installation.minutesPass(DAY);
      expect(await knownBy('shop')).toContain('Eve');
    });

    it('lose their place to others, and nothing else', async () => {
      await install({ maxSize: '1MB', maxRepositorySize: '1MB' });
      const names = ['one', 'two', 'six'];
      const repositories = new Map(
        names.map(name => [
          name,
          repository(name).commit({
            by: 'ada',
            at: installation.daysAgo(5),
            write: { 'noise.bin': noise(450_000) },
          }),
        ]),
      );
      await holds(...names);
      const here = names.filter(name => existsSync(mirror(name)));
      expect(here).toHaveLength(2);
      for (const name of names) {
        expect(await knownBy(name)).toEqual(['Ada']);
      }
      // What has no room is asked for its head, and not fetched again and again.
      traffic();
      await installation.minutesPass(HOUR);
      const { requests, fetches } = traffic();
      expect(requests).toBeGreaterThan(0);
      expect(fetches).toBe(0);
      // Nor is anything told twice, or forgotten.
      for (const name of names) {
        expect(await knownBy(name)).toEqual(['Ada']);
      }
      const [gone] = names.filter(name => !here.includes(name));
      repositories.get(gone)?.commit(change());
      await installation.minutesPass(HOUR);
      expect(await knownBy(gone)).toEqual(['Ada', 'Bo']);
      expect(existsSync(mirror(gone))).toBe(true);
    });

    it('of which one is too large is told so, and leaves nothing', async () => {
      await install({ maxRepositorySize: '1MB' });
      repository('shop').commit({
        by: 'ada',
        at: installation.daysAgo(5),
        write: {
          'noise.bin': noise(3_000_000),
        },
      });
      await holds('shop');
      expect(await knownBy('shop')).toMatch(/raise .*maxRepositorySize/);
      expect(existsSync(mirror('shop'))).toBe(false);
    });

    it('may be mirrored by replicas with a disk each, of which none reads an older head', async () => {
      const shop = repository('shop');
      await holds('shop');
      const [one, other] = [`${directory()}.1`, `${directory()}.2`];
      const swap = (from: string, to: string) => {
        renameSync(directory(), from);
        if (existsSync(to)) {
          renameSync(to, directory());
        }
      };
      try {
        // The other replica has nothing yet, and nothing to do.
        swap(one, other);
        traffic();
        await installation.minutesPass(10);
        expect(server.requests).toEqual([]);
        // It learns of a push.
        shop.commit(change());
        await installation.told(push('acme/shop'));
        expect(await knownBy('shop')).toEqual(['Ada', 'Bo']);
        // The first one again, whose mirror is older.
        swap(other, one);
        await installation.minutesPass(6);
        expect(await knownBy('shop')).toEqual(['Ada', 'Bo']);
        expect(
          JSON.parse(
            readFileSync(join(mirror('shop'), 'understanding.json'), 'utf8'),
          ).head,
        ).toBe(shop.git(['rev-parse', 'main']).trim());
      } finally {
        rmSync(one, { recursive: true, force: true });
        rmSync(other, { recursive: true, force: true });
      }
    });

    it('are not fetched where no change host serves them, and the page says what to do', async () => {
      repository('shop');
      await installation.catalogHolds(
        component('shop', {
          annotations: {
            'backstage.io/source-location':
              'url:https://elsewhere.example/acme/shop/',
          },
        }),
      );
      expect(await knownBy('shop')).toMatch(
        /clone it to .* or have it fetched by a change host for elsewhere\.example/,
      );
      expect(server.requests).toEqual([]);
    });
  });
});
