import { LoggerService } from '@backstage/backend-plugin-api';
import { HostRepository } from '@understanding-dev/backstage-plugin-understanding-common';
import { Knex } from 'knex';
import { secondsAfter } from '../../../database/instants';
import { ChangeHosts } from '../ChangeHosts';
import { MirrorDisk, MirrorState } from './MirrorDisk';
import { MirrorError } from './MirrorError';
import { MirrorFetcher, MirrorTarget } from './MirrorFetcher';
import { mirrorFolder, mirroredRepository } from './mirrorFolder';
import {
  countsWithout,
  failureToWaitFor,
  isFetchDue,
  waitSecondsAfter,
} from './mirrorSchedule';
import { MirrorRecord, MirrorStore } from './MirrorStore';

/** A host that gave no answer is left alone for so long, whatever it is asked for. */
const HOST_PAUSE_SECONDS = 300;

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

/** A mirror, with what is known of it. */
interface KnownMirror extends MirrorTarget {
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
  readonly #fetcher: MirrorFetcher;
  /** By host. Other processes find out by themselves. */
  readonly #pauses = new Map<string, { until: string; error: MirrorError }>();

  static create(options: MirrorsOptions): Mirrors {
    return new Mirrors(options);
  }

  private constructor(options: MirrorsOptions) {
    this.#options = options;
    this.#disk = MirrorDisk.create(options.settings);
    this.#fetcher = MirrorFetcher.create({
      ...options,
      ...options.settings,
      disk: this.#disk,
    });
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

  /** Folders of a repository that was pushed to: those that are mirrors are fetched next. */
  async markPushed(
    tx: Knex,
    folders: readonly string[],
    now: string,
  ): Promise<void> {
    for (const folder of folders.filter(one => this.has(one))) {
      await this.#options.store.setPushed(tx, folder, now);
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
    const { settings, store } = this.#options;
    const mirror = await this.#find(folder);
    if (!isFetchDue(this.#ageOf(mirror, options))) {
      return this.#asItIs(mirror, options);
    }
    const early =
      failureToWaitFor(mirror.record, now) ?? this.#pauseOf(mirror, now);
    if (early) {
      return this.#without(mirror, early, options);
    }
    const timeout = AbortSignal.timeout(settings.timeoutSeconds * 1000);
    try {
      const head = await this.#fetcher.fetch(mirror, {
        ...options,
        signal: AbortSignal.any([signal, timeout]),
      });
      await store.setFetched(folder, now);
      return head;
    } catch (error) {
      signal.throwIfAborted();
      const known = toMirrorError(error, mirror.name, timeout.aborted);
      await this.#noteFailure(mirror, known, now);
      return this.#without(mirror, known, options);
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

  async #find(folder: string): Promise<KnownMirror> {
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

  #ageOf({ record, state }: KnownMirror, { headRead, now }: UpdateOptions) {
    const { fetchSeconds } = this.#options.settings;
    return { record, state, headRead, fetchSeconds, now };
  }

  #pauseOf({ repository, name }: KnownMirror, now: string) {
    const pause = this.#pauses.get(repository.host);
    return pause && now < pause.until
      ? MirrorError.create(pause.error.code, name)
      : undefined;
  }

  async #asItIs(
    { folder, state }: KnownMirror,
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
    mirror: KnownMirror,
    error: MirrorError,
    options: UpdateOptions,
  ): Promise<string> {
    const present = { ...mirror, state: await this.#disk.read(mirror.folder) };
    if (countsWithout(error, this.#ageOf(present, options))) {
      return this.#asItIs(present, options);
    }
    throw error;
  }

  async #noteFailure(
    { folder, name, repository, record }: KnownMirror,
    error: MirrorError,
    now: string,
  ): Promise<void> {
    const { logger, store } = this.#options;
    const failures = record.failures + 1;
    const wait = waitSecondsAfter(failures, error);
    logger.warn('A repository could not be fetched', {
      repository: name,
      code: error.code,
      failures,
      waitSeconds: wait,
    });
    if (['rate-limited', 'timeout', 'unavailable'].includes(error.code)) {
      const pause = error.retryAfterSeconds ?? HOST_PAUSE_SECONDS;
      const until = secondsAfter(now, pause);
      this.#pauses.set(repository.host, { until, error });
    }
    // Twice the same, and the mirror is of nothing, or is itself to blame.
    const isAgain = record.failure?.code === error.code;
    if (
      error.code === 'too-large' ||
      (isAgain && ['not-found', 'failed'].includes(error.code))
    ) {
      await this.#disk.remove(folder, now);
    }
    const retryAt = secondsAfter(now, wait);
    await store.setFailed(folder, { triedAt: now, failures, error, retryAt });
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
