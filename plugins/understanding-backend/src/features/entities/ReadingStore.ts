import { QueueName } from '@understanding-dev/backstage-plugin-understanding-common';
import { Knex } from 'knex';
import { Clock } from '../../database/instants';
import { prepared } from '../../database/prepared';

/** Of what is due, only the first is looked at: among it is what was never read. */
const LOOKED_AT = 1000;

export interface ReadingStoreOptions {
  readonly knex: Knex;
  readonly clock: Clock;
}

/** Tells what is not there from what has not been read yet. */
export class ReadingStore {
  readonly #knex: Knex;
  readonly #clock: Clock;

  static create(options: ReadingStoreOptions): ReadingStore {
    return new ReadingStore(options);
  }

  private constructor(options: ReadingStoreOptions) {
    this.#knex = options.knex;
    this.#clock = options.clock;
  }

  /**
   * Whether anything of the catalog has not been read or assessed yet: at first all of
   * it, then entities that wait for their first assessment, or for their history. A
   * catalog that was read, and in which nothing is, is not waited for.
   */
  async isStillReading(): Promise<boolean> {
    const now = await this.#clock();
    const waiting = (queue: QueueName, done: string) => `EXISTS (
      SELECT 1 FROM (
        SELECT key FROM tickets WHERE queue = '${queue}' AND due_at <= ?
        ORDER BY due_at LIMIT ${LOOKED_AT}) AS due
      WHERE NOT EXISTS (SELECT 1 FROM ${done} = due.key))`;
    const [{ reading }] = await prepared<{ reading: boolean | number }>(
      this.#knex,
      {
        name: 'still reading',
        sql: `SELECT (
            NOT EXISTS (SELECT 1 FROM entities WHERE removed_at IS NULL)
            AND EXISTS (
              SELECT 1 FROM tickets
              WHERE queue = 'catalog' AND (due_at <= ? OR attempts > 0)))
          OR ${waiting('entity', 'summaries WHERE entity_ref')}
          OR ${waiting(
            'repository',
            'repositories WHERE repository',
          )} AS reading`,
        bindings: [now, now, now],
      },
    );
    return Boolean(reading);
  }
}
