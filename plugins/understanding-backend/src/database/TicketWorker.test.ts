import { mockServices } from '@backstage/backend-test-utils';
import { databaseClock } from './instants';
import { MigratedDatabases } from '../__testUtils__/MigratedDatabases';
import { TicketQueue } from './TicketQueue';
import { TicketHandler, TicketWorker } from './TicketWorker';

jest.setTimeout(60_000);

describe('TicketWorker', () => {
  const databases = MigratedDatabases.create({ ids: ['SQLITE_3'] });

  async function start(handle: TicketHandler['handle']) {
    const knex = await databases.init('SQLITE_3');
    const clock = databaseClock(knex);
    const queue = TicketQueue.create({ knex, clock });
    await queue.mark(knex, 'delivery', ['a'], await clock());
    const worker = TicketWorker.create({
      queue,
      handlers: [
        { queue: 'delivery', concurrency: 1, leaseSeconds: 0.05, handle },
      ],
      logger: mockServices.logger.mock(),
      pollMillis: 1,
    });
    worker.start();
    return { worker, queue };
  }

  async function until(condition: () => boolean | Promise<boolean>) {
    while (!(await condition())) {
      await new Promise(done => setTimeout(done, 5));
    }
  }

  it('notices work that goes on for longer than it is leased', async () => {
    let end = () => {};
    let begun = false;
    const { worker } = await start(async () => {
      begun = true;
      await new Promise<void>(done => {
        end = done;
      });
    });
    await until(() => begun);
    await until(() => !worker.isWorking());
    const stopped = worker.stop();
    end();
    await stopped;
    expect(begun).toBe(true);
  });

  it('works while work fails, and tells how much is tried again', async () => {
    const { worker, queue } = await start(async () => {
      throw new Error('It does not work');
    });
    await until(async () => (await queue.status())[0].retrying === 1);
    expect(worker.isWorking()).toBe(true);
    await worker.stop();
    await expect(queue.status()).resolves.toEqual([
      expect.objectContaining({ queue: 'delivery', due: 0, retrying: 1 }),
    ]);
  });
});
