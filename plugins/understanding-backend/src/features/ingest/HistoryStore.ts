import {
  AbsenceFactor,
  DocumentFacts,
  EvidenceKind,
  PersonRecord,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { Knex } from 'knex';
import { batches } from '../../database/shadow';
import {
  AbsenceFactorRow,
  BotRow,
  ContributorRow,
  CorrectionRow,
  DocumentRow,
  EvidenceRow,
  PathRow,
  RepositoryRow,
} from '../../database/tables';
import type { OldestKept } from '../people/EvidenceExpiry';
import type { IdentityStore } from '../people/IdentityStore';
import { ON_CALL, onCallNames } from '../people/onCallNames';
import type { RenameStore } from '../people/RenameStore';
import type { PersonChange, PeopleStore } from '../people/PeopleStore';
import { peopleBehind } from './peopleBehind';

/** A document with the facts of its history. */
export interface StoredDocument extends DocumentFacts {
  readonly id: string;
  readonly title?: string;
  readonly url?: string;
  /** Globs of what it describes; absent or none where that is all of its entity. */
  readonly covers?: readonly string[];
}

/** Files that the same active people are the authors of together. */
export interface AuthoredFiles {
  /** References of people. */
  readonly authors: readonly string[];
  readonly files: number;
}

/** One person's evidence from one history, for one entity. */
export interface HistoryEvidence {
  readonly entityRef: string;
  readonly kind: EvidenceKind;
  readonly personRef?: string;
  /** Canonical, where it is not of a person by what the catalog says alone. */
  readonly email?: string;
  readonly displayName: string;
  readonly latestAt: string;
  readonly count: number;
  readonly url?: string;
}

/** Of all who ever wrote files, and of those who are still here. */
interface AbsenceFactors {
  readonly allTime: AbsenceFactor;
  readonly present: AbsenceFactor;
}

/** All that one reading of one repository tells. */
export interface HistoryReading {
  readonly repository: string;
  readonly head: string;
  readonly requestHash: string;
  readonly readAt: string;
  readonly notices: readonly string[];
  readonly contributors: ReadonlyArray<{ email: string; login?: string }>;
  readonly evidence: readonly HistoryEvidence[];
  readonly documents: ReadonlyArray<StoredDocument & { entityRef: string }>;
  readonly absenceFactors: ReadonlyArray<{
    entityRef: string;
    factors: AbsenceFactors;
    authorship: readonly AuthoredFiles[];
  }>;
  readonly paths: ReadonlyArray<{
    path: string;
    entityRef: string;
    /** Those among the evidence of the entity who know this file. */
    knownBy: ReadonlyArray<
      Pick<HistoryEvidence, 'personRef' | 'email' | 'displayName'>
    >;
  }>;
  readonly bots: ReadonlyArray<Omit<BotRow, 'repository'>>;
}

/** The state of a repository, as the last attempt to read it left it. */
export interface RepositoryState {
  readonly head?: string;
  readonly requestHash?: string;
  readonly readAt?: string;
  readonly notices: readonly string[];
  readonly problem?: string;
}

export interface HistoryStoreOptions {
  readonly knex: Knex;
  readonly identities: IdentityStore;
  readonly renames: RenameStore;
  readonly oldestKept: OldestKept;
}

/** What histories tell; each reading of a repository replaces its last. */
export class HistoryStore {
  readonly #knex: Knex;
  readonly #options: HistoryStoreOptions;

  static create(options: HistoryStoreOptions): HistoryStore {
    return new HistoryStore(options);
  }

  private constructor(options: HistoryStoreOptions) {
    this.#knex = options.knex;
    this.#options = options;
  }

  async getRepository(
    repository: string,
  ): Promise<RepositoryState | undefined> {
    const row = await this.#knex<RepositoryRow>('repositories')
      .where({ repository })
      .first();
    return (
      row && {
        head: row.head ?? undefined,
        requestHash: row.request_hash ?? undefined,
        readAt: row.read_at ?? undefined,
        notices: JSON.parse(row.notices),
        problem: row.problem ?? undefined,
      }
    );
  }

  /** The addresses of everybody in the last reading, in order. */
  async listContributors(repository: string): Promise<string[]> {
    const rows = await this.#knex<ContributorRow>('contributors')
      .where({ repository })
      .select('email');
    return rows.map(row => row.email).sort();
  }

  async replace(tx: Knex, reading: HistoryReading): Promise<void> {
    const { repository } = reading;
    const oldest = this.#options.oldestKept(reading.readAt);
    const kept = reading.evidence.filter(one => one.latestAt >= oldest);
    await this.remove(tx, repository);
    await tx<RepositoryRow>('repositories').insert({
      repository,
      head: reading.head,
      request_hash: reading.requestHash,
      read_at: reading.readAt,
      notices: JSON.stringify(reading.notices),
      problem: null,
    });
    await insertAll<ContributorRow>(
      tx,
      'contributors',
      reading.contributors.map(({ email, login }) => ({
        repository,
        email,
        login: login ?? null,
      })),
    );
    await insertAll<Omit<EvidenceRow, 'id'>>(
      tx,
      'evidence',
      kept.map(one => ({
        entity_ref: one.entityRef,
        kind: one.kind,
        source: repository,
        person_ref: one.personRef ?? null,
        display_name: one.displayName,
        latest_at: one.latestAt,
        count: one.count,
        url: one.url ?? null,
        verified: false,
        host: null,
        login: null,
        email: one.email ?? null,
      })),
    );
    await insertAll<BotRow>(
      tx,
      'bots',
      reading.bots.map(bot => ({ repository, ...bot })),
    );
    const evidenceIds = await this.#evidenceIds(tx, repository);
    await insertAll<DocumentRow>(
      tx,
      'documents',
      reading.documents.map(({ entityRef, ...document }) => ({
        id: document.id,
        entity_ref: entityRef,
        repository,
        facts: JSON.stringify(document),
      })),
    );
    for (const batch of batches(reading.absenceFactors)) {
      await tx<AbsenceFactorRow>('absence_factors')
        .insert(
          batch.map(({ entityRef, factors, authorship }) => ({
            entity_ref: entityRef,
            repository,
            factors: JSON.stringify(factors),
            authorship: JSON.stringify(authorship),
          })),
        )
        // Of an entity that came from another repository, which is not read anew yet.
        .onConflict('entity_ref')
        .merge();
    }
    await insertAll<PathRow>(
      tx,
      'paths',
      reading.paths.map(({ path, entityRef, knownBy }) => ({
        repository,
        path,
        entity_ref: entityRef,
        known_by: JSON.stringify(
          knownBy.flatMap(
            one => evidenceIds.get(evidenceKey(entityRef, one)) ?? [],
          ),
        ),
      })),
    );
  }

  async #evidenceIds(
    tx: Knex,
    repository: string,
  ): Promise<ReadonlyMap<string, number>> {
    const rows = await tx<EvidenceRow>('evidence')
      .where({ source: repository, kind: 'authored' })
      .select('id', 'entity_ref', 'person_ref', 'email', 'display_name');
    return new Map(
      rows.map(row => [
        evidenceKey(row.entity_ref, {
          personRef: row.person_ref ?? undefined,
          email: row.email ?? undefined,
          displayName: row.display_name,
        }),
        row.id,
      ]),
    );
  }

  /** Notes that a repository cannot be read; what was read before stays. */
  async setProblem(
    tx: Knex,
    repository: string,
    problem: string,
  ): Promise<void> {
    await tx<RepositoryRow>('repositories')
      .insert({ repository, problem, notices: '[]' })
      .onConflict('repository')
      .merge(['problem']);
  }

  /** Forgets all that a repository told. */
  async remove(tx: Knex, repository: string): Promise<void> {
    await tx<EvidenceRow>('evidence').where({ source: repository }).delete();
    for (const table of [
      'documents',
      'absence_factors',
      'paths',
      'contributors',
      'bots',
      'repositories',
    ]) {
      await tx(table).where({ repository }).delete();
    }
  }

  /**
   * What the last reading of a repository tells of an entity; undefined when the
   * entity was not part of that reading.
   */
  async getEntityReading(
    entityRef: string,
    repository: string,
    people: PeopleStore,
  ): Promise<
    | {
        people: PersonRecord[];
        documents: StoredDocument[];
        absenceFactors: AbsenceFactors;
        hasFiles: boolean;
      }
    | undefined
  > {
    const of = { entity_ref: entityRef, repository };
    const [behind, factors, documents, path] = await Promise.all([
      peopleBehind(entityRef, { ...this.#options, people }),
      this.#knex<AbsenceFactorRow>('absence_factors')
        .where({ entity_ref: entityRef })
        .first('factors'),
      this.#knex<DocumentRow>('documents').where(of),
      this.#knex<PathRow>('paths').where(of).first('path'),
    ]);
    return (
      factors && {
        people: behind,
        documents: documents
          .map((row): StoredDocument => JSON.parse(row.facts))
          .sort((a, b) => (a.path < b.path ? -1 : 1)),
        absenceFactors: JSON.parse(factors.factors),
        hasFiles: path !== undefined,
      }
    );
  }

  /** Repositories and entities that a change of people touches. */
  async touchedBy(
    tx: Knex,
    changes: readonly PersonChange[],
  ): Promise<{ repositories: string[]; entityRefs: string[] }> {
    const repositories = new Set<string>();
    const entityRefs = new Set<string>();
    for (const batch of batches(changes)) {
      const refs = batch.map(change => change.personRef);
      // What they said themselves stands under what they were called then.
      const called = [
        ...new Set([
          ...refs,
          ...(await this.#options.renames.mayHaveBeen(tx, refs)),
        ]),
      ];
      const confirmed = await this.#options.identities.confirmedOf(refs, tx);
      const emails = [
        ...batch.flatMap(change => change.emails),
        ...confirmed.emails,
      ];
      const contributors = await tx<ContributorRow>('contributors')
        .whereIn('email', emails)
        .orWhereIn(
          'login',
          batch.flatMap(change => change.logins),
        )
        .distinct('repository');
      contributors.forEach(row => repositories.add(row.repository));
      const accounts = [
        ...batch.flatMap(change => change.accounts),
        ...confirmed.accounts,
      ];
      const evidence = await tx<EvidenceRow>('evidence')
        .whereIn('person_ref', called)
        .orWhereIn('email', emails)
        .orWhere(named =>
          named.where({ host: ON_CALL }).whereIn(
            'login',
            batch.flatMap(change => onCallNames(change.personRef)),
          ),
        )
        .orWhere(any => {
          for (const { host, login } of accounts) {
            any.orWhere({ host, login });
          }
        })
        .distinct('entity_ref');
      const corrections = await tx<CorrectionRow>('corrections')
        .whereIn('person_ref', called)
        .distinct('entity_ref');
      const tests: Array<{ entity_ref: string }> = await tx(
        'failure_test_participants',
      )
        .join('failure_tests', 'failure_tests.id', 'test_id')
        .join('failure_modes', 'failure_modes.id', 'failure_mode_id')
        .whereIn('person_ref', called)
        .distinct('failure_modes.entity_ref as entity_ref');
      for (const row of [...evidence, ...corrections, ...tests]) {
        entityRefs.add(row.entity_ref);
      }
    }
    return { repositories: [...repositories], entityRefs: [...entityRefs] };
  }
}

/** Whom no User of the catalog claims goes by a name. */
function evidenceKey(
  entityRef: string,
  {
    personRef,
    email,
    displayName,
  }: Pick<HistoryEvidence, 'personRef' | 'email' | 'displayName'>,
): string {
  return `${entityRef} ${personRef ?? ` ${email ?? displayName}`}`;
}

async function insertAll<TRow extends {}>(
  tx: Knex,
  table: string,
  rows: readonly TRow[],
): Promise<void> {
  for (const batch of batches(rows)) {
    await tx(table).insert(batch);
  }
}
