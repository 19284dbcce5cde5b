import { judgePeople } from '@understanding-dev/backstage-plugin-understanding-common';
import { Clock } from '../../database/instants';
import type { EntityRecordReader } from './EntityRecordReader';
import type { EntityStore } from './EntityStore';
import type { KnownEntity, SummaryStore } from './SummaryStore';

export interface KnownEntityReaderOptions {
  readonly clock: Clock;
  readonly summaries: SummaryStore;
  readonly entities: EntityStore;
  readonly records: EntityRecordReader;
}

/**
 * Who understands entities, with everybody who has evidence of them. Of an entity on
 * which very many work only the first are prepared; it is judged anew.
 */
export class KnownEntityReader {
  readonly #options: KnownEntityReaderOptions;

  static create(options: KnownEntityReaderOptions): KnownEntityReader {
    return new KnownEntityReader(options);
  }

  private constructor(options: KnownEntityReaderOptions) {
    this.#options = options;
  }

  /** Of those that are known. */
  async read(entityRefs: readonly string[]): Promise<KnownEntity[]> {
    const known = await this.#options.summaries.getKnown(entityRefs);
    const all: KnownEntity[] = [];
    for (const one of known) {
      all.push(one.understanding.morePeople ? await this.#judged(one) : one);
    }
    return all;
  }

  async #judged(known: KnownEntity): Promise<KnownEntity> {
    const { clock, entities, records } = this.#options;
    const { summary, understanding } = known;
    const located = await entities.get(summary.entityRef);
    if (!located) {
      return known;
    }
    const now = await clock();
    const judged = judgePeople({
      ...(await records.readPeople(located, now)),
      now,
    });
    return {
      summary,
      understanding: {
        understandingRule: understanding.understandingRule,
        people: judged.people,
      },
    };
  }
}
