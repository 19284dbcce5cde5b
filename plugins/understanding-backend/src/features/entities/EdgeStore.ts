import {
  Criticality,
  DeclaredEdge,
  EdgeFacts,
  RelationType,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { Knex } from 'knex';
import { batches } from '../../database/shadow';
import { writeVersion } from '../../database/versions';
import {
  EdgeClassificationRow,
  EdgeObservationRow,
  EdgeRow,
} from '../../database/tables';

/** The relations that one entity declares. */
export interface Declaration {
  readonly entityRef: string;
  readonly edges: readonly DeclaredEdge[];
}

/** A counter of calls from one entity to another. */
export interface CallCount {
  readonly sourceRef: string;
  readonly targetRef: string;
  readonly requests: number;
}

/** Relations of the catalog, what people said of them, and calls that were seen. */
export class EdgeStore {
  readonly #knex: Knex;

  static create(options: { knex: Knex }): EdgeStore {
    return new EdgeStore(options.knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /**
   * Replaces what entities declare. A relation that is gone is tombstoned, so that it
   * keeps when it was first seen.
   *
   * @returns entities whose dependencies lead elsewhere now, since somebody began or
   * ceased to provide an API that they consume
   */
  async declare(
    tx: Knex,
    declarations: readonly Declaration[],
    now: string,
  ): Promise<string[]> {
    const apis = new Set<string>();
    for (const { entityRef, edges } of declarations) {
      const present = await tx<EdgeRow>('edges')
        .where({ source_ref: entityRef, type: 'providesApi' })
        .whereNull('removed_at');
      const before = present.map(row => row.target_ref);
      const after = edges
        .filter(edge => edge.type === 'providesApi')
        .map(edge => edge.targetRef);
      [
        ...before.filter(ref => !after.includes(ref)),
        ...after.filter(ref => !before.includes(ref)),
      ].forEach(ref => apis.add(ref));
      await this.#replace(tx, entityRef, edges, now);
    }
    return this.#sourcesOf(tx, 'consumesApi', [...apis]);
  }

  /** Entities that declare that they depend on one of these, also through an API. */
  async dependantsOf(
    tx: Knex,
    targetRefs: readonly string[],
  ): Promise<string[]> {
    const apis: string[] = [];
    for (const batch of batches(targetRefs)) {
      const rows = await tx<EdgeRow>('edges')
        .whereIn('source_ref', batch)
        .where({ type: 'providesApi' })
        .whereNull('removed_at')
        .distinct('target_ref');
      apis.push(...rows.map(row => row.target_ref));
    }
    return [
      ...(await this.#sourcesOf(tx, 'dependsOn', targetRefs)),
      ...(await this.#sourcesOf(tx, 'consumesApi', apis)),
    ];
  }

  /** All that is known of the dependencies of an entity. */
  async factsOf(
    entityRef: string,
    knex: Knex = this.#knex,
  ): Promise<EdgeFacts> {
    const declared: Array<EdgeRow & { seen_at: string | null }> = await knex(
      'edges',
    )
      .leftJoin('entities', 'entities.entity_ref', 'edges.source_ref')
      .where('edges.source_ref', entityRef)
      .whereNull('edges.removed_at')
      .orderBy(['edges.type', 'edges.target_ref'])
      .select('edges.*', 'entities.seen_at');
    const observed: Array<
      Pick<EdgeObservationRow, 'target_ref' | 'first_seen' | 'last_seen'>
    > = await knex('edge_observations')
      .where({ source_ref: entityRef })
      .groupBy('target_ref')
      .orderBy('target_ref')
      .select('target_ref')
      .min({ first_seen: 'first_seen' })
      .max({ last_seen: 'last_seen' });
    const classifications = await knex<EdgeClassificationRow>(
      'edge_classifications',
    ).where({ source_ref: entityRef });
    return {
      sourceRef: entityRef,
      declared: declared.map(row => ({
        type: row.type as RelationType,
        targetRef: row.target_ref,
        criticality: row.criticality as Criticality,
        firstSeen: row.first_seen,
        // Every pass over the catalog sees it again.
        lastSeen: row.seen_at ?? row.last_seen,
      })),
      providers: await this.#providersOf(
        knex,
        declared.flatMap(row =>
          row.type === 'consumesApi' ? [row.target_ref] : [],
        ),
      ),
      observed: observed.map(row => ({
        targetRef: row.target_ref,
        firstSeen: row.first_seen,
        lastSeen: row.last_seen,
      })),
      classifications: classifications.map(row => ({
        targetRef: row.target_ref,
        criticality: row.criticality as Criticality,
        comment: row.comment ?? undefined,
        version: row.version,
        by: row.classified_by,
        at: row.classified_at,
      })),
    };
  }

  /** When entities were last seen in any call, as caller or as the one called. */
  async lastSeenInTraffic(
    entityRefs: readonly string[],
  ): Promise<Map<string, string>> {
    const lastSeen = new Map<string, string>();
    for (const batch of batches([...new Set(entityRefs)])) {
      for (const column of ['source_ref', 'target_ref'] as const) {
        const rows: Array<{ ref: string; last_seen: string }> =
          await this.#knex('edge_observations')
            .whereIn(column, batch)
            .groupBy(column)
            .select({ ref: column })
            .max({ last_seen: 'last_seen' });
        for (const { ref, last_seen } of rows) {
          if (last_seen > (lastSeen.get(ref) ?? '')) {
            lastSeen.set(ref, last_seen);
          }
        }
      }
    }
    return lastSeen;
  }

  /** @returns whether the version that was read was still the present one */
  async classify(
    tx: Knex,
    edge: { readonly sourceRef: string; readonly targetRef: string },
    read: number,
    said: { readonly criticality: Criticality; readonly comment?: string },
    change: { readonly by: string; readonly at: string },
  ): Promise<boolean> {
    return writeVersion(
      tx,
      'edge_classifications',
      { source_ref: edge.sourceRef, target_ref: edge.targetRef },
      read,
      {
        criticality: said.criticality,
        comment: said.comment ?? null,
        classified_by: change.by,
        classified_at: change.at,
      },
    );
  }

  /**
   * Takes counters of calls. A pair was seen when its counter moved since the same
   * reporter last told it, or begins above 0.
   *
   * @param staleBefore - an instant; who was last seen before it is seen anew
   * @returns the pairs that were seen, and those of them that were not lately before
   */
  async observe(
    tx: Knex,
    reporter: string,
    counts: readonly CallCount[],
    now: string,
    staleBefore: string,
  ): Promise<{ seen: CallCount[]; anew: CallCount[] }> {
    const seen: CallCount[] = [];
    const anew: CallCount[] = [];
    for (const batch of batches(counts)) {
      const rows = await tx<EdgeObservationRow>('edge_observations')
        .where({ reporter })
        .whereIn(
          'source_ref',
          batch.map(one => one.sourceRef),
        );
      const known = new Map(
        rows.map(row => [`${row.source_ref} ${row.target_ref}`, row]),
      );
      const moved = batch.filter(one => {
        const before = known.get(`${one.sourceRef} ${one.targetRef}`);
        return one.requests > 0 && one.requests !== before?.requests;
      });
      seen.push(...moved);
      anew.push(
        ...moved.filter(one => {
          const before = known.get(`${one.sourceRef} ${one.targetRef}`);
          return !before || before.last_seen < staleBefore;
        }),
      );
      if (moved.length > 0) {
        await tx<EdgeObservationRow>('edge_observations')
          .insert(
            moved.map(one => ({
              reporter,
              source_ref: one.sourceRef,
              target_ref: one.targetRef,
              requests: one.requests,
              first_seen: now,
              last_seen: now,
            })),
          )
          .onConflict(['source_ref', 'target_ref', 'reporter'])
          .merge(['requests', 'last_seen']);
      }
    }
    return { seen, anew };
  }

  async #replace(
    tx: Knex,
    sourceRef: string,
    declared: readonly DeclaredEdge[],
    now: string,
  ): Promise<void> {
    await tx<EdgeRow>('edges')
      .where({ source_ref: sourceRef })
      .whereNull('removed_at')
      .update({ removed_at: now });
    for (const batch of batches(declared)) {
      await tx<EdgeRow>('edges')
        .insert(
          batch.map(edge => ({
            source_ref: sourceRef,
            type: edge.type,
            target_ref: edge.targetRef,
            origin: 'declared',
            criticality: edge.criticality,
            first_seen: now,
            last_seen: now,
            removed_at: null,
          })),
        )
        .onConflict(['source_ref', 'type', 'target_ref'])
        .merge(['origin', 'criticality', 'last_seen', 'removed_at']);
    }
  }

  async #sourcesOf(
    tx: Knex,
    type: RelationType,
    targetRefs: readonly string[],
  ): Promise<string[]> {
    const refs: string[] = [];
    for (const batch of batches(targetRefs)) {
      const rows = await tx<EdgeRow>('edges')
        .whereIn('target_ref', batch)
        .where({ type })
        .whereNull('removed_at')
        .distinct('source_ref');
      refs.push(...rows.map(row => row.source_ref));
    }
    return refs;
  }

  async #providersOf(
    knex: Knex,
    apiRefs: readonly string[],
  ): Promise<Map<string, string[]>> {
    const providers = new Map<string, string[]>();
    for (const batch of batches(apiRefs)) {
      const rows = await knex<EdgeRow>('edges')
        .whereIn('target_ref', batch)
        .where({ type: 'providesApi' })
        .whereNull('removed_at')
        .orderBy('source_ref');
      for (const row of rows) {
        const present = providers.get(row.target_ref) ?? [];
        providers.set(row.target_ref, [...present, row.source_ref]);
      }
    }
    return providers;
  }
}
