import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import {
  DraftResponse,
  KeepDraftRequest,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { Clock } from '../../../database/instants';
import { Access } from '../../../permissions/Access';
import { DraftStore } from './DraftStore';

/** What one person may keep, so that no script fills the table. */
const MAX_DRAFTS = 50;

/** Keeps what somebody writes until they submit it; it is for them alone. */
export class DraftService {
  readonly #options: { clock: Clock; access: Access; drafts: DraftStore };

  static create(options: {
    clock: Clock;
    access: Access;
    drafts: DraftStore;
  }): DraftService {
    return new DraftService(options);
  }

  private constructor(options: {
    clock: Clock;
    access: Access;
    drafts: DraftStore;
  }) {
    this.#options = options;
  }

  async get(
    key: string,
    credentials: BackstageCredentials,
  ): Promise<DraftResponse> {
    const { access, drafts } = this.#options;
    return { draft: await drafts.get(access.callerOf(credentials), key) };
  }

  /** @throws ConflictError when the caller has too many */
  async keep(
    { key, content }: KeepDraftRequest,
    credentials: BackstageCredentials,
  ): Promise<void> {
    const { access, clock, drafts } = this.#options;
    const caller = access.callerOf(credentials);
    if ((await drafts.countOthers(caller, key)) >= MAX_DRAFTS) {
      throw new ConflictError(
        `You have ${MAX_DRAFTS} other drafts. Submit some of them, or remove some on the page that says what is stored about you.`,
      );
    }
    await drafts.keep(caller, { key, content, savedAt: await clock() });
  }

  /** Removes it, where there is one. */
  async remove(key: string, credentials: BackstageCredentials): Promise<void> {
    const { access, drafts } = this.#options;
    await drafts.remove(access.callerOf(credentials), key);
  }
}
