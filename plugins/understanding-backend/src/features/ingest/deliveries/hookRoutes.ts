import { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import { HookSource } from '@understanding-dev/backstage-plugin-understanding-node';
import { Request, Response, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import createError from 'http-errors';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { Clock } from '../../../database/instants';
import { IngestMetrics, RefusalReason } from '../../../telemetry/IngestMetrics';
import { ChangeHosts } from '../ChangeHosts';
import { BodyReader } from './BodyReader';
import { InboxStore } from './InboxStore';
import { InboxWriter } from './InboxWriter';

/** GitHub sends no larger ones, and gives up after that time; GitLab is below both. */
const BODY_LIMITS = { maxBytes: 25 * 1024 * 1024, maxMillis: 10_000 };
/**
 * Requests of one source, in one minute, whose signature may be wrong. What is signed
 * never counts, however much of it there is, since hosts do not repeat it.
 */
const FORGED = { points: 100, duration: 60 };
/** How long a host is asked to wait when we cannot take more. */
const RETRY_AFTER_SECONDS = 30;
/** Hosts give up after ten seconds, and must get an answer before. */
const STORE_MILLIS = 8000;
/** For how long the number of waiting deliveries is taken to be the same. */
const COUNTED_MILLIS = 1000;

/** A refusal, with the reason by which it is counted, and which nobody is told. */
class Refusal extends Error {
  readonly #reason: RefusalReason;
  readonly statusCode: number;

  constructor(statusCode: number, reason: RefusalReason, message: string) {
    super(message);
    this.name = createError(statusCode).name;
    this.statusCode = statusCode;
    this.#reason = reason;
  }

  get reason(): RefusalReason {
    return this.#reason;
  }
}

export interface HookRoutesOptions {
  readonly hosts: ChangeHosts;
  readonly inbox: InboxStore;
  readonly clock: Clock;
  readonly metrics: IngestMetrics;
  readonly logger: LoggerService;
  /** Deliveries that may wait; beyond that, hosts are told to come back. */
  readonly maxPending: number;
}

/**
 * `POST /hooks/<host>`: the only routes without a caller that Backstage knows. The raw
 * bytes are read within limits of size and time, the host's module looks whether one of
 * its secrets has signed them, and one row is committed before the answer. Nothing is
 * parsed here.
 */
export function createHookRouter(options: HookRoutesOptions): Router {
  const { hosts, inbox, clock, metrics, logger } = options;
  const writer = InboxWriter.create({ inbox, clock, maxMillis: STORE_MILLIS });
  const bodies = new BodyReader(BODY_LIMITS);
  const isFull = pendingCheck(options);
  const forged = new RateLimiterMemory(FORGED);
  const router = PromiseRouter();

  router.post('/hooks/:host', async (req, res) => {
    try {
      const isNew = await receive(req, res);
      metrics.received(req.params.host, isNew);
      res.status(202).json({ status: isNew ? 'accepted' : 'known' });
    } catch (error) {
      const reason =
        error instanceof Refusal ? error.reason : ('unreadable' as const);
      metrics.refused(known(req), reason);
      logger.warn('A delivery was refused', { host: known(req), reason });
      throw error;
    }
  });
  return router;

  /** Labels of metrics must not be whatever somebody asks for. */
  function known(req: Request): string {
    const { host } = req.params;
    return hosts.get(host) ? host : 'unknown';
  }

  async function receive(req: Request, res: Response): Promise<boolean> {
    const host = hosts.get(req.params.host);
    if (!host) {
      throw new Refusal(
        404,
        'unknown-host',
        `There is no hook of that name; there are ${
          hosts.ids.map(id => `hooks/${id}`).join(', ') || 'none'
        }.`,
      );
    }
    const source = req.ip ?? '';
    const { remainingPoints = 1, msBeforeNext = 0 } =
      (await forged.get(source)) ?? {};
    if (remainingPoints <= 0) {
      res.setHeader('Retry-After', Math.ceil(msBeforeNext / 1000));
      throw new Refusal(
        429,
        'rate-limited',
        'Too many requests with a wrong signature; wait a minute.',
      );
    }
    if (isFull()) {
      res.setHeader('Retry-After', RETRY_AFTER_SECONDS);
      throw new Refusal(503, 'busy', 'Too much is waiting; come back later.');
    }
    const body = await readBody(req, res);
    const headers = singleHeaders(req);
    const said = host.verify({ headers, body });
    if (!said) {
      await forged.penalty(source);
      throw new Refusal(401, 'bad-signature', 'The signature is not valid.');
    }
    return store(host, said, headers, body, res);
  }

  async function readBody(req: Request, res: Response): Promise<Buffer> {
    const outcome = await bodies.read(req);
    switch (outcome.type) {
      case 'read':
        return outcome.body;
      case 'busy':
        res.setHeader('Retry-After', RETRY_AFTER_SECONDS);
        throw new Refusal(503, 'busy', outcome.message);
      default:
        // Whatever else is on its way is not waited for.
        res.setHeader('Connection', 'close');
        throw new Refusal(outcome.status, outcome.type, outcome.message);
    }
  }

  async function store(
    host: HookSource,
    said: NonNullable<ReturnType<HookSource['verify']>>,
    headers: Readonly<Record<string, string>>,
    body: Buffer,
    res: Response,
  ): Promise<boolean> {
    try {
      return await writer.add({
        host: host.id,
        // They are not signed, so that they may be anything.
        deliveryId: said.deliveryId && clean(said.deliveryId),
        event: clean(said.event),
        contentType: clean(headers['content-type'] ?? ''),
        body,
      });
    } catch (error) {
      logger.error('A delivery could not be committed', {
        host: host.id,
        error: stringifyError(error),
      });
      res.setHeader('Retry-After', RETRY_AFTER_SECONDS);
      throw new Refusal(
        503,
        'no-database',
        'It could not be stored; come back later.',
      );
    }
  }
}

/**
 * Tells whether too much waits. The database is asked at most once a second, and no
 * request waits for what it says.
 */
function pendingCheck({ inbox, maxPending }: HookRoutesOptions): () => boolean {
  let until = 0;
  let isFull = false;
  return () => {
    const now = performance.now();
    if (now >= until) {
      until = now + COUNTED_MILLIS;
      inbox.count('pending').then(
        count => {
          isFull = count >= maxPending;
        },
        // The insertion will tell, with an answer of its own.
        () => {},
      );
    }
    return isFull;
  };
}

/** Headers that came once; of several with one name nobody knows which one counts. */
function singleHeaders(req: Request): Record<string, string> {
  return Object.fromEntries(
    Object.entries(req.headersDistinct).flatMap(([name, values]) =>
      values?.length === 1 ? [[name, values[0]]] : [],
    ),
  );
}

function clean(value: string): string {
  return value.replace(/[^\x20-\x7e]/g, '?').slice(0, 200);
}
