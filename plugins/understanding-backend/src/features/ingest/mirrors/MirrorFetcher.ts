import { LoggerService } from '@backstage/backend-plugin-api';
import { HostRepository } from '@understanding-dev/backstage-plugin-understanding-common';
import { ChangeHost } from '@understanding-dev/backstage-plugin-understanding-node';
import { readHead } from '@understanding-dev/git-knowledge';
import { secondsAfter } from '../../../database/instants';
import {
  addressOf,
  fetchMirror,
  initMirror,
  readRemoteHead,
  tidyMirror,
} from './fetchMirror';
import { MirrorDisk, bytesOf } from './MirrorDisk';
import { MirrorError } from './MirrorError';
import { planRemovals } from './planRemovals';

/** How long a sum of sizes is believed; other replicas may write to the same disk. */
const SUM_SECONDS = 600;

export interface MirrorFetcherOptions {
  readonly disk: MirrorDisk;
  /** Of all mirrors together. */
  readonly maxBytes: number;
  readonly maxRepositoryBytes: number;
  /** For how long one process may be at a mirror. */
  readonly leaseSeconds: number;
  readonly logger: LoggerService;
}

/** What is fetched, and where to. */
export interface MirrorTarget {
  readonly folder: string;
  readonly repository: HostRepository;
  readonly host: ChangeHost;
  /** How pages call it. */
  readonly name: string;
}

/** Fetches into mirrors, and keeps all of them within the quota. */
export class MirrorFetcher {
  readonly #options: MirrorFetcherOptions;
  /** What all mirrors take: listing them takes seconds where there are many thousands. */
  #sum?: { readonly bytes: number; readonly until: string };

  static create(options: MirrorFetcherOptions): MirrorFetcher {
    return new MirrorFetcher(options);
  }

  private constructor(options: MirrorFetcherOptions) {
    this.#options = options;
  }

  /**
   * Brings a mirror up to date, and makes it where it is not there.
   *
   * @param options.headRead - a mirror that is not there is not made when its head is
   * still this one
   * @returns the head of the default branch
   * @throws MirrorError
   */
  async fetch(
    target: MirrorTarget,
    options: { headRead?: string; now: string; signal: AbortSignal },
  ): Promise<string> {
    const { folder, host, repository, name } = target;
    const { headRead, now, signal } = options;
    const { disk, maxRepositoryBytes } = this.#options;
    const asked = { name, signal, maxBytes: maxRepositoryBytes };
    const address = await addressOf(host, repository, asked);
    if (await disk.read(folder)) {
      await fetchMirror(folder, address, asked);
      await this.#tidy(target, signal);
      return this.#settle(target, folder, now);
    }
    const made = await disk.makeWorkFolder(now);
    try {
      if (
        headRead &&
        (await readRemoteHead(made, address, asked)) === headRead
      ) {
        return headRead;
      }
      await initMirror(made, asked);
      await fetchMirror(made, address, asked);
      return await this.#settle(target, made, now);
    } finally {
      await disk.remove(made, now);
    }
  }

  async #tidy({ folder, name }: MirrorTarget, signal: AbortSignal) {
    const { logger, maxRepositoryBytes } = this.#options;
    try {
      await tidyMirror(folder, { name, signal, maxBytes: maxRepositoryBytes });
    } catch (error) {
      signal.throwIfAborted();
      logger.warn('A mirror could not be tidied', {
        repository: name,
        code: error instanceof MirrorError ? error.code : 'failed',
      });
    }
  }

  /** Writes down what was fetched, gives it its place, and makes room for it. */
  async #settle(
    { folder, name }: MirrorTarget,
    fetched: string,
    now: string,
  ): Promise<string> {
    const { disk, leaseSeconds } = this.#options;
    const { head } = await readHead(fetched);
    const bytes = await bytesOf(fetched);
    const grown = bytes - ((await disk.read(folder))?.bytes ?? 0);
    await disk.write(fetched, {
      head,
      bytes,
      fetchedAt: now,
      usedAt: now,
      busyUntil: secondsAfter(now, leaseSeconds),
    });
    if (fetched !== folder) {
      await disk.moveIn(fetched, folder, now);
    }
    if (!(await this.#makeRoom(folder, grown, now))) {
      await disk.remove(folder, now);
      this.#sum = undefined;
      throw MirrorError.create('no-room', name);
    }
    return head;
  }

  /** @returns whether all of them fit now */
  async #makeRoom(keep: string, grown: number, now: string): Promise<boolean> {
    const { disk, leaseSeconds, logger, maxBytes } = this.#options;
    const sum = this.#sum && { ...this.#sum, bytes: this.#sum.bytes + grown };
    if (sum && now < sum.until && sum.bytes <= maxBytes) {
      this.#sum = sum;
      return true;
    }
    await disk.sweep(now, 2 * leaseSeconds);
    const mirrors = await disk.list();
    const { folders, fits } = planRemovals({ mirrors, maxBytes, keep, now });
    for (const folder of folders) {
      await disk.remove(folder, now);
    }
    if (folders.length > 0) {
      logger.info('Mirrors were removed to make room', {
        removed: folders.length,
        mirrors: mirrors.length,
      });
    }
    const left = mirrors.filter(({ folder }) => !folders.includes(folder));
    this.#sum = {
      bytes: left.reduce((total, { bytes }) => total + bytes, 0),
      until: secondsAfter(now, SUM_SECONDS),
    };
    return fits;
  }
}
