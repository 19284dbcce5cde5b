import {
  AnswerFacts,
  Condition,
  FailureTest,
  FailureTestResult,
  recordTestRequestSchema,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { batches } from '../../database/shadow';
import { writeVersion } from '../../database/versions';
import type { Change } from './FailureModeStore';
import {
  EdgeAcceptanceRow,
  FailureModeFileRow,
  FailureModeRow,
  FailureTestParticipantRow,
  FailureTestRow,
} from './tables';

/** A test as people recorded it. */
export type RecordedTest = z.output<typeof recordTestRequestSchema>;

/** One condition of one edge. */
export interface EdgeKey {
  readonly sourceRef: string;
  readonly targetRef: string;
  readonly condition: Condition;
}

/** A test with the people who took part, before anything is said of their names. */
export type StoredTest = Omit<
  FailureTest,
  'participants' | 'participantCount'
> & {
  readonly participants: ReadonlyArray<{
    personRef: string;
    confirmedAt?: string;
  }>;
};

/** Tests of failure modes, and what was accepted; together, the answers to edges. */
export class AnswerStore {
  readonly #knex: Knex;

  static create(options: { knex: Knex }): AnswerStore {
    return new AnswerStore(options.knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  async insertTest(
    tx: Knex,
    failureModeId: string,
    test: RecordedTest,
    change: Change,
  ): Promise<string> {
    const id = randomUUID();
    await tx<FailureTestRow>('failure_tests').insert({
      ...testColumns(test, change),
      id,
      version: 1,
      failure_mode_id: failureModeId,
    });
    await setParticipants(tx, id, test.participants);
    return id;
  }

  /**
   * Replaces what was recorded of a test; who confirmed stays confirmed.
   *
   * @returns whether the version that was read was still the present one
   */
  async updateTest(
    tx: Knex,
    id: string,
    read: number,
    test: RecordedTest,
    change: Change,
  ): Promise<boolean> {
    const columns = testColumns(test, change);
    const done = await writeVersion(tx, 'failure_tests', { id }, read, columns);
    if (done) {
      await setParticipants(tx, id, test.participants);
    }
    return done;
  }

  /** Newest first. */
  async listTests(
    failureModeId: string,
    knex: Knex = this.#knex,
  ): Promise<StoredTest[]> {
    const rows = await knex<FailureTestRow>('failure_tests').where({
      failure_mode_id: failureModeId,
    });
    const people = await knex<FailureTestParticipantRow>(
      'failure_test_participants',
    )
      .whereIn(
        'test_id',
        rows.map(row => row.id),
      )
      .orderBy('person_ref');
    return rows
      .map(row => toTest(row, people))
      .sort((a, b) => (instantOf(a) > instantOf(b) ? -1 : 1));
  }

  /** @returns whether that person was named, and had not confirmed it yet */
  async confirm(
    tx: Knex,
    testId: string,
    personRefs: readonly string[],
    now: string,
  ): Promise<boolean> {
    const confirmed = await tx<FailureTestParticipantRow>(
      'failure_test_participants',
    )
      .where({ test_id: testId })
      .whereIn('person_ref', personRefs)
      .whereNull('confirmed_at')
      .update({ confirmed_at: now });
    return confirmed > 0;
  }

  /** Of which entities somebody confirmed to have taken part in tests. */
  async operatedIn(
    personRefs: readonly string[],
  ): Promise<Array<{ entityRef: string; latestAt: string; count: number }>> {
    const rows: Array<{ entity_ref: string; latest: string; count: number }> =
      await this.#knex('failure_test_participants')
        .join('failure_tests', 'failure_tests.id', 'test_id')
        .join('failure_modes', 'failure_modes.id', 'failure_mode_id')
        .whereIn('failure_test_participants.person_ref', personRefs)
        .whereNotNull('confirmed_at')
        .whereNotNull('failure_tests.performed_at')
        .groupBy('failure_modes.entity_ref')
        .orderBy('failure_modes.entity_ref')
        .select('failure_modes.entity_ref as entity_ref')
        .max({ latest: 'failure_tests.performed_at' })
        .count({ count: '*' });
    return rows.map(row => ({
      entityRef: row.entity_ref,
      latestAt: row.latest,
      count: Number(row.count),
    }));
  }

  /** Who confirmed that they took part in tests of an entity, and when last. */
  async operatedBy(
    entityRef: string,
  ): Promise<Array<{ personRef: string; latestAt: string; count: number }>> {
    const rows: Array<{ person_ref: string; latest: string; count: number }> =
      await this.#knex('failure_test_participants')
        .join('failure_tests', 'failure_tests.id', 'test_id')
        .join('failure_modes', 'failure_modes.id', 'failure_mode_id')
        .where('failure_modes.entity_ref', entityRef)
        .whereNotNull('confirmed_at')
        .whereNotNull('failure_tests.performed_at')
        .groupBy('person_ref')
        .orderBy('person_ref')
        .select('person_ref')
        .max({ latest: 'failure_tests.performed_at' })
        .count({ count: '*' });
    return rows.map(row => ({
      personRef: row.person_ref,
      latestAt: row.latest,
      count: Number(row.count),
    }));
  }

  /**
   * Writes an acceptance. One that has ended, or was withdrawn, is as good as none.
   *
   * @returns whether the version that was read was still the present one
   */
  async accept(
    tx: Knex,
    edge: EdgeKey,
    read: number,
    acceptance: { readonly reason: string; readonly until: string },
    change: Change,
  ): Promise<boolean> {
    const key = columnsOfKey(edge);
    const columns = {
      reason: acceptance.reason,
      accepted_by: change.by,
      accepted_at: change.at,
      accepted_until: acceptance.until,
    };
    const table = 'edge_acceptances';
    if (read === 0) {
      const renewed = await tx(table)
        .where(key)
        .andWhere('accepted_until', '<=', change.at)
        .update({ ...columns, version: tx.raw('version + 1') });
      return renewed > 0 || writeVersion(tx, table, key, read, columns);
    }
    return writeVersion(tx, table, key, read, columns);
  }

  /**
   * Ends an acceptance now; what was said stays in its row.
   *
   * @returns whether the version that was read was still the present one
   */
  async withdraw(
    tx: Knex,
    edge: EdgeKey,
    read: number,
    now: string,
  ): Promise<boolean> {
    const withdrawn = await tx<EdgeAcceptanceRow>('edge_acceptances')
      .where({ ...columnsOfKey(edge), version: read })
      .andWhere('accepted_until', '>', now)
      .update({ accepted_until: now, version: read + 1 });
    return withdrawn > 0;
  }

  /** The answers of an entity, without what a file supersedes. */
  async answersOf(
    entityRef: string,
    knex: Knex = this.#knex,
  ): Promise<AnswerFacts> {
    return (await this.answersOfMany([entityRef], knex)).get(entityRef)!;
  }

  /** As {@link answersOf}, for several at once. */
  async answersOfMany(
    entityRefs: readonly string[],
    knex: Knex = this.#knex,
  ): Promise<Map<string, AnswerFacts>> {
    const answers = new Map(
      entityRefs.map(ref => [
        ref,
        {
          failureModes: [] as Array<AnswerFacts['failureModes'][number]>,
          acceptances: [] as Array<AnswerFacts['acceptances'][number]>,
        },
      ]),
    );
    for (const batch of batches(entityRefs)) {
      const modes: FailureModeRow[] = await knex<FailureModeRow>(
        'failure_modes',
      )
        .leftJoin<FailureModeFileRow>(
          'failure_mode_files',
          'failure_mode_files.entity_ref',
          'failure_modes.entity_ref',
        )
        .whereIn('failure_modes.entity_ref', batch)
        .whereNull('failure_modes.removed_at')
        .whereNotNull('failure_modes.target_ref')
        .where(counts =>
          counts
            .where('failure_modes.origin', 'file')
            .orWhereNull('failure_mode_files.taken')
            .orWhere('failure_mode_files.taken', false),
        )
        .orderBy(['failure_modes.created_at', 'failure_modes.id'])
        .select('failure_modes.*');
      const latest = await latestTests(
        knex,
        modes.map(mode => mode.id),
      );
      for (const mode of modes) {
        answers.get(mode.entity_ref)?.failureModes.push({
          id: mode.id,
          targetRef: mode.target_ref ?? '',
          condition: mode.condition as Condition,
          latestTest: latest.get(mode.id),
        });
      }
      const acceptances = await knex<EdgeAcceptanceRow>('edge_acceptances')
        .whereIn('source_ref', batch)
        .orderBy(['source_ref', 'target_ref', 'condition']);
      for (const row of acceptances) {
        answers.get(row.source_ref)?.acceptances.push({
          targetRef: row.target_ref,
          condition: row.condition as Condition,
          reason: row.reason,
          version: row.version,
          by: row.accepted_by,
          at: row.accepted_at,
          until: row.accepted_until,
        });
      }
    }
    return answers;
  }
}

async function latestTests(
  knex: Knex,
  failureModeIds: readonly string[],
): Promise<Map<string, { result: FailureTestResult; validUntil: string }>> {
  const latest = new Map<
    string,
    { result: FailureTestResult; validUntil: string }
  >();
  for (const batch of batches(failureModeIds)) {
    const rows = await knex<FailureTestRow>('failure_tests')
      .whereIn('failure_mode_id', batch)
      .whereNotNull('performed_at')
      .orderBy(['performed_at', 'recorded_at', 'id']);
    for (const row of rows) {
      latest.set(row.failure_mode_id, {
        result: row.result as FailureTestResult,
        validUntil: row.valid_until ?? '',
      });
    }
  }
  return latest;
}

function columnsOfKey({ condition, sourceRef, targetRef }: EdgeKey) {
  return { source_ref: sourceRef, target_ref: targetRef, condition };
}

function testColumns(test: RecordedTest, change: Change) {
  const { plannedAt, performedAt, result, validUntil, participants, ...rest } =
    test;
  return {
    planned_at: plannedAt ?? null,
    performed_at: performedAt ?? null,
    result: result ?? null,
    valid_until: validUntil ?? null,
    content: JSON.stringify(rest),
    recorded_at: change.at,
    recorded_by: change.by,
  };
}

async function setParticipants(
  tx: Knex,
  testId: string,
  personRefs: readonly string[],
): Promise<void> {
  await tx<FailureTestParticipantRow>('failure_test_participants')
    .where({ test_id: testId })
    .whereNotIn('person_ref', personRefs)
    .delete();
  if (personRefs.length > 0) {
    await tx<FailureTestParticipantRow>('failure_test_participants')
      .insert(
        [...new Set(personRefs)].map(ref => ({
          test_id: testId,
          person_ref: ref,
          confirmed_at: null,
        })),
      )
      .onConflict(['test_id', 'person_ref'])
      .ignore();
  }
}

function toTest(
  row: FailureTestRow,
  people: readonly FailureTestParticipantRow[],
): StoredTest {
  return {
    ...JSON.parse(row.content),
    id: row.id,
    failureModeId: row.failure_mode_id,
    version: row.version,
    plannedAt: row.planned_at ?? undefined,
    performedAt: row.performed_at ?? undefined,
    result: row.result ?? undefined,
    validUntil: row.valid_until ?? undefined,
    recordedAt: row.recorded_at,
    recordedBy: row.recorded_by,
    participants: people
      .filter(one => one.test_id === row.id)
      .map(one => ({
        personRef: one.person_ref,
        confirmedAt: one.confirmed_at ?? undefined,
      })),
  };
}

function instantOf(test: StoredTest): string {
  return test.performedAt ?? test.plannedAt ?? test.recordedAt;
}
