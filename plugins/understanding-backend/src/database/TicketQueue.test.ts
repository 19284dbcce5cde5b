import { TestDatabaseId } from '@backstage/backend-test-utils';
import fc from 'fast-check';
import { Knex } from 'knex';
import { secondsAfter } from './instants';
import { MigratedDatabases } from '../__testUtils__/MigratedDatabases';
import { Claim, TicketQueue } from './TicketQueue';

jest.setTimeout(120_000);

const START = '2026-01-01T00:00:00.000Z';

describe('TicketQueue', () => {
  const databases = MigratedDatabases.create({
    ids: ['SQLITE_3', 'POSTGRES_18'],
  });

  describe.each(databases.eachSupportedId())('on %s', id => {
    async function setUp(databaseId: TestDatabaseId) {
      const knex = await databases.init(databaseId);
      const time = { now: START };
      const queue = TicketQueue.create({ knex, clock: async () => time.now });
      return { knex, queue, time };
    }

    const claimAll = (queue: TicketQueue) =>
      queue.claim('entity', { limit: 100, leaseSeconds: 60 });

    const complete = (
      knex: Knex,
      queue: TicketQueue,
      claim: Claim,
      nextDueAt?: string,
    ) => knex.transaction(tx => queue.complete(tx, claim, nextDueAt));

    it('gives due work to one worker, and again only after its lease', async () => {
      const { knex, queue, time } = await setUp(id);
      await queue.mark(knex, 'entity', ['a', 'b'], START);
      await queue.mark(knex, 'entity', ['later'], secondsAfter(START, 30));

      const claims = await claimAll(queue);
      expect(claims.map(claim => claim.key).sort()).toEqual(['a', 'b']);
      await expect(claimAll(queue)).resolves.toEqual([]);

      await complete(knex, queue, claims[0]);
      time.now = secondsAfter(START, 61);
      expect(
        (await claimAll(queue)).map(({ key, attempts }) => [key, attempts]),
      ).toEqual(
        expect.arrayContaining([
          [claims[1].key, 2],
          ['later', 1],
        ]),
      );
    });

    it('gives what a dead worker held to others before its lease ends', async () => {
      const { knex, queue, time } = await setUp(id);
      const claimAs = async (worker: string) =>
        (
          await queue.claim('entity', { limit: 9, leaseSeconds: 600, worker })
        ).map(claim => claim.key);
      await queue.mark(knex, 'entity', ['a'], START);
      await queue.beat('one');
      await queue.beat('other');
      await expect(claimAs('one')).resolves.toEqual(['a']);
      for (let second = 1; second <= 20; second += 1) {
        time.now = secondsAfter(START, second);
        await queue.beat('one');
        await expect(claimAs('other')).resolves.toEqual([]);
      }
      time.now = secondsAfter(START, 27);
      await queue.beat('other');
      await expect(claimAs('other')).resolves.toEqual(['a']);
      await queue.leave('other');
      await expect(claimAs('one')).resolves.toEqual(['a']);
    });

    it('does work once more that was marked while it was being done', async () => {
      const { knex, queue } = await setUp(id);
      await queue.mark(knex, 'entity', ['a'], START);
      const [claim] = await claimAll(queue);
      await queue.mark(knex, 'entity', ['a'], START);
      await complete(knex, queue, claim, secondsAfter(START, 1000));

      const [again] = await claimAll(queue);
      expect(again).toMatchObject({ key: 'a' });
      await complete(knex, queue, again);
      await expect(claimAll(queue)).resolves.toEqual([]);
    });

    it('keeps the earlier of two due times, and comes back when it is next due', async () => {
      const { knex, queue, time } = await setUp(id);
      await queue.mark(knex, 'entity', ['a'], START);
      await queue.mark(knex, 'entity', ['a'], secondsAfter(START, 500));
      const [claim] = await claimAll(queue);
      expect(claim).toMatchObject({ key: 'a' });
      await complete(knex, queue, claim, secondsAfter(START, 100));

      await expect(claimAll(queue)).resolves.toEqual([]);
      time.now = secondsAfter(START, 100);
      await expect(claimAll(queue)).resolves.toMatchObject([{ key: 'a' }]);
    });

    it('does work that was marked meanwhile at once, though it failed', async () => {
      const { knex, queue } = await setUp(id);
      await queue.mark(knex, 'entity', ['a'], START);
      const [claim] = await claimAll(queue);
      await queue.mark(knex, 'entity', ['a'], START);
      await queue.giveBack(claim, 'it broke', 3600);
      await expect(claimAll(queue)).resolves.toMatchObject([{ key: 'a' }]);
    });

    it('lets a worker that is too late not end the lease of another', async () => {
      const { knex, queue, time } = await setUp(id);
      await queue.mark(knex, 'entity', ['a'], START);
      const [late] = await claimAll(queue);
      time.now = secondsAfter(START, 61);
      await claimAll(queue);
      await queue.mark(knex, 'entity', ['a'], START);
      await complete(knex, queue, late);
      await queue.giveBack(late, 'it broke', 0);
      await expect(claimAll(queue)).resolves.toEqual([]);
    });

    it('gives failed work back after a wait, and counts the attempts', async () => {
      const { knex, queue, time } = await setUp(id);
      await queue.mark(knex, 'entity', ['a'], START);
      const [claim] = await claimAll(queue);
      await queue.giveBack(claim, 'it broke', 10);
      await expect(claimAll(queue)).resolves.toEqual([]);
      time.now = secondsAfter(START, 10);
      await expect(claimAll(queue)).resolves.toMatchObject([{ attempts: 2 }]);
      await expect(
        knex('tickets').where({ key: 'a' }).first(),
      ).resolves.toMatchObject({ last_error: 'it broke' });
    });

    it('ends the leases of a dead process where it was the only one', async () => {
      const { knex, queue } = await setUp(id);
      await queue.mark(knex, 'entity', ['a'], START);
      await claimAll(queue);
      await queue.recover();
      await expect(claimAll(queue)).resolves.toHaveLength(
        id === 'SQLITE_3' ? 1 : 0,
      );
    });

    it('takes nothing while the queue that goes first has something to do', async () => {
      const { knex, queue } = await setUp(id);
      const claimAfterCatalog = () =>
        queue.claim('entity', {
          limit: 9,
          leaseSeconds: 60,
          waitsFor: 'catalog',
        });
      await queue.mark(knex, 'entity', ['a'], START);
      await queue.mark(knex, 'catalog', ['catalog'], START);
      await expect(claimAfterCatalog()).resolves.toEqual([]);
      const [claim] = await queue.claim('catalog', {
        limit: 1,
        leaseSeconds: 60,
      });
      await expect(claimAfterCatalog()).resolves.toEqual([]);
      // Half of it was done, and is to be done again.
      await queue.giveBack(claim, 'it broke', 30);
      await expect(claimAfterCatalog()).resolves.toEqual([]);
      await complete(knex, queue, claim, secondsAfter(START, 300));
      await expect(claimAfterCatalog()).resolves.toMatchObject([{ key: 'a' }]);
    });

    it('never gives one piece of work to two workers at once', async () => {
      const { knex, queue } = await setUp(id);
      const keys = Array.from({ length: 60 }, (_, index) => `key-${index}`);
      await queue.mark(knex, 'entity', keys, START);
      const claims = await Promise.all(
        Array.from({ length: 12 }, () =>
          queue.claim('entity', { limit: 5, leaseSeconds: 60 }),
        ),
      );
      const claimed = claims.flat().map(claim => claim.key);
      expect(new Set(claimed).size).toBe(claimed.length);
    });

    it('loses no mark, whatever the order of marks, claims and completions', async () => {
      const { knex, queue, time } = await setUp(id);
      const step = fc.constantFrom('mark', 'claim', 'complete', 'fail', 'wait');
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 25 }), async steps => {
          await knex('tickets').delete();
          let held: Claim[] = [];
          // Whether the key was marked after the last claim that may complete it.
          let owed = false;
          for (const next of steps) {
            if (next === 'mark') {
              await queue.mark(knex, 'entity', ['a'], time.now);
              owed = true;
            } else if (next === 'claim') {
              const claimed = await claimAll(queue);
              if (claimed.length > 0) {
                held = claimed;
                owed = false;
              }
            } else if (next === 'complete' && held.length > 0) {
              await complete(knex, queue, held[0]);
              held = [];
            } else if (next === 'fail' && held.length > 0) {
              await queue.giveBack(held[0], 'failed', 0);
              held = [];
              owed = true;
            } else if (next === 'wait') {
              time.now = secondsAfter(time.now, 61);
            }
          }
          time.now = secondsAfter(time.now, 61);
          const left = await claimAll(queue);
          expect(left.length > 0).toBe(owed || held.length > 0);
        }),
        { numRuns: 40 },
      );
    });
  });
});
