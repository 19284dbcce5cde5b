import { Knex } from 'knex';
import { isPostgres } from '../../database/instants';
import { TicketQueue } from '../../database/TicketQueue';
import { EntityRow, EvidenceRow } from '../../database/tables';

/** Under which the evidence stands, beside that of repositories. */
export const EXPLANATIONS = 'explanations';

interface Explained {
  readonly digest: string;
  readonly id: string;
  readonly host: string | null;
  readonly url: string | null;
  readonly author: string | null;
  readonly author_is_bot: boolean | number | null;
  readonly described_at: string | null;
  readonly updated_at: string;
}

/**
 * Who has explained what: whoever wrote a text that a reviewer accepted, and that is not
 * taken back. A host or this back end has authenticated them.
 */
export class ExplainedEvidence {
  readonly #queue: TicketQueue;

  static create(options: { queue: TicketQueue }): ExplainedEvidence {
    return new ExplainedEvidence(options.queue);
  }

  private constructor(queue: TicketQueue) {
    this.#queue = queue;
  }

  /** Computes anew what explanations prove of some entities. */
  async refresh(
    tx: Knex,
    entityRefs: readonly string[],
    now: string,
  ): Promise<void> {
    for (const entityRef of [...entityRefs].sort()) {
      const of = { entity_ref: entityRef };
      if (isPostgres(tx)) {
        await tx<EntityRow>('entities').where(of).forUpdate().first();
      }
      await tx<EvidenceRow>('evidence')
        .where({ ...of, source: EXPLANATIONS })
        .delete();
      const rows = await evidenceOf(tx, entityRef);
      for (const row of rows) {
        await tx<Omit<EvidenceRow, 'id'>>('evidence').insert(row);
      }
    }
    await this.#queue.mark(tx, 'entity', entityRefs, now);
  }
}

async function evidenceOf(
  tx: Knex,
  entityRef: string,
): Promise<Array<Omit<EvidenceRow, 'id'>>> {
  const accepted: Explained[] = await tx('explanations')
    .join(
      'explanation_entities',
      'explanation_entities.explanation_id',
      'explanations.id',
    )
    .leftJoin('changes', 'changes.id', 'explanations.change_id')
    .where({ entity_ref: entityRef })
    .whereIn('explanations.state', ['accepted', 'stale'])
    .whereNotNull('explanations.digest')
    .select(
      'explanations.id',
      'explanations.digest',
      'explanations.host',
      'explanations.url',
      'explanations.described_at',
      'explanations.updated_at',
      'changes.author',
      'changes.author_is_bot',
    );
  const found = new Map<string, Omit<EvidenceRow, 'id'>>();
  for (const one of accepted) {
    const page = await tx('explanation_versions')
      .where({ explanation_id: one.id, digest: one.digest, source: 'page' })
      .orderBy('at', 'desc')
      .first('author_ref', 'at');
    const login = one.author_is_bot ? null : one.author;
    const name: string | null = page?.author_ref ?? login;
    if (name === null) {
      continue;
    }
    const key = page ? name : `${one.host} ${name}`;
    const at: string = page?.at ?? one.described_at ?? one.updated_at;
    const before = found.get(key);
    const isLater = !before || at > before.latest_at;
    found.set(key, {
      entity_ref: entityRef,
      kind: 'explained',
      source: EXPLANATIONS,
      person_ref: page ? name : null,
      display_name: name,
      latest_at: isLater ? at : before.latest_at,
      count: (before?.count ?? 0) + 1,
      url: isLater ? one.url : before.url,
      verified: true,
      host: page ? null : one.host,
      login: page ? null : name,
      email: null,
    });
  }
  return [...found.values()];
}
