import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import {
  DraftResponse,
  KeepDraftRequest,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { Clock } from '../../../database/instants';
import { Access } from '../../../permissions/Access';
import type { RenameStore } from '../../people/RenameStore';
import { DraftStore } from './DraftStore';

/** What one person may keep, so that no script fills the table. */
const MAX_DRAFTS = 50;

export interface DraftServiceOptions {
  readonly clock: Clock;
  readonly access: Access;
  readonly drafts: DraftStore;
  readonly renames: RenameStore;
}

/**
 * Keeps what somebody writes until they submit it; it is for them alone, whatever the
 * catalog called them when they wrote it.
 */
export class DraftService {
  readonly #options: DraftServiceOptions;

  static create(options: DraftServiceOptions): DraftService {
    return new DraftService(options);
  }

  private constructor(options: DraftServiceOptions) {
    this.#options = options;
  }

  async get(
    key: string,
    credentials: BackstageCredentials,
  ): Promise<DraftResponse> {
    const { drafts } = this.#options;
    return { draft: await drafts.get(await this.#refsOf(credentials), key) };
  }

  /** @throws ConflictError when the caller has too many */
  async keep(
    { key, content }: KeepDraftRequest,
    credentials: BackstageCredentials,
  ): Promise<void> {
    const { clock, drafts } = this.#options;
    const refs = await this.#refsOf(credentials);
    if ((await drafts.countOthers(refs, key)) >= MAX_DRAFTS) {
      throw new ConflictError(
        `You have ${MAX_DRAFTS} other drafts. Submit some of them, or remove some on the page that says what is stored about you.`,
      );
    }
    const [caller] = refs;
    await drafts.keep(caller, { key, content, savedAt: await clock() });
  }

  /** Removes it, where there is one. */
  async remove(key: string, credentials: BackstageCredentials): Promise<void> {
    const { drafts } = this.#options;
    await drafts.remove(await this.#refsOf(credentials), key);
  }

  /** By which the caller is known; the present one first. */
  async #refsOf(credentials: BackstageCredentials): Promise<string[]> {
    const { access, renames } = this.#options;
    return renames.allOf(access.callerOf(credentials));
  }
}
