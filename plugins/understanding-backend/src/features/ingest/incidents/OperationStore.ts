import { HostOperation } from '@understanding-dev/backstage-plugin-understanding-common';
import { Knex } from 'knex';
import { isPostgres } from '../../../database/instants';
import { batches, fingerprint } from '../../../database/shadow';
import { EntityRow, EvidenceRow, OperationRow } from '../../../database/tables';
import type { ErasedStore } from '../../people/ErasedStore';
import type { OldestKept } from '../../people/EvidenceExpiry';

/** Under which the evidence stands, beside that of repositories. */
export const INCIDENTS = 'incidents';

/**
 * What people did in incidents, and what that proves: for each entity and person one
 * row of evidence, however often somebody acknowledged something.
 */
export class OperationStore {
  readonly #options: { erased: ErasedStore; oldestKept: OldestKept };

  static create(options: {
    erased: ErasedStore;
    oldestKept: OldestKept;
  }): OperationStore {
    return new OperationStore(options);
  }

  private constructor(options: {
    erased: ErasedStore;
    oldestKept: OldestKept;
  }) {
    this.#options = options;
  }

  /**
   * Keeps what somebody did, once, however often it is told.
   *
   * @returns the entities that it is about, none where no entity has that service yet
   */
  async add(
    tx: Knex,
    operation: HostOperation,
    now: string,
  ): Promise<string[]> {
    const { account, email, name, incident, url } = operation;
    const isErased = await this.#options.erased.matcher(tx);
    if ((account && isErased(account)) || (email && isErased({ email }))) {
      return [];
    }
    const what = [operation.source, incident, operation.action];
    await tx<OperationRow>('operations')
      .insert({
        id: fingerprint([what, account ?? null, email ?? null]),
        entity_ref: operation.entityRef ?? null,
        service: operation.service ?? null,
        host: account?.host ?? null,
        login: account?.login ?? null,
        email: email ?? null,
        display_name: name,
        // No clock of others makes evidence fresh for longer than ours.
        at: operation.at > now ? now : operation.at,
        url: url ?? null,
      })
      .onConflict('id')
      .ignore();
    const entities = tx<EntityRow>('entities').whereNull('removed_at');
    const refs: string[] = await (operation.entityRef === undefined
      ? entities.where({ incident_service: operation.service })
      : entities.where({ entity_ref: operation.entityRef })
    ).pluck('entity_ref');
    await this.refresh(tx, refs, now);
    return refs;
  }

  /** Computes anew what incidents prove of some entities. */
  async refresh(
    tx: Knex,
    entityRefs: readonly string[],
    now: string,
  ): Promise<void> {
    const oldest = this.#options.oldestKept(now);
    for (const batch of batches([...new Set(entityRefs)].sort())) {
      if (isPostgres(tx)) {
        await tx<EntityRow>('entities')
          .whereIn('entity_ref', batch)
          .orderBy('entity_ref')
          .forUpdate()
          .select('entity_ref');
      }
      const done: Array<OperationRow & { of: string }> = await tx('operations')
        .join('entities', on =>
          on
            .on('entities.entity_ref', 'operations.entity_ref')
            .orOn('entities.incident_service', 'operations.service'),
        )
        .whereIn('entities.entity_ref', batch)
        .andWhere('operations.at', '>=', oldest)
        .select('operations.*', { of: 'entities.entity_ref' })
        .orderBy(['operations.at', 'operations.id']);
      await tx<EvidenceRow>('evidence')
        .where({ source: INCIDENTS })
        .whereIn('entity_ref', batch)
        .delete();
      const found = new Map<string, Omit<EvidenceRow, 'id'>>();
      for (const { of, host, login, email, display_name, at, url } of done) {
        const key = JSON.stringify([of, host, login, email]);
        found.set(key, {
          entity_ref: of,
          kind: 'operated',
          source: INCIDENTS,
          person_ref: null,
          display_name,
          latest_at: at,
          count: (found.get(key)?.count ?? 0) + 1,
          url,
          verified: true,
          host,
          login,
          email,
        });
      }
      for (const rows of batches([...found.values()])) {
        await tx<Omit<EvidenceRow, 'id'>>('evidence').insert(rows);
      }
    }
  }

  /** Computes it anew of those entities that incidents prove, or proved, anything of. */
  async follow(
    tx: Knex,
    entityRefs: readonly string[],
    now: string,
  ): Promise<void> {
    const touched: string[] = [];
    for (const batch of batches(entityRefs)) {
      touched.push(
        ...(await tx<EvidenceRow>('evidence')
          .where({ source: INCIDENTS })
          .whereIn('entity_ref', batch)
          .distinct('entity_ref')
          .pluck('entity_ref')),
        ...(await tx('operations')
          .whereIn('entity_ref', batch)
          .distinct('entity_ref')
          .pluck('entity_ref')),
        ...(await tx('entities')
          .whereIn('entity_ref', batch)
          .whereIn('incident_service', tx('operations').select('service'))
          .pluck('entity_ref')),
      );
    }
    await this.refresh(tx, touched, now);
  }
}
