import {
  Correction,
  HandEvidence,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { Knex } from 'knex';
import {
  CorrectionRow,
  EvidenceRow,
  HandEvidenceRow,
  OptOutRow,
} from '../../database/tables';
import type { PeopleStore } from './PeopleStore';
import type { RenameStore } from './RenameStore';

/** The source of evidence that was given by hand. */
export const HAND = 'hand';

/** What somebody says of their own understanding of one entity. */
export interface PersonCorrection {
  readonly entityRef: string;
  readonly personRef: string;
  readonly correction: Correction;
}

/** What people say of understanding: evidence given by hand, and corrections. */
export class StatementStore {
  readonly #knex: Knex;
  readonly #renames: RenameStore;

  static create(options: { knex: Knex; renames: RenameStore }): StatementStore {
    return new StatementStore(options);
  }

  private constructor(options: { knex: Knex; renames: RenameStore }) {
    this.#knex = options.knex;
    this.#renames = options.renames;
  }

  /** @returns whether it is new */
  async insert(
    tx: Knex,
    evidence: Omit<HandEvidence, 'verified'>,
  ): Promise<boolean> {
    const inserted = await tx<HandEvidenceRow>('hand_evidence')
      .insert({
        id: evidence.id,
        entity_ref: evidence.entityRef,
        kind: evidence.kind,
        person_ref: evidence.personRef,
        at: evidence.at,
        url: evidence.url ?? null,
        note: evidence.note || null,
        state: evidence.state,
        proposed_by: evidence.proposedBy,
        proposed_at: evidence.proposedAt,
      })
      .onConflict(['entity_ref', 'kind', 'person_ref', 'at'])
      .ignore()
      .returning('id');
    return inserted.length > 0;
  }

  async get(id: string): Promise<HandEvidence | undefined> {
    const row = await this.#knex<HandEvidenceRow>('hand_evidence')
      .where({ id })
      .first();
    return row && toHandEvidence(row);
  }

  /**
   * Decides on what was proposed, once. Of what was declined, only so much stays
   * that it is not proposed again.
   *
   * @returns whether it was still to be decided
   */
  async decide(
    tx: Knex,
    id: string,
    state: 'confirmed' | 'declined',
  ): Promise<boolean> {
    const decided = await tx<HandEvidenceRow>('hand_evidence')
      .where({ id, state: 'proposed' })
      .update(
        state === 'confirmed' ? { state } : { state, url: null, note: null },
      );
    return decided > 0;
  }

  async remove(tx: Knex, id: string): Promise<void> {
    await tx<HandEvidenceRow>('hand_evidence').where({ id }).delete();
  }

  /** What names somebody by any reference, or was said by them; newest first. */
  async listOf(personRefs: readonly string[]): Promise<HandEvidence[]> {
    const rows = await this.#knex<HandEvidenceRow>('hand_evidence')
      .whereIn('person_ref', personRefs)
      .orWhereIn('proposed_by', personRefs)
      .orderBy([
        { column: 'proposed_at', order: 'desc' },
        { column: 'id', order: 'asc' },
      ]);
    return rows.map(toHandEvidence);
  }

  /** Confirmed sessions after an instant in which an entity was taught; the latest first. */
  async listTaught(entityRef: string, after: string): Promise<HandEvidence[]> {
    const rows = await this.#knex<HandEvidenceRow>('hand_evidence')
      .where({ entity_ref: entityRef, kind: 'taught', state: 'confirmed' })
      .andWhere('at', '>', after)
      .orderBy([{ column: 'at', order: 'desc' }, 'id']);
    return rows.map(toHandEvidence);
  }

  /** How many proposals of somebody wait for those whom they name. */
  async countProposed(proposedBy: string): Promise<number> {
    const [row] = await this.#knex<HandEvidenceRow>('hand_evidence')
      .where({ proposed_by: proposedBy, state: 'proposed' })
      .count({ count: '*' });
    return Number(row.count);
  }

  /**
   * Computes anew what counts of somebody's evidence by hand for an entity: for each
   * kind, that which others saw apart from what they say alone.
   */
  async refresh(tx: Knex, entityRef: string, personRef: string): Promise<void> {
    await tx<EvidenceRow>('evidence')
      .where({ source: HAND, entity_ref: entityRef, person_ref: personRef })
      .delete();
    const rows = await tx<HandEvidenceRow>('hand_evidence')
      .where({
        entity_ref: entityRef,
        person_ref: personRef,
        state: 'confirmed',
      })
      .orderBy([{ column: 'at', order: 'desc' }, 'id']);
    const alike = new Map<string, HandEvidence[]>();
    for (const one of rows.map(toHandEvidence)) {
      const key = `${one.kind} ${one.verified}`;
      alike.set(key, [...(alike.get(key) ?? []), one]);
    }
    for (const all of alike.values()) {
      const [latest] = all;
      await tx<Omit<EvidenceRow, 'id'>>('evidence').insert({
        entity_ref: entityRef,
        kind: latest.kind,
        source: HAND,
        person_ref: personRef,
        display_name: personRef,
        latest_at: latest.at,
        count: all.length,
        url: latest.url ?? null,
        verified: latest.verified,
        host: null,
        login: null,
        email: null,
      });
    }
  }

  /** Replaces what somebody said before of the same entity. */
  async correct(
    tx: Knex,
    { entityRef, personRef, correction }: PersonCorrection,
  ): Promise<void> {
    await tx<CorrectionRow>('corrections')
      .insert({
        entity_ref: entityRef,
        person_ref: personRef,
        type: correction.type,
        at: correction.at,
        until: 'until' in correction ? correction.until : null,
        note: ('note' in correction && correction.note) || null,
      })
      .onConflict(['entity_ref', 'person_ref'])
      .merge();
  }

  /** @returns whether there was one */
  async withdrawCorrection(
    tx: Knex,
    entityRef: string,
    personRefs: readonly string[],
  ): Promise<boolean> {
    const removed = await tx<CorrectionRow>('corrections')
      .where({ entity_ref: entityRef })
      .whereIn('person_ref', personRefs)
      .delete();
    return removed > 0;
  }

  /** What people say of their own understanding, by what they are called now. */
  async listCorrections(
    of: { entityRef: string } | { personRefs: readonly string[] },
  ): Promise<PersonCorrection[]> {
    const rows = await this.#knex<CorrectionRow>('corrections')
      .where(any =>
        'entityRef' in of
          ? any.where({ entity_ref: of.entityRef })
          : any.whereIn('person_ref', of.personRefs),
      )
      .orderBy(['entity_ref', 'at', 'person_ref']);
    const presentOf = await this.#renames.presentRefs(
      rows.map(row => row.person_ref),
    );
    // Of what somebody said by several names, the latest holds.
    const latest = new Map<string, PersonCorrection>();
    for (const row of rows) {
      const { personRef } = presentOf(row.person_ref);
      latest.set(JSON.stringify([row.entity_ref, personRef]), {
        entityRef: row.entity_ref,
        personRef,
        correction: toCorrection(row),
      });
    }
    return [...latest.values()];
  }

  /** Who does not want to be suggested. */
  async listOptOuts(): Promise<Set<string>> {
    const rows = await this.#knex<OptOutRow>('opt_outs').select('person_ref');
    const refs = rows.map(row => row.person_ref);
    const presentOf = await this.#renames.presentRefs(refs);
    return new Set(refs.flatMap(ref => [ref, presentOf(ref).personRef]));
  }

  async optOut(tx: Knex, personRef: string, now: string): Promise<void> {
    await tx<OptOutRow>('opt_outs')
      .insert({ person_ref: personRef, at: now })
      .onConflict('person_ref')
      .ignore();
  }

  async optIn(tx: Knex, personRefs: readonly string[]): Promise<void> {
    await tx<OptOutRow>('opt_outs').whereIn('person_ref', personRefs).delete();
  }

  /** Corrections of an entity, with the state of their people at present. */
  async correctionsOf(entityRef: string, people: PeopleStore) {
    const corrections = await this.listCorrections({ entityRef });
    const known = await people.getPeople(
      corrections.map(({ personRef }) => personRef),
    );
    return corrections.map(({ personRef, correction }) => {
      const person = known.get(personRef);
      return {
        personRef,
        displayName: person?.displayName ?? personRef,
        status: person?.active ? ('active' as const) : ('left' as const),
        correction,
      };
    });
  }
}

function toHandEvidence(row: HandEvidenceRow): HandEvidence {
  return {
    id: row.id,
    entityRef: row.entity_ref,
    kind: row.kind as HandEvidence['kind'],
    personRef: row.person_ref,
    at: row.at,
    url: row.url ?? undefined,
    note: row.note ?? undefined,
    state: row.state as HandEvidence['state'],
    proposedBy: row.proposed_by,
    proposedAt: row.proposed_at,
    verified: row.state === 'confirmed' && row.proposed_by !== row.person_ref,
  };
}

function toCorrection(row: CorrectionRow): Correction {
  return row.type === 'from-elsewhere'
    ? {
        type: 'from-elsewhere',
        at: row.at,
        until: row.until ?? row.at,
        note: row.note ?? undefined,
      }
    : { type: 'no-longer', at: row.at };
}
