import { LoggerService } from '@backstage/backend-plugin-api';
import { HostRepository } from '@understanding-dev/backstage-plugin-understanding-common';
import { ChangeHost } from '@understanding-dev/backstage-plugin-understanding-node';
import { readHead } from '@understanding-dev/git-knowledge';
import { Knex } from 'knex';
import { secondsAfter } from '../../../database/instants';
import { TicketQueue } from '../../../database/TicketQueue';
import type { EntityStore } from '../../entities/EntityStore';
import { ChangeHosts } from '../ChangeHosts';
import {
  addressOf,
  fetchMirror,
  initMirror,
  readRemoteHead,
  tidyMirror,
} from './fetchMirror';
import { MirrorDisk, MirrorState, bytesOf } from './MirrorDisk';
import { MirrorError } from './MirrorError';
import { mirrorFolder, mirroredRepository } from './mirrorFolder';
import { MirrorRecord, MirrorStore } from './MirrorStore';
import { planRemovals } from './planRemovals';

/** Waits after failures: 5 minutes, doubled each time, up to a day. */
const FIRST_WAIT_SECONDS = 300;
const MAX_WAIT_SECONDS = 24 * 60 * 60;
/** A host that gave no answer is left alone for so long, whatever it is asked for. */
const HOST_PAUSE_SECONDS = 300;
/** A host may be away for so long before what it has is unknown to us. */
const GRACE_SECONDS = 24 * 60 * 60;
/** Where a mirror itself may be to blame, it goes with the second failure. */
const FAILURES_OF_A_MIRROR = 2;

/** How repositories are mirrored. */
export interface MirrorSettings {
  /** Absolute. */
  readonly directory: string;
  /** Of all mirrors together. */
  readonly maxBytes: number;
  readonly maxRepositoryBytes: number;
  readonly fetchSeconds: number;
  /** For all that one fetch needs. */
  readonly timeoutSeconds: number;
}

export interface MirrorsOptions {
  readonly settings: MirrorSettings;
  readonly hosts: ChangeHosts;
  readonly store: MirrorStore;
  readonly entities: EntityStore;
  readonly queue: TicketQueue;
  readonly logger: LoggerService;
  /** For how long one process may be at a mirror. */
  readonly leaseSeconds: number;
}

export interface UpdateOptions {
  /** The head at which nothing needs to be read; undefined where it has to be anyway. */
  readonly headRead?: string;
  readonly now: string;
  readonly signal: AbortSignal;
}

/** One repository on its way through an update. */
interface Subject {
  readonly folder: string;
  readonly repository: HostRepository;
  readonly host: ChangeHost;
  /** How pages call it. */
  readonly name: string;
  readonly record: MirrorRecord;
  readonly state?: MirrorState;
}

/**
 * Bare mirrors of repositories that lie on a change host, within a quota of the disk.
 *
 * A mirror is fetched when a push was told, when its interval is over, and when another
 * replica fetched since; never by two at a time, since its ticket has a lease. What has
 * no room goes, by last use, and costs nothing but another fetch: what its history told
 * is in the database, and it is fetched again only when its head has changed or it has
 * to be read anew.
 */
export class Mirrors {
  readonly #options: MirrorsOptions;
  readonly #disk: MirrorDisk;
  /** By host. Others that ask it find out by themselves. */
  readonly #pauses = new Map<string, { until: string; error: MirrorError }>();

  static create(options: MirrorsOptions): Mirrors {
    return new Mirrors(options);
  }

  private constructor(options: MirrorsOptions) {
    this.#options = options;
    this.#disk = MirrorDisk.create(options.settings);
  }

  /**
   * The folder of a repository's mirror, also before it was ever fetched; undefined when
   * no change host serves it.
   */
  folderOf(repository: HostRepository): string | undefined {
    return this.#options.hosts.ofInstance(repository.host.toLowerCase())
      ? mirrorFolder(this.#options.settings.directory, repository)
      : undefined;
  }

  /** Whether a folder is that of a mirror. */
  has(folder: string): boolean {
    const { directory } = this.#options.settings;
    return mirroredRepository(directory, folder) !== undefined;
  }

  /** Has a repository fetched that was pushed to; without effect when no entity names it. */
  async markPushed(
    tx: Knex,
    repository: HostRepository,
    now: string,
  ): Promise<void> {
    const { entities, queue, store } = this.#options;
    const folder = this.folderOf(repository);
    if (folder && (await entities.isRepositoryNamed(tx, folder))) {
      await store.setPushed(tx, folder, now);
      await queue.mark(tx, 'repository', [folder], now);
    }
  }

  /**
   * Brings a mirror up to date where that is due. Its folder is there afterwards, unless
   * the answer is `headRead`; until `release` no other replica removes it.
   *
   * @returns the head of the default branch
   * @throws MirrorError
   */
  async update(folder: string, options: UpdateOptions): Promise<string> {
    const { now, signal } = options;
    const subject = await this.#find(folder);
    if (!this.#isDue(subject, options)) {
      return this.#asItIs(subject, options);
    }
    const waits = this.#waitsFor(subject, now);
    if (waits) {
      return this.#without(subject, waits, options);
    }
    const timeout = AbortSignal.timeout(
      this.#options.settings.timeoutSeconds * 1000,
    );
    try {
      const head = await this.#fetch(subject, {
        ...options,
        signal: AbortSignal.any([signal, timeout]),
      });
      await this.#options.store.setFetched(folder, now);
      return head;
    } catch (error) {
      signal.throwIfAborted();
      const known = toMirrorError(error, subject.name, timeout.aborted);
      await this.#noteFailure(subject, known, now);
      return this.#without(subject, known, options);
    }
  }

  /** Ends the use of a mirror that `update` began. */
  async release(folder: string): Promise<void> {
    const state = await this.#disk.read(folder);
    if (state?.busyUntil) {
      await this.#disk.write(folder, { ...state, busyUntil: undefined });
    }
  }

  /** A mirror that could not be read is fetched anew, once in a fetch interval. */
  async distrust(folder: string, now: string): Promise<void> {
    const state = await this.#disk.read(folder);
    const { fetchSeconds } = this.#options.settings;
    if (state && now >= secondsAfter(state.fetchedAt, fetchSeconds)) {
      await this.#disk.remove(folder, now);
    }
  }

  /** Forgets a mirror that no entity needs any more. */
  async remove(folder: string, now: string): Promise<void> {
    if (this.has(folder)) {
      await this.#disk.remove(folder, now);
      await this.#options.store.remove(folder);
    }
  }

  async #find(folder: string): Promise<Subject> {
    const { hosts, settings, store } = this.#options;
    const repository = mirroredRepository(settings.directory, folder);
    const host = repository && hosts.ofInstance(repository.host);
    if (!host) {
      throw MirrorError.create('failed', folder, {
        detail: 'no change host serves it any more',
      });
    }
    return {
      folder,
      repository,
      host,
      name: `${repository.host}/${repository.repository}`,
      record: await store.get(folder),
      state: await this.#disk.read(folder),
    };
  }

  #isDue({ record, state }: Subject, options: UpdateOptions): boolean {
    const { pushedAt } = record;
    const fetchedAt = state ? state.fetchedAt : record.fetchedAt;
    if (!fetchedAt || (!state && !options.headRead)) {
      return true;
    }
    const { fetchSeconds } = this.#options.settings;
    return (
      options.now >= secondsAfter(fetchedAt, fetchSeconds) ||
      (pushedAt !== undefined && pushedAt >= fetchedAt) ||
      // Another replica knows a newer head; ours would lead back.
      (record.fetchedAt !== undefined && record.fetchedAt > fetchedAt)
    );
  }

  /** What keeps a repository from being asked for now. */
  #waitsFor({ record, repository, name }: Subject, now: string) {
    const { failure, retryAt, triedAt, pushedAt } = record;
    const isPushed = pushedAt && triedAt && pushedAt >= triedAt;
    if (failure && retryAt && now < retryAt && !isPushed) {
      return failure;
    }
    const pause = this.#pauses.get(repository.host);
    return pause && now < pause.until
      ? MirrorError.create(pause.error.code, name)
      : undefined;
  }

  async #fetch(subject: Subject, options: UpdateOptions): Promise<string> {
    const { folder, host, repository, name, state } = subject;
    const { now, signal } = options;
    const { maxRepositoryBytes } = this.#options.settings;
    const asked = { name, signal, maxBytes: maxRepositoryBytes };
    const address = await addressOf(host, repository, asked);
    if (state) {
      await fetchMirror(folder, address, asked);
      await tidyMirror(folder, asked).catch(error => {
        this.#options.logger.warn('A mirror could not be tidied', {
          repository: name,
          error: String(error),
        });
      });
      return this.#settle(subject, folder, options);
    }
    const made = await this.#disk.makeWorkFolder(now);
    try {
      if (
        options.headRead &&
        (await readRemoteHead(made, address, asked)) === options.headRead
      ) {
        return options.headRead;
      }
      await initMirror(made, asked);
      await fetchMirror(made, address, asked);
      return await this.#settle(subject, made, options);
    } finally {
      await this.#disk.remove(made, now);
    }
  }

  /** Writes down what was fetched, gives it its place, and makes room for it. */
  async #settle(
    { folder, name }: Subject,
    fetched: string,
    { now }: UpdateOptions,
  ): Promise<string> {
    const { logger, settings, leaseSeconds } = this.#options;
    const { head } = await readHead(fetched);
    await this.#disk.write(fetched, {
      head,
      bytes: await bytesOf(fetched),
      fetchedAt: now,
      usedAt: now,
      busyUntil: secondsAfter(now, leaseSeconds),
    });
    if (fetched !== folder) {
      await this.#disk.moveIn(fetched, folder, now);
    }
    await this.#disk.sweep(now, 2 * leaseSeconds);
    const { folders, fits } = planRemovals({
      mirrors: await this.#disk.list(),
      maxBytes: settings.maxBytes,
      keep: folder,
      now,
    });
    for (const one of folders) {
      await this.#disk.remove(one, now);
    }
    if (folders.length > 0) {
      logger.info('Mirrors were removed to make room', {
        mirrors: folders.length,
      });
    }
    if (!fits) {
      await this.#disk.remove(folder, now);
      throw MirrorError.create('no-room', name);
    }
    return head;
  }

  async #asItIs(
    { folder, state }: Subject,
    { headRead = '', now }: UpdateOptions,
  ): Promise<string> {
    if (state && state.head !== headRead) {
      const busyUntil = secondsAfter(now, this.#options.leaseSeconds);
      await this.#disk.write(folder, { ...state, usedAt: now, busyUntil });
    }
    return state?.head ?? headRead;
  }

  /** Goes on without its host for a while, with what is here. */
  async #without(
    subject: Subject,
    error: MirrorError,
    options: UpdateOptions,
  ): Promise<string> {
    const { folder, record } = subject;
    const state = await this.#disk.read(folder);
    const { fetchSeconds } = this.#options.settings;
    if (
      error.isTemporary &&
      (state || options.headRead) &&
      record.fetchedAt &&
      options.now < secondsAfter(record.fetchedAt, fetchSeconds + GRACE_SECONDS)
    ) {
      return this.#asItIs({ ...subject, state }, options);
    }
    throw error;
  }

  async #noteFailure(
    { folder, name, repository, record }: Subject,
    error: MirrorError,
    now: string,
  ): Promise<void> {
    const failures = record.failures + 1;
    const wait = Math.max(
      Math.min(FIRST_WAIT_SECONDS * 2 ** (failures - 1), MAX_WAIT_SECONDS),
      error.retryAfterSeconds ?? 0,
    );
    this.#options.logger.warn('A repository could not be fetched', {
      repository: name,
      code: error.code,
      failures,
      waitSeconds: wait,
    });
    if (['rate-limited', 'timeout', 'unavailable'].includes(error.code)) {
      const pause = error.retryAfterSeconds ?? HOST_PAUSE_SECONDS;
      this.#pauses.set(repository.host, {
        until: secondsAfter(now, pause),
        error,
      });
    }
    const isGone =
      error.code === 'too-large' ||
      (['not-found', 'failed'].includes(error.code) &&
        record.failure?.code === error.code &&
        failures >= FAILURES_OF_A_MIRROR);
    if (isGone) {
      await this.#disk.remove(folder, now);
    }
    await this.#options.store.setFailed(folder, {
      triedAt: now,
      failures,
      error,
      retryAt: secondsAfter(now, wait),
    });
  }
}

function toMirrorError(
  error: unknown,
  name: string,
  isLate: boolean,
): MirrorError {
  if (isLate) {
    return MirrorError.create('timeout', name);
  }
  if (error instanceof MirrorError) {
    return error;
  }
  const { code } = error as NodeJS.ErrnoException;
  return MirrorError.create(
    code === 'ENOSPC' || code === 'EDQUOT' ? 'no-room' : 'failed',
    name,
    // Of the file system, or of git-knowledge; a word, and no text.
    { detail: typeof code === 'string' ? code : undefined },
  );
}
