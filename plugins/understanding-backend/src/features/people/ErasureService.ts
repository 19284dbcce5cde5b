import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { ConflictError, NotFoundError } from '@backstage/errors';
import { understandingAdminPermission } from '@understanding-dev/backstage-plugin-understanding-common';
import { Knex } from 'knex';
import { Clock } from '../../database/instants';
import { TicketQueue } from '../../database/TicketQueue';
import { Access } from '../../permissions/Access';
import { PeopleStore } from './PeopleStore';
import { rowsAbout, rowsBy } from './personalData';
import type { RenameStore } from './RenameStore';

export interface ErasureServiceOptions {
  readonly knex: Knex;
  readonly clock: Clock;
  readonly queue: TicketQueue;
  readonly access: Access;
  readonly people: PeopleStore;
  readonly renames: RenameStore;
}

/** Takes orders to erase people; {@link PersonEraser} does it. */
export class ErasureService {
  readonly #options: ErasureServiceOptions;

  static create(options: ErasureServiceOptions): ErasureService {
    return new ErasureService(options);
  }

  private constructor(options: ErasureServiceOptions) {
    this.#options = options;
  }

  /**
   * Erases what is kept about somebody who is no longer in the catalog; it is done
   * soon, and whole.
   *
   * @throws ConflictError while the catalog has them
   * @throws NotFoundError where nothing is kept about them, as of a mistyped reference
   */
  async erase(
    personRef: string,
    credentials: BackstageCredentials,
  ): Promise<void> {
    const { access, clock, knex, people, queue, renames } = this.#options;
    await access.require(credentials, understandingAdminPermission);
    const record = await people.getRecord(personRef, []);
    if (record && record.removedAt === undefined) {
      throw new ConflictError(
        `${personRef} is in the catalog. Remove the User there first; otherwise all would come back with the next synchronisation.`,
      );
    }
    const { personRef: now } = (await renames.presentRefs([personRef]))(
      personRef,
    );
    const present = await people.getRecord(now, []);
    if (present && present.removedAt === undefined) {
      throw new ConflictError(
        `${personRef} is called ${now} now, who is in the catalog: what is kept is theirs. If it is somebody else, refuse that they are the same first.`,
      );
    }
    if (!(await this.#isKept(personRef))) {
      throw new NotFoundError(
        `Nothing is kept about ${personRef}. Was it called so in the catalog? A reference is like user:default/ada.`,
      );
    }
    await queue.mark(knex, 'erasure', [personRef], await clock());
  }

  async #isKept(personRef: string): Promise<boolean> {
    const { knex } = this.#options;
    const kept = [
      ...rowsAbout(knex, personRef),
      ...rowsBy(knex, personRef).map(one => one.rows),
    ];
    for (const rows of kept) {
      if (await rows.first(knex.raw('1'))) {
        return true;
      }
    }
    return false;
  }
}
