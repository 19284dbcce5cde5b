import { InputError } from '@backstage/errors';
import {
  HostChange,
  HostFile,
  addedHardDependencies,
  isCatalogFile,
} from '@understanding-dev/backstage-plugin-understanding-common';
import {
  ChangeHost,
  ChangeHostError,
  HostCallOptions,
} from '@understanding-dev/backstage-plugin-understanding-node';
import { Knex } from 'knex';
import { Clock, secondsAfter } from '../../database/instants';
import { Claim, TicketQueue } from '../../database/TicketQueue';
import { TicketHandler } from '../../database/TicketWorker';
import type { ChangeHosts } from '../ingest/ChangeHosts';
import type { ChangeStore } from '../ingest/changes/ChangeStore';
import { waitAsked } from '../ingest/changes/waitAsked';
import { catalogDocuments } from './catalogDocuments';
import type { EntityStore } from './EntityStore';
import { ProposalReading, ProposalStore } from './ProposalStore';

const MAX_FILES = 20;
const MAX_BYTES = 512 * 1024;
const READ_MILLIS = 50_000;

export interface ProposalReaderOptions {
  readonly knex: Knex;
  readonly clock: Clock;
  readonly queue: TicketQueue;
  readonly hosts: ChangeHosts;
  readonly entities: EntityStore;
  readonly changes: ChangeStore;
  readonly proposals: ProposalStore;
}

/**
 * Reads the catalog files of open changes, at their head and at their base, for the
 * HARD dependencies that they would add. Where one cannot be read, it says why, and
 * claims nothing.
 */
export class ProposalReader implements TicketHandler {
  readonly queue = 'proposal';
  readonly concurrency = 2;
  readonly leaseSeconds = 60;
  readonly #options: ProposalReaderOptions;

  static create(options: ProposalReaderOptions): ProposalReader {
    return new ProposalReader(options);
  }

  private constructor(options: ProposalReaderOptions) {
    this.#options = options;
  }

  async handle(claim: Claim, signal: AbortSignal): Promise<void> {
    const { clock, changes, knex, proposals, queue } = this.#options;
    const change = await changes.get(knex, claim.key);
    const known = await proposals.getReading(claim.key);
    if (change?.state !== 'open' || known?.headSha === change.headSha) {
      await queue.complete(knex, claim);
      return;
    }
    try {
      const reading = await this.#read(change, signal);
      const now = await clock();
      await knex.transaction(async tx => {
        await proposals.write(tx, reading, now);
        await queue.complete(tx, claim);
      });
    } catch (error) {
      const wait = waitAsked(error);
      await queue.complete(knex, claim, secondsAfter(await clock(), wait));
    }
  }

  async #read(
    change: HostChange,
    signal: AbortSignal,
  ): Promise<ProposalReading> {
    const { entities, hosts, knex, proposals } = this.#options;
    const { headSha, id: changeId } = change;
    const unread = (problem: string) => ({
      changeId,
      headSha,
      edges: [],
      problem,
    });
    const host = hosts.ofInstance(change.host);
    const files = await proposals.catalogFilesOf(changeId);
    if (!host?.readFile) {
      return unread(`Files of ${change.host} cannot be read`);
    }
    if (files.length > MAX_FILES) {
      return unread(
        `It changes ${files.length} catalog files; at most ${MAX_FILES} are read`,
      );
    }
    const options = {
      signal: AbortSignal.any([signal, AbortSignal.timeout(READ_MILLIS)]),
      onRequest: () => {},
    };
    try {
      const base = await documentsOf(host, change, files, 'base', options);
      const head = await documentsOf(host, change, files, 'head', options);
      // A file may name entities that lie elsewhere, and says nothing of those.
      const here = new Set(
        (await entities.sourcesIn(knex, change)).map(one => one.entityRef),
      );
      const edges = addedHardDependencies(base, head).filter(one =>
        here.has(one.sourceRef),
      );
      return { changeId, headSha, edges };
    } catch (error) {
      if (error instanceof InputError) {
        return unread(error.message);
      }
      if (
        error instanceof ChangeHostError &&
        (error.code === 'forbidden' || error.code === 'not-found')
      ) {
        return unread(`${change.host} does not let it be read: ${error.code}`);
      }
      throw error;
    }
  }
}

/** All documents of some catalog files, as they are on one side of a change. */
async function documentsOf(
  host: ChangeHost,
  change: HostChange,
  files: readonly HostFile[],
  side: 'base' | 'head',
  options: HostCallOptions,
): Promise<unknown[]> {
  const documents: unknown[] = [];
  for (const { path: headPath, previousPath, status } of files) {
    const isAbsent = status === (side === 'base' ? 'added' : 'removed');
    const path = side === 'base' ? previousPath ?? headPath : headPath;
    if (isAbsent || !isCatalogFile(path)) {
      continue;
    }
    const { host: instance, repository } = change;
    const ref = side === 'base' ? change.baseBranch : change.headSha;
    const read = await host.readFile?.(
      { host: instance, repository, path, ref, maxBytes: MAX_BYTES },
      options,
    );
    if (read && 'tooLarge' in read) {
      throw new InputError(
        `${path} has ${read.tooLarge} bytes; at most ${MAX_BYTES} are read`,
      );
    }
    documents.push(...(read ? catalogDocuments(path, read.text) : []));
  }
  return documents;
}
