import {
  ScheduleStatus,
  Shift,
  onCallAt,
  servedShifts,
  shiftsAfterReading,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { Knex } from 'knex';
import { batches, fingerprint } from '../../../database/shadow';
import {
  EntityRow,
  EvidenceRow,
  OnCallScheduleRow,
  OnCallShiftRow,
} from '../../../database/tables';
import type { ErasedStore } from '../../people/ErasedStore';
import type { OldestKept } from '../../people/EvidenceExpiry';
import type { IdentityStore } from '../../people/IdentityStore';
import { ON_CALL } from '../../people/onCallNames';
import type { CalendarReading } from './readCalendar';

/** Under which the evidence of a schedule stands. */
const sourceOf = (schedule: string) => `${ON_CALL}:${schedule}`;

/** Whether evidence comes from a schedule. */
export function isOnCall({ source }: Pick<EvidenceRow, 'source'>): boolean {
  return source.startsWith(sourceOf(''));
}

type StoredShift = Shift &
  Pick<OnCallShiftRow, 'email' | 'host' | 'login' | 'display_name'>;

/** A schedule as it was read last, with who is on call. */
export interface OnCallState {
  readonly readAt?: string;
  readonly problem?: string;
  readonly shifts: ReadonlyArray<{
    readonly until: string;
    readonly personRef?: string;
    readonly displayName: string;
  }>;
}

export interface OnCallStoreOptions {
  readonly knex: Knex;
  readonly identities: IdentityStore;
  readonly erased: ErasedStore;
  readonly oldestKept: OldestKept;
}

/** Who is and was on call, and what shifts that are over show. */
export class OnCallStore {
  readonly #options: OnCallStoreOptions;

  static create(options: OnCallStoreOptions): OnCallStore {
    return new OnCallStore(options);
  }

  private constructor(options: OnCallStoreOptions) {
    this.#options = options;
  }

  /** All schedules that anything is kept of. */
  async listSchedules(): Promise<string[]> {
    return this.#options
      .knex<OnCallScheduleRow>('on_call_schedules')
      .pluck('schedule');
  }

  /** How each schedule was read last; of one that never was, nothing is there. */
  async statusOf(
    schedules: readonly string[],
  ): Promise<Map<string, Omit<ScheduleStatus, 'schedule'>>> {
    const rows = await this.#options
      .knex<OnCallScheduleRow>('on_call_schedules')
      .whereIn('schedule', schedules);
    return new Map(
      rows.map(row => [
        row.schedule,
        {
          readAt: row.read_at ?? undefined,
          problem: row.problem ?? undefined,
          notices: JSON.parse(row.notices),
        },
      ]),
    );
  }

  /** Keeps what a schedule says now, beside what was over before. */
  async replace(
    tx: Knex,
    schedule: string,
    { shifts, left, reasons }: CalendarReading,
    now: string,
  ): Promise<void> {
    const isErased = await this.#options.erased.matcher(tx);
    const oldest = this.#options.oldestKept(now);
    const before = await tx<OnCallScheduleRow>('on_call_schedules')
      .where({ schedule })
      .first();
    const read = shifts.map(toStored).filter(one => {
      const { email, host, login } = one;
      return (
        !(email && isErased({ email })) &&
        !(host && login && isErased({ host, login }))
      );
    });
    const all = shiftsAfterReading(
      await this.#shiftsOf(tx, schedule),
      read,
      before?.read_at ?? undefined,
    ).filter(one => one.endsAt >= oldest);
    await tx<OnCallShiftRow>('on_call_shifts').where({ schedule }).delete();
    for (const batch of batches(all)) {
      await tx<OnCallShiftRow>('on_call_shifts').insert(
        batch.map(({ who, startsAt, endsAt, ...named }) => ({
          id: fingerprint([schedule, who, startsAt, endsAt]),
          schedule,
          starts_at: startsAt,
          ends_at: endsAt,
          ...named,
        })),
      );
    }
    const notices =
      left > reasons.length
        ? [...reasons, `${left - reasons.length} more events are left out`]
        : reasons;
    await this.#setState(tx, {
      schedule,
      read_at: now,
      problem: null,
      notices: JSON.stringify(notices),
    });
  }

  /** Notes why a schedule cannot be read; what was read before stays. */
  async setProblem(tx: Knex, schedule: string, problem: string): Promise<void> {
    const before = await tx<OnCallScheduleRow>('on_call_schedules')
      .where({ schedule })
      .first();
    await this.#setState(tx, {
      schedule,
      read_at: before?.read_at ?? null,
      problem,
      notices: before?.notices ?? '[]',
    });
  }

  /**
   * Forgets a schedule that is not configured any more.
   *
   * @returns the entities of which it proved anything
   */
  async remove(tx: Knex, schedule: string): Promise<string[]> {
    await tx('on_call_shifts').where({ schedule }).delete();
    await tx('on_call_schedules').where({ schedule }).delete();
    return this.#replaceEvidence(tx, schedule, []);
  }

  /**
   * Computes anew what shifts that are over prove of the entities that a schedule
   * covers: who was on call operated them, though nobody saw it (ADR 0045).
   *
   * @param covers - references of entities, and of teams for all that they own
   * @returns the entities of which that changed
   */
  async refresh(
    tx: Knex,
    { schedule, covers }: { schedule: string; covers: readonly string[] },
    now: string,
  ): Promise<string[]> {
    const entityRefs: string[] = await tx<EntityRow>('entities')
      .whereNull('removed_at')
      .andWhere(any =>
        any.whereIn('entity_ref', covers).orWhereIn('owner_ref', covers),
      )
      .pluck('entity_ref');
    const oldest = this.#options.oldestKept(now);
    const served = servedShifts(
      (await this.#shiftsOf(tx, schedule)).filter(one => one.endsAt >= oldest),
      now,
    );
    return this.#replaceEvidence(
      tx,
      schedule,
      entityRefs.flatMap(entityRef =>
        served.map(({ last, count }) => ({
          entity_ref: entityRef,
          kind: 'operated',
          source: sourceOf(schedule),
          person_ref: null,
          display_name: last.display_name,
          latest_at: last.endsAt,
          count,
          url: null,
          verified: false,
          host: last.host,
          login: last.login,
          email: last.email,
        })),
      ),
    );
  }

  /** When the next shift of a schedule ends. */
  async nextEnd(
    tx: Knex,
    schedule: string,
    now: string,
  ): Promise<string | undefined> {
    const row = await tx<OnCallShiftRow>('on_call_shifts')
      .where({ schedule })
      .andWhere('ends_at', '>', now)
      .orderBy('ends_at')
      .first('ends_at');
    return row?.ends_at;
  }

  /** Who is on call by some schedules, in their order. */
  async onCall(
    schedules: readonly string[],
    now: string,
  ): Promise<Map<string, OnCallState>> {
    const { knex, identities } = this.#options;
    const states = await knex<OnCallScheduleRow>('on_call_schedules').whereIn(
      'schedule',
      schedules,
    );
    const found = new Map<string, OnCallState>();
    for (const schedule of schedules) {
      const state = states.find(one => one.schedule === schedule);
      const present = onCallAt(await this.#shiftsOf(knex, schedule, now), now);
      const linkOf = await identities.linker(present.map(one => one.shift));
      found.set(schedule, {
        readAt: state?.read_at ?? undefined,
        problem: state?.problem ?? undefined,
        shifts: present.map(({ shift, until }) => ({
          until,
          personRef: linkOf(shift)?.personRef,
          displayName: shift.display_name,
        })),
      });
    }
    return found;
  }

  async #replaceEvidence(
    tx: Knex,
    schedule: string,
    rows: ReadonlyArray<Omit<EvidenceRow, 'id'>>,
  ): Promise<string[]> {
    const source = sourceOf(schedule);
    const keyOf = (row: Omit<EvidenceRow, 'id'>) =>
      JSON.stringify([row.email, row.login, row.latest_at, row.count]);
    const present = sumsOf(
      await tx<EvidenceRow>('evidence').where({ source }),
      keyOf,
    );
    const wanted = sumsOf(rows, keyOf);
    const changed = [...new Set([...present.keys(), ...wanted.keys()])].filter(
      ref => present.get(ref) !== wanted.get(ref),
    );
    for (const batch of batches(changed.sort())) {
      await tx<EvidenceRow>('evidence')
        .where({ source })
        .whereIn('entity_ref', batch)
        .delete();
      const isMeant = new Set(batch);
      for (const some of batches(
        rows.filter(row => isMeant.has(row.entity_ref)),
      )) {
        await tx<Omit<EvidenceRow, 'id'>>('evidence').insert(some);
      }
    }
    return changed;
  }

  async #shiftsOf(
    knex: Knex,
    schedule: string,
    endingAfter: string = '',
  ): Promise<StoredShift[]> {
    const rows = await knex<OnCallShiftRow>('on_call_shifts')
      .where({ schedule })
      .andWhere('ends_at', '>', endingAfter)
      .orderBy(['starts_at', 'id']);
    return rows.map(({ starts_at, ends_at, email, host, login, ...row }) => ({
      who: email ?? login ?? '',
      startsAt: starts_at,
      endsAt: ends_at,
      ...{ email, host, login },
      display_name: row.display_name,
    }));
  }

  async #setState(tx: Knex, row: OnCallScheduleRow): Promise<void> {
    await tx<OnCallScheduleRow>('on_call_schedules')
      .insert(row)
      .onConflict('schedule')
      .merge();
  }
}

function toStored({
  email,
  name,
  startsAt,
  endsAt,
}: CalendarReading['shifts'][number]): StoredShift {
  const login = name.toLowerCase();
  return {
    who: email ?? login,
    startsAt,
    endsAt,
    email: email ?? null,
    host: email === undefined ? ON_CALL : null,
    login: email === undefined ? login : null,
    display_name: name,
  };
}

/** For each entity, what tells its evidence from other. */
function sumsOf(
  rows: ReadonlyArray<Omit<EvidenceRow, 'id'>>,
  keyOf: (row: Omit<EvidenceRow, 'id'>) => string,
): Map<string, string> {
  const keys = new Map<string, string[]>();
  for (const row of rows) {
    const own = keys.get(row.entity_ref) ?? [];
    own.push(keyOf(row));
    keys.set(row.entity_ref, own);
  }
  return new Map([...keys].map(([ref, own]) => [ref, fingerprint(own.sort())]));
}
