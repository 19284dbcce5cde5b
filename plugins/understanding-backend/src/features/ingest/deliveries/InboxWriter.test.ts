import { Knex } from 'knex';
import { databaseClock, isPostgres } from '../../../database/instants';
import { MigratedDatabases } from '../../../__testUtils__/MigratedDatabases';
import { TicketQueue } from '../../../database/TicketQueue';
import { InboxStore } from './InboxStore';
import { InboxWriter } from './InboxWriter';

jest.setTimeout(60_000);

function delivery(number: number, size = 10) {
  return {
    host: 'standin',
    deliveryId: `delivery-${number}`,
    event: 'facts',
    contentType: 'application/json',
    body: Buffer.alloc(size, `${number} `),
  };
}

describe('InboxWriter', () => {
  const databases = MigratedDatabases.create({
    ids: ['SQLITE_3', 'POSTGRES_18'],
  });

  async function create(knex: Knex, maxMillis = 30_000) {
    const clock = databaseClock(knex);
    const queue = TicketQueue.create({ knex, clock });
    const inbox = InboxStore.create({ knex, queue });
    const transactions: number[] = [];
    const add = inbox.add.bind(inbox);
    inbox.add = async (group, now) => {
      transactions.push(group.length);
      return add(group, now);
    };
    return {
      writer: InboxWriter.create({ inbox, clock, maxMillis }),
      transactions,
    };
  }

  describe.each(databases.eachSupportedId())('on %s', id => {
    it('commits what comes at once in few transactions, each delivery once', async () => {
      const knex = await databases.init(id);
      const { writer, transactions } = await create(knex);
      const numbers = Array.from({ length: 500 }, (_, index) => index % 300);
      const isNew = await Promise.all(
        numbers.map(number => writer.add(delivery(number))),
      );
      expect(isNew.filter(Boolean)).toHaveLength(300);
      // The first goes alone, and at most a hundred of the others together.
      expect(transactions).toEqual([1, 100, 100, 100, 100, 99]);
      const stored = await knex('inbox').select('id');
      const due = await knex('tickets').where({ queue: 'delivery' });
      expect(stored).toHaveLength(300);
      expect(due.map(ticket => ticket.key).sort()).toEqual(
        stored.map(row => row.id).sort(),
      );
    });

    it('puts no more bytes in a transaction than a database takes easily', async () => {
      const knex = await databases.init(id);
      const { writer, transactions } = await create(knex);
      const megabytes = [1, 3, 3, 3, 20, 1];
      await Promise.all(
        megabytes.map((size, number) =>
          writer.add(delivery(number, size * 1024 * 1024)),
        ),
      );
      expect(transactions).toEqual([1, 2, 1, 1, 1]);
      await expect(knex('inbox')).resolves.toHaveLength(megabytes.length);
    });

    it('refuses those whose transaction fails, and takes the next', async () => {
      const knex = await databases.init(id);
      const { writer } = await create(knex);
      await knex.schema.renameTable('tickets', 'away');
      await expect(writer.add(delivery(1))).rejects.toThrow('tickets');
      await expect(knex('inbox')).resolves.toEqual([]);
      await knex.schema.renameTable('away', 'tickets');
      await expect(writer.add(delivery(1))).resolves.toBe(true);
    });

    it('gives up what is not committed in time, and has it once when it comes again', async () => {
      const knex = await databases.init(id);
      const { writer } = await create(knex, 1000);
      const lock = await knex.transaction();
      if (isPostgres(knex)) {
        // SQLite has a single connection, which is taken.
        await lock.raw('LOCK TABLE inbox IN ACCESS EXCLUSIVE MODE');
      }
      const given = await Promise.allSettled(
        [1, 2, 3].map(number => writer.add(delivery(number))),
      );
      expect(
        given.map(one => one.status === 'rejected' && one.reason.name),
      ).toEqual(Array(3).fill('TimeoutError'));
      await lock.rollback();
      await Promise.all(
        [1, 2, 3, 4].map(number => writer.add(delivery(number))),
      );
      const stored = await knex('inbox').orderBy('delivery_id');
      expect(stored.map(row => row.delivery_id)).toEqual(
        [1, 2, 3, 4].map(number => `delivery-${number}`),
      );
    });
  });
});
