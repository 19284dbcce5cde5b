import { Readings } from '@understanding-dev/backstage-plugin-understanding-common';
import { Knex } from 'knex';
import { batches } from '../../../database/shadow';
import { ReadingRow } from '../../../database/tables';

const NOBODY: Readings = { helped: 0, notHelped: 0 };

/** Whether records helped their readers; the last word of each reader counts. */
export class ReadingStore {
  static create(): ReadingStore {
    return new ReadingStore();
  }

  private constructor() {}

  async set(tx: Knex, row: ReadingRow): Promise<void> {
    await tx<ReadingRow>('readings')
      .insert(row)
      .onConflict(['record_id', 'reader_ref'])
      .merge(['helped', 'at']);
  }

  /** How many readers some records helped, and what one of them said. */
  async of(
    tx: Knex,
    recordIds: readonly string[],
    readerRef: string,
  ): Promise<(recordId: string) => Readings> {
    const found = new Map<string, Readings>();
    for (const batch of batches(recordIds)) {
      const rows = await tx<ReadingRow>('readings').whereIn('record_id', batch);
      for (const { record_id: id, reader_ref: reader, helped } of rows) {
        const before = found.get(id) ?? NOBODY;
        found.set(id, {
          helped: before.helped + (helped ? 1 : 0),
          notHelped: before.notHelped + (helped ? 0 : 1),
          mine: reader === readerRef ? Boolean(helped) : before.mine,
        });
      }
    }
    return recordId => found.get(recordId) ?? NOBODY;
  }
}
