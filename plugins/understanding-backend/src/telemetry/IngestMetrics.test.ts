import {
  MetricsService,
  MetricsServiceObservableCallback,
} from '@backstage/backend-plugin-api/alpha';
import { TestDatabases, mockServices } from '@backstage/backend-test-utils';
import express from 'express';
import request from 'supertest';
import { hostChange } from '../__testUtils__/changes';
import { StandInHost } from '../__testUtils__/StandInHost';
import { databaseClock } from '../database/instants';
import { migrateUp } from '../database/migrations';
import { Claim, TicketQueue } from '../database/TicketQueue';
import { ChangeHosts } from '../features/ingest/ChangeHosts';
import {
  DeliveryHandler,
  MAX_DELIVERY_ATTEMPTS,
} from '../features/ingest/deliveries/DeliveryHandler';
import { createHookRouter } from '../features/ingest/deliveries/hookRoutes';
import { InboxStore } from '../features/ingest/deliveries/InboxStore';
import { FactWriter } from '../features/ingest/changes/FactWriter';
import { IngestMetrics } from './IngestMetrics';

jest.setTimeout(60_000);

/** Keeps what it is told, in short, e.g. `refused host=standin reason=busy`. */
class RecordingMetrics {
  readonly told: string[] = [];
  readonly gauges = new Map<string, MetricsServiceObservableCallback>();
  readonly service: MetricsService;

  constructor() {
    const instrument = (name: string) => {
      const tell = (_value: number, attributes?: object) =>
        this.told.push(
          [
            name.replace('understanding.ingest.', ''),
            ...Object.entries(attributes ?? {}).map(([key, value]) =>
              [key, value].join('='),
            ),
          ].join(' '),
        );
      return { add: tell, record: tell };
    };
    const observable = (name: string) => ({
      addCallback: (callback: MetricsServiceObservableCallback) => {
        this.gauges.set(name, callback);
      },
      removeCallback: () => {},
    });
    this.service = {
      createCounter: instrument,
      createUpDownCounter: instrument,
      createHistogram: instrument,
      createGauge: instrument,
      createObservableCounter: observable,
      createObservableUpDownCounter: observable,
      createObservableGauge: observable,
    };
  }
}

describe('what ingest tells of itself', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

  async function start(write: () => Promise<string | undefined>) {
    const knex = await databases.init('SQLITE_3');
    await migrateUp(knex);
    const clock = databaseClock(knex);
    const queue = TicketQueue.create({ knex, clock });
    const inbox = InboxStore.create({ knex, queue });
    const recorded = new RecordingMetrics();
    const metrics = IngestMetrics.create({ metrics: recorded.service });
    metrics.observeQueues(() => queue.status());
    const host = new StandInHost();
    const hosts = new ChangeHosts();
    hosts.add(host);
    const handler = DeliveryHandler.create({
      knex,
      clock,
      queue,
      hosts,
      inbox,
      metrics,
      facts: { write } as unknown as FactWriter,
    });
    const app = express();
    app.use(
      createHookRouter({
        hosts,
        inbox,
        clock,
        metrics,
        logger: mockServices.logger.mock(),
        maxPending: 1000,
      }),
    );
    app.use(
      (
        error: { statusCode: number },
        _req: express.Request,
        res: express.Response,
        _next: express.NextFunction,
      ) => {
        res.status(error.statusCode).end();
      },
    );
    const post = async (number: number) => {
      const { headers, body } = host.request(
        [{ type: 'change', change: hostChange(number) }],
        `${number}`,
      );
      return request(app)
        .post('/hooks/standin')
        .set(headers)
        .send(body.toString('utf8'));
    };
    const claim = async (attempts = 1): Promise<Claim> => {
      await knex('tickets').update({ lease_until: null });
      const [claimed] = await queue.claim('delivery', {
        limit: 1,
        leaseSeconds: 60,
      });
      return { ...claimed, attempts };
    };
    return { app, post, claim, handler, recorded, knex };
  }

  it('counts what is taken, known, read, and for how long it waited', async () => {
    const { post, claim, handler, recorded } = await start(
      async () => undefined,
    );
    await post(1);
    await post(1);
    await handler.handle(await claim());
    expect(recorded.told).toEqual([
      'received host=standin new=true',
      'received host=standin new=false',
      'settled host=standin state=done',
      'lag host=standin',
    ]);
  });

  it('counts what is refused, by reason, and whoever asks for whatever', async () => {
    const { app, recorded, knex, post } = await start(async () => undefined);
    await request(app).post('/hooks/standin').send('x');
    await request(app).post('/hooks/anything').send('x');
    await request(app)
      .post('/hooks/standin')
      .set('content-encoding', 'br')
      .send('x');
    await request(app)
      .post('/hooks/standin')
      .set('content-length', `${30 * 1024 * 1024}`);
    await knex.schema.renameTable('inbox', 'gone');
    await post(1);
    expect(recorded.told).toEqual([
      'refused host=standin reason=bad-signature',
      'refused host=unknown reason=unknown-host',
      'refused host=standin reason=unreadable',
      'refused host=standin reason=too-large',
      'refused host=standin reason=no-database',
    ]);
  });

  it('counts attempts that fail, and the dead letter at their end', async () => {
    const { post, claim, handler, recorded, knex } = await start(async () => {
      throw new Error('The table is gone');
    });
    await post(1);
    await expect(handler.handle(await claim())).rejects.toThrow(
      'The table is gone',
    );
    await handler.handle(await claim(MAX_DELIVERY_ATTEMPTS));
    expect(recorded.told.slice(1)).toEqual([
      'retried host=standin',
      'settled host=standin state=dead',
      'lag host=standin',
    ]);
    await expect(knex('inbox').first('state', 'reason')).resolves.toEqual({
      state: 'dead',
      reason: `Given up after ${MAX_DELIVERY_ATTEMPTS} attempts: Error: The table is gone`,
    });
    await expect(knex('tickets')).resolves.toEqual([]);
  });

  it('tells how much is due, and since when', async () => {
    const { post, recorded } = await start(async () => undefined);
    await post(1);
    await post(2);
    const observed: Array<[string, number, object]> = [];
    for (const [name, callback] of recorded.gauges) {
      await callback({
        observe: (value: number, attributes: object) =>
          observed.push([name, value, attributes]),
      } as never);
    }
    expect(observed).toEqual([
      ['understanding.queue.due', 2, { queue: 'delivery' }],
      ['understanding.queue.age', expect.any(Number), { queue: 'delivery' }],
    ]);
  });
});
