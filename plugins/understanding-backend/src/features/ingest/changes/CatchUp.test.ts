import { ChangeHostError } from '@understanding-dev/backstage-plugin-understanding-node';
import { component, group, user } from '../../../__testUtils__/catalog';
import {
  HOST,
  file,
  hostChange,
  hostedIn,
  merged,
} from '../../../__testUtils__/changes';
import { Installation } from '../../../__testUtils__/Installation';
import { MigratedDatabases } from '../../../__testUtils__/MigratedDatabases';

jest.setTimeout(240_000);

const CART = component('cart', {
  owner: 'shop',
  annotations: hostedIn('acme/shop'),
});

describe('catching up with a host', () => {
  const databases = MigratedDatabases.create({
    ids: ['SQLITE_3', 'POSTGRES_18'],
  });
  const installations: Installation[] = [];
  afterEach(() => {
    installations.splice(0).forEach(installation => installation.dispose());
  });

  async function install(id: string) {
    const knex = await databases.init(id as 'SQLITE_3');
    const installation = Installation.create(knex).withHost();
    installations.push(installation);
    installation.repository(`${HOST}/acme/shop`).commit({
      by: 'ada',
      at: '2026-05-01T10:00:00.000Z',
      write: { 'a.ts': 'a\n' },
    });
    return { installation, knex };
  }

  /** Lets the host hold changes, each a minute younger than the one before. */
  function hold(installation: Installation, count: number, more = {}) {
    for (let number = 1; number <= count; number += 1) {
      const at = new Date(Date.UTC(2026, 3, 1, 0, number)).toISOString();
      const change = merged(hostChange(number, { createdAt: at, ...more }), at);
      installation.host.hosted.set(change.id, {
        change,
        files: [file('a.ts')],
        reviews: [],
      });
    }
  }

  describe.each(databases.eachSupportedId())('on %s', id => {
    it('reads the past of a repository, the newest first, a budget at a time', async () => {
      const { installation, knex } = await install(id);
      hold(installation, 250);
      await installation.catalogHolds(CART, group('shop'));
      const unread = async () =>
        (await installation.ingest()).repositories[0].unread;

      // One run has a hundred requests: the lists, and what it could read.
      expect(installation.host.requests).toBeLessThanOrEqual(100);
      const read = await knex('changes')
        .whereNotNull('read_head')
        .orderBy('number');
      expect(read.length).toBeGreaterThan(80);
      expect(read[read.length - 1].number).toBe(250);

      const before = installation.host.requests;
      await installation.minutesPass(1);
      expect(installation.host.requests - before).toBeLessThanOrEqual(100);
      await expect(unread()).resolves.toBeGreaterThan(0);
      for (let minute = 0; minute < 4; minute += 1) {
        await installation.minutesPass(1);
      }
      await expect(unread()).resolves.toBe(0);
      expect((await installation.ingest()).repositories).toEqual([
        {
          host: HOST,
          repository: 'acme/shop',
          changes: 250,
          unread: 0,
          backfilledAt: expect.any(String),
          sweptAt: expect.any(String),
        },
      ]);
    });

    it('asks for two kinds of evidence only when all reviews are known', async () => {
      const { installation } = await install(id);
      hold(installation, 150);
      await installation.catalogHolds(CART, group('shop'), user('ada'));
      const rule = async () =>
        (await installation.understanding('component:default/cart'))
          .understandingRule;
      await expect(rule()).resolves.toMatchObject({
        collectedKinds: ['authored'],
        kindsNeeded: 1,
      });
      for (let minute = 0; minute < 4; minute += 1) {
        await installation.minutesPass(1);
      }
      await expect(rule()).resolves.toMatchObject({
        collectedKinds: ['authored', 'reviewed'],
        kindsNeeded: 2,
      });
    });

    it('finds what was updated while nobody listened', async () => {
      const { installation } = await install(id);
      hold(installation, 3, { state: 'open' });
      await installation.catalogHolds(CART, group('shop'));
      await installation.minutesPass(1);
      const missed = merged(hostChange(4), installation.now);
      installation.host.hosted.set(missed.id, {
        change: missed,
        files: [file('a.ts')],
        reviews: [],
      });
      await installation.minutesPass(14);
      await expect(installation.change(missed.id)).resolves.toBeUndefined();
      await installation.minutesPass(1);
      await expect(installation.change(missed.id)).resolves.toEqual(missed);
    });

    it('recovers what a host could not deliver within 15 minutes', async () => {
      // A thousand take a PostgreSQL beside all other tests some minutes.
      const missed = id === 'SQLITE_3' ? 1000 : 250;
      const { installation, knex } = await install(id);
      await installation.catalogHolds(CART, group('shop'));
      await installation.minutesPass(1);
      for (let number = 1; number <= missed; number += 1) {
        const change = hostChange(number);
        installation.host.failed.set(
          change.id,
          installation.host.request([{ type: 'change', change }], change.id),
        );
      }
      let recovered = 0;
      for (let minute = 0; minute < 15 && recovered < missed; minute += 1) {
        await installation.minutesPass(1);
        recovered = (await knex('changes')).length;
      }
      expect(recovered).toBe(missed);
    });

    it('goes on with other repositories where one may not be read', async () => {
      const { installation } = await install(id);
      hold(installation, 2);
      const { listChanges } = installation.host;
      installation.host.listChanges = async (query, options) => {
        if (query.repository === 'acme/aside') {
          throw new ChangeHostError('not-found', 'There is no acme/aside');
        }
        return listChanges.call(installation.host, query, options);
      };
      await installation.catalogHolds(
        CART,
        component('aside', {
          owner: 'shop',
          annotations: hostedIn('acme/aside'),
        }),
        group('shop'),
      );
      const { repositories } = await installation.ingest();
      expect(
        repositories.map(one => [one.repository, one.changes, one.problem]),
      ).toEqual([
        ['acme/aside', 0, 'There is no acme/aside'],
        ['acme/shop', 2, undefined],
      ]);
    });

    it('waits as long as a host asks it to', async () => {
      const { installation } = await install(id);
      hold(installation, 2);
      installation.host.failure = new ChangeHostError(
        'rate-limited',
        'Come back later',
        600,
      );
      await installation.catalogHolds(CART, group('shop'));
      const { requests } = installation.host;
      installation.host.failure = undefined;
      await installation.minutesPass(9);
      expect(installation.host.requests).toBe(requests);
      await installation.minutesPass(2);
      expect(installation.host.requests).toBeGreaterThan(requests);
      expect((await installation.ingest()).repositories[0].changes).toBe(2);
    });

    it('leaves a repository alone that no entity names any more', async () => {
      const { installation } = await install(id);
      hold(installation, 1);
      await installation.catalogHolds(CART, group('shop'));
      await installation.catalogHolds(group('shop'));
      await installation.minutesPass(1);
      const { requests } = installation.host;
      await installation.minutesPass(60);
      // One an hour and minute: what it could not deliver.
      expect((await installation.ingest()).repositories).toEqual([]);
      expect(installation.host.requests - requests).toBeLessThanOrEqual(61);
    });
  });
});
