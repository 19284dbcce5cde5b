import { TestDatabases, mockServices } from '@backstage/backend-test-utils';
import { MAX_ATTEMPTS } from '@understanding-dev/backstage-plugin-understanding-common';
import {
  Alert,
  AlertChannel,
  AlertOutcome,
} from '@understanding-dev/backstage-plugin-understanding-node';
import fc from 'fast-check';
import { Knex } from 'knex';
import { secondsAfter } from '../../database/instants';
import { migrateUp } from '../../database/migrations';
import { TicketQueue } from '../../database/TicketQueue';
import { AlertSender } from './AlertSender';
import { AlertStore } from './AlertStore';

jest.setTimeout(180_000);

const START = '2026-01-01T00:00:00.000Z';

/** What may happen to one attempt, seen from the receiver. */
type Fate =
  | 'answered'
  | 'refused'
  | 'gone'
  | 'arrived, answer lost'
  | 'lost, no answer'
  | 'sender dies before it arrives'
  | 'sender dies after it arrived';

const FATES: readonly Fate[] = [
  'answered',
  'refused',
  'gone',
  'arrived, answer lost',
  'lost, no answer',
  'sender dies before it arrives',
  'sender dies after it arrived',
];

/** How often an alert may have arrived, by the state in which it ends. */
const ARRIVALS: Record<string, number[]> = {
  sent: [1],
  dead: [0],
  unknown: [0, 1],
};

class Receiver implements AlertChannel {
  readonly id = 'chat';
  readonly arrived: string[] = [];
  fate: Fate = 'answered';
  readonly idempotent: boolean;

  constructor(idempotent: boolean) {
    this.idempotent = idempotent;
  }

  async send({ dedupeKey }: Alert): Promise<AlertOutcome> {
    if (
      [
        'answered',
        'arrived, answer lost',
        'sender dies after it arrived',
      ].includes(this.fate)
    ) {
      this.arrived.push(dedupeKey);
    }
    switch (this.fate) {
      case 'answered':
        return { type: 'sent' };
      case 'refused':
        return { type: 'failed', retry: true, reason: 'refused' };
      case 'gone':
        return { type: 'failed', retry: false, reason: 'gone' };
      case 'arrived, answer lost':
        return { type: 'unknown', reason: 'no answer' };
      case 'lost, no answer':
        throw new Error('no answer');
      default:
        return new Promise(() => {});
    }
  }
}

describe('AlertSender', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

  describe.each(databases.eachSupportedId())('on %s', id => {
    let knex: Knex;

    beforeAll(async () => {
      knex = await databases.init(id);
      await migrateUp(knex);
    });

    async function setUp(idempotent: boolean) {
      await knex('tickets').delete();
      await knex('outbox').delete();
      await knex('flags').delete();
      await knex('flags').insert({
        id: 'flag-1',
        entity_ref: 'component:default/ledger',
        rule: 'stale-docs',
        severity: 'medium',
        reasons: '[]',
        repair: '{}',
        state: 'open',
        since: START,
      });
      const time = { now: START };
      const clock = async () => time.now;
      const queue = TicketQueue.create({ knex, clock });
      const alerts = AlertStore.create({ knex, queue });
      const receiver = new Receiver(idempotent);
      const sender = AlertSender.create({
        knex,
        clock,
        queue,
        alerts,
        channels: new Map([[receiver.id, receiver]]),
        appBaseUrl: 'https://backstage.acme.example',
        logger: mockServices.logger.mock(),
        jitter: () => 0,
      });
      const enqueue = () =>
        knex.transaction(tx =>
          alerts.enqueue(
            tx,
            [
              {
                dedupeKey: 'flag-1 opened medium chat payments',
                flagId: 'flag-1',
                channel: 'chat',
                target: 'payments',
                message: {
                  transition: 'opened',
                  rule: 'stale-docs',
                  ruleTitle: 'Stale documentation',
                  severity: 'medium',
                  entityRef: 'component:default/ledger',
                  entityTitle: 'Ledger',
                  example: false,
                  teamRef: 'group:default/payments',
                  reasons: [],
                  repair: { message: 'Write it.' },
                  path: '/catalog/default/component/ledger/understanding',
                },
              },
            ],
            time.now,
          ),
        );

      const row = () => knex('outbox').first();

      /** One attempt, if one is due; a dying sender never comes back. */
      const attempt = async (fate: Fate) => {
        receiver.fate = fate;
        const [claim] = await queue.claim('alert', {
          limit: 1,
          leaseSeconds: sender.leaseSeconds,
        });
        if (!claim) {
          return false;
        }
        const before = await row();
        const handled = sender.handle(claim);
        if (!fate.startsWith('sender dies')) {
          await handled;
          return true;
        }
        // Nobody is there any more to hear how it ends.
        handled.catch(() => {});
        // Until it sends, or has settled the alert without another attempt.
        let now = before;
        while (now.attempts === before.attempts && now.state === before.state) {
          now = await row();
        }
        return true;
      };
      const daysPass = () => {
        time.now = secondsAfter(time.now, 2 * 24 * 60 * 60);
      };
      return { enqueue, attempt, daysPass, row, receiver };
    }

    it('never lets one alert arrive twice, and settles it, whatever happens', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.constantFrom(...FATES), { maxLength: 14 }),
          async fates => {
            const { enqueue, attempt, daysPass, row, receiver } = await setUp(
              false,
            );
            await enqueue();
            daysPass();
            for (const fate of [...fates, 'answered' as const]) {
              await attempt(fate);
              // What is planned again, after a crash say, is the same row.
              await enqueue();
              daysPass();
            }
            const { state, attempts } = await row();
            expect(attempts).toBeLessThanOrEqual(MAX_ATTEMPTS);
            expect(ARRIVALS[state]).toContain(receiver.arrived.length);
          },
        ),
        { numRuns: 60 },
      );
    });

    it('sends what may have been lost again where a repetition is invisible', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(
            fc.constantFrom(
              ...FATES.filter(fate => fate !== 'gone' && fate !== 'answered'),
            ),
            { maxLength: MAX_ATTEMPTS - 1 },
          ),
          async fates => {
            const { enqueue, attempt, daysPass, row, receiver } = await setUp(
              true,
            );
            await enqueue();
            daysPass();
            for (const fate of [...fates, 'answered' as const]) {
              expect(await attempt(fate)).toBe(true);
              daysPass();
            }
            expect(await row()).toMatchObject({ state: 'sent' });
            expect(receiver.arrived.length).toBeGreaterThan(0);
            expect(new Set(receiver.arrived).size).toBe(1);
            expect(await attempt('answered')).toBe(false);
          },
        ),
        { numRuns: 40 },
      );
    });

    it('gives up after so many attempts, and says why', async () => {
      const { enqueue, attempt, daysPass, row } = await setUp(false);
      await enqueue();
      daysPass();
      for (let count = 0; count < MAX_ATTEMPTS; count += 1) {
        expect(await attempt('refused')).toBe(true);
        daysPass();
      }
      expect(await attempt('answered')).toBe(false);
      expect(await row()).toMatchObject({
        state: 'dead',
        attempts: MAX_ATTEMPTS,
        last_error: `refused; given up after ${MAX_ATTEMPTS} attempts`,
      });
    });
  });
});
