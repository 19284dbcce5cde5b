import { TestDatabases } from '@backstage/backend-test-utils';
import {
  ExampleDeliveries,
  mutatedPayloads,
  readExamples,
} from './__testUtils__/ExampleDeliveries';

jest.setTimeout(240_000);

describe('payloads of GitHub', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
  const examples = readExamples();
  const opened: ExampleDeliveries[] = [];
  afterEach(async () => {
    for (const deliveries of opened.splice(0)) {
      await deliveries.dispose();
    }
  });

  async function start(id: string) {
    const knex = await databases.init(id as 'SQLITE_3');
    const deliveries = await ExampleDeliveries.create(knex);
    opened.push(deliveries);
    return { deliveries, knex };
  }

  it.each(databases.eachSupportedId())(
    'are taken, whatever event they tell of, on %s',
    async id => {
      const { deliveries, knex } = await start(id);
      await deliveries.deliver(
        examples.map(({ event, payload }) => ({
          event,
          body: Buffer.from(JSON.stringify(payload)),
        })),
      );
      const counts = await deliveries.counts();
      expect(Object.keys(counts.answers)).toEqual(['202']);
      expect(counts.mistakes).toEqual([]);
      expect(counts.states.dead ?? 0).toBe(0);
      expect(counts.states.done).toBeGreaterThan(0);
      await expect(knex('changes').first()).resolves.toMatchObject({
        repository: 'codertocat/hello-world',
        author: 'codertocat',
      });
    },
  );

  it.each(databases.eachSupportedId())(
    'do no harm, whatever they are changed to, on %s',
    async id => {
      const { deliveries } = await start(id);
      await deliveries.deliver(mutatedPayloads(examples, 1000, 4711));
      const counts = await deliveries.counts();
      expect(Object.keys(counts.answers)).toEqual(['202']);
      expect(counts.mistakes).toEqual([]);
      expect(counts.unhandledRejections).toBe(0);
      // What cannot be understood is kept, and some of it can be.
      expect(counts.states.dead).toBeGreaterThan(50);
      expect(counts.states.done).toBeGreaterThan(20);
    },
  );
});
