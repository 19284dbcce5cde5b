import { Knex } from 'knex';
import { Clock, secondsAfter } from '../../database/instants';
import { Claim, TicketQueue } from '../../database/TicketQueue';
import { TicketHandler } from '../../database/TicketWorker';
import { EdgeService } from './EdgeService';

const TIMEOUT_MILLIS = 10_000;
const MAX_BYTES = 20 * 1024 * 1024;

export interface ServiceGraphReaderOptions {
  readonly knex: Knex;
  readonly clock: Clock;
  readonly queue: TicketQueue;
  readonly service: EdgeService;
  readonly urls: readonly string[];
  readonly intervalSeconds: number;
}

/** Reads service-graph metrics from the addresses of the configuration. */
export class ServiceGraphReader implements TicketHandler {
  readonly queue = 'service-graph';
  // Names lead to entities only when these are known.
  readonly waitsFor = 'catalog';
  readonly concurrency = 1;
  readonly leaseSeconds = 60;
  readonly #options: ServiceGraphReaderOptions;

  static create(options: ServiceGraphReaderOptions): ServiceGraphReader {
    return new ServiceGraphReader(options);
  }

  private constructor(options: ServiceGraphReaderOptions) {
    this.#options = options;
  }

  async handle(claim: Claim, signal: AbortSignal): Promise<void> {
    const { clock, intervalSeconds, knex, queue, service, urls } =
      this.#options;
    const url = claim.key;
    if (!urls.includes(url)) {
      await queue.complete(knex, claim);
      return;
    }
    await service.takeServiceGraph(url, await read(url, signal));
    await queue.complete(
      knex,
      claim,
      secondsAfter(await clock(), intervalSeconds),
    );
  }
}

async function read(url: string, signal: AbortSignal): Promise<string> {
  const response = await fetch(url, {
    // Only what the configuration names is asked.
    redirect: 'error',
    headers: { Accept: 'text/plain; version=0.0.4' },
    signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MILLIS)]),
  });
  if (!response.ok || !response.body) {
    throw new Error(`${url} answered ${response.status}`);
  }
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body) {
    bytes += chunk.length;
    if (bytes > MAX_BYTES) {
      throw new Error(`${url} answered more than ${MAX_BYTES} bytes`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
