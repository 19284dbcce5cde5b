import { Knex } from 'knex';
import { Clock } from '../../database/instants';
import { Claim, TicketQueue } from '../../database/TicketQueue';
import { TicketHandler } from '../../database/TicketWorker';
import type { EntityStore, LocatedEntity } from '../entities/EntityStore';
import type { HistoryStore } from '../ingest/HistoryStore';
import { FILE_NAME, parseFailureModeFile } from './failureModeFile';
import { FailureModeFileStore, FileReading } from './FailureModeFileStore';
import { readFileAtCommit } from './readFileAtCommit';

const MAX_BYTES = 512 * 1024;

export interface FailureModeFileReaderOptions {
  readonly knex: Knex;
  readonly clock: Clock;
  readonly queue: TicketQueue;
  readonly entities: EntityStore;
  readonly histories: HistoryStore;
  readonly files: FailureModeFileStore;
}

/** Looks for the file of an entity whenever its history was read up to another commit. */
export class FailureModeFileReader implements TicketHandler {
  readonly queue = 'failure-mode-file';
  readonly concurrency = 2;
  readonly leaseSeconds = 120;
  readonly #options: FailureModeFileReaderOptions;

  static create(options: FailureModeFileReaderOptions): FailureModeFileReader {
    return new FailureModeFileReader(options);
  }

  private constructor(options: FailureModeFileReaderOptions) {
    this.#options = options;
  }

  async handle(claim: Claim, signal: AbortSignal): Promise<void> {
    const { clock, entities, files, histories, knex, queue } = this.#options;
    const located = await entities.get(claim.key);
    const { source } = located ?? {};
    const head =
      source?.type === 'repository'
        ? (await histories.getRepository(source.repository))?.head
        : undefined;
    if (!located || source?.type !== 'repository' || !head) {
      await queue.complete(knex, claim);
      return;
    }
    const found = await find(source, head, signal);
    const now = await clock();
    await knex.transaction(async tx => {
      await files.take(tx, {
        entityRef: claim.key,
        repository: source.name,
        head,
        readAt: now,
        found,
      });
      await queue.mark(tx, 'entity', [claim.key], now);
      await queue.complete(tx, claim);
    });
  }
}

/** In the first source path that has one. */
async function find(
  source: Extract<LocatedEntity['source'], { type: 'repository' }>,
  commit: string,
  signal: AbortSignal,
): Promise<FileReading['found']> {
  for (const folder of source.paths.length > 0 ? source.paths : ['']) {
    const path = [folder, FILE_NAME].filter(Boolean).join('/');
    const read = await readFileAtCommit({
      repository: source.repository,
      commit,
      path,
      maxBytes: MAX_BYTES,
      signal,
    });
    if (read && 'tooLarge' in read) {
      return {
        type: 'broken',
        path,
        problem: {
          message: `It has ${read.tooLarge} bytes; at most ${MAX_BYTES} are read.`,
        },
      };
    }
    if (read) {
      const parsed = parseFailureModeFile(read.text);
      return 'problem' in parsed
        ? { type: 'broken', path, problem: parsed.problem }
        : { type: 'file', path, content: parsed.content };
    }
  }
  return { type: 'none' };
}
