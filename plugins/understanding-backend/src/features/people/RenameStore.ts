import { Knex } from 'knex';
import { batches } from '../../database/shadow';
import { IdentityLinkRow, PersonRow } from '../../database/tables';
import type { Linked, Stranger } from './IdentityStore';

/** Nobody is renamed more often; a circle of decisions ends here too. */
const MAX_STEPS = 5;

/**
 * Who Users are called now whom the catalog had by another name before: by what an
 * admin decided, otherwise by the only User who has their address and accounts now.
 * What people said themselves stands under the reference of that time; it is asked
 * whenever that is read, so that a decision can be taken back.
 */
export class RenameStore {
  readonly #knex: Knex;

  static create(options: { knex: Knex }): RenameStore {
    return new RenameStore(options.knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** @returns a function that tells who somebody is called now; mostly as before */
  async presentRefs(
    personRefs: readonly string[],
  ): Promise<(personRef: string) => Linked> {
    const next = new Map<string, Linked>();
    let open = [...new Set(personRefs)];
    for (let step = 0; step < MAX_STEPS && open.length > 0; step += 1) {
      const found = new Map<string, Linked>();
      for (const batch of batches(open)) {
        for (const [before, now] of await this.#successorsOf(batch)) {
          found.set(before, now);
        }
      }
      found.forEach((now, before) => next.set(before, now));
      open = [...new Set([...found.values()].map(one => one.personRef))].filter(
        ref => !next.has(ref),
      );
    }
    return personRef => {
      let linked: Linked = { personRef, ownWord: false };
      for (let step = 0; step < MAX_STEPS; step += 1) {
        const now = next.get(linked.personRef);
        if (!now) {
          break;
        }
        linked = {
          personRef: now.personRef,
          ownWord: linked.ownWord || now.ownWord,
        };
      }
      return linked;
    };
  }

  /** Under which references somebody is known: the present one first. */
  async allOf(personRef: string): Promise<string[]> {
    const all = [personRef];
    for (let step = 0; step < MAX_STEPS; step += 1) {
      const more = (await this.mayHaveBeen(this.#knex, all)).filter(
        ref => !all.includes(ref),
      );
      const presentOf = await this.presentRefs(more);
      const found = more.filter(ref => presentOf(ref).personRef === personRef);
      if (found.length === 0) {
        break;
      }
      all.push(...found);
    }
    return all;
  }

  /** Whom some people may have been before: at least all that they were. */
  async mayHaveBeen(
    tx: Knex,
    personRefs: readonly string[],
  ): Promise<string[]> {
    const found = new Set<string>();
    for (const batch of batches(personRefs)) {
      const decided: string[] = await tx<IdentityLinkRow>('identity_links')
        .where({ type: 'user', state: 'confirmed' })
        .whereIn('person_ref', batch)
        .pluck('value');
      const byEmail: string[] = await sameEmail(tx)
        .whereIn('other.person_ref', batch)
        .whereNotNull('one.removed_at')
        .pluck('one.person_ref');
      const byAccount: string[] = await sameAccount(tx)
        .whereIn('other.person_ref', batch)
        .whereNotNull('one.removed_at')
        .pluck('one.person_ref');
      [...decided, ...byEmail, ...byAccount].forEach(ref => found.add(ref));
    }
    return [...found];
  }

  /** Users whom the catalog no longer has, and whom nothing links to one that it has. */
  async listGone(): Promise<Stranger[]> {
    const rows = await this.#knex<PersonRow>('people')
      .whereNotNull('removed_at')
      .orderBy('person_ref')
      .select('person_ref', 'display_name');
    const presentOf = await this.presentRefs(rows.map(row => row.person_ref));
    return rows
      .filter(row => presentOf(row.person_ref).personRef === row.person_ref)
      .map(row => ({
        identifier: { type: 'user', value: row.person_ref },
        name: row.display_name,
      }));
  }

  /** Entities of which something stands under a reference. */
  async entitiesUnder(tx: Knex, personRef: string): Promise<string[]> {
    const found = new Set<string>();
    for (const [table, column] of [
      ['evidence', 'person_ref'],
      ['corrections', 'person_ref'],
      ['walkthrough_versions', 'author_ref'],
    ]) {
      const refs: string[] = await tx(table)
        .where({ [column]: personRef })
        .distinct('entity_ref')
        .pluck('entity_ref');
      refs.forEach(ref => found.add(ref));
    }
    const tested: string[] = await tx('failure_test_participants')
      .join('failure_tests', 'failure_tests.id', 'test_id')
      .join('failure_modes', 'failure_modes.id', 'failure_mode_id')
      .where({ person_ref: personRef })
      .distinct('failure_modes.entity_ref')
      .pluck('failure_modes.entity_ref');
    tested.forEach(ref => found.add(ref));
    return [...found];
  }

  async #successorsOf(
    personRefs: readonly string[],
  ): Promise<Map<string, Linked>> {
    const found = new Map<string, Linked>();
    const gone: string[] = await this.#knex<PersonRow>('people')
      .whereIn('person_ref', personRefs)
      .whereNotNull('removed_at')
      .pluck('person_ref');
    if (gone.length === 0) {
      return found;
    }
    const decisions = await this.#knex<IdentityLinkRow>('identity_links')
      .where({ type: 'user' })
      .whereIn('value', gone);
    for (const row of decisions.filter(one => one.state === 'confirmed')) {
      found.set(row.value, {
        personRef: row.person_ref,
        ownWord: row.decided_by === row.person_ref,
      });
    }
    const claimants = new Map<string, Set<string>>();
    for (const same of [sameEmail(this.#knex), sameAccount(this.#knex)]) {
      const pairs: Array<{ one: string; other: string }> = await same
        .whereIn(
          'one.person_ref',
          gone.filter(ref => !found.has(ref)),
        )
        .whereNull('other.removed_at')
        .select({ one: 'one.person_ref', other: 'other.person_ref' });
      for (const { one, other } of pairs) {
        claimants.set(one, (claimants.get(one) ?? new Set()).add(other));
      }
    }
    for (const [before, present] of claimants) {
      const [only, ...others] = present;
      const isRefused = decisions.some(
        row => row.value === before && row.person_ref === only,
      );
      if (others.length === 0 && !isRefused) {
        found.set(before, { personRef: only, ownWord: false });
      }
    }
    return found;
  }
}

/** Two Users with one address. */
function sameEmail(knex: Knex) {
  return knex('people as one')
    .join('people as other', 'other.email', 'one.email')
    .whereRaw('one.person_ref <> other.person_ref');
}

/** Two Users with one account. */
function sameAccount(knex: Knex) {
  return knex('people as one')
    .join('accounts as of_one', 'of_one.person_ref', 'one.person_ref')
    .join('accounts as of_other', join =>
      join
        .on('of_other.host', 'of_one.host')
        .andOn('of_other.login', 'of_one.login'),
    )
    .join('people as other', 'other.person_ref', 'of_other.person_ref')
    .whereRaw('one.person_ref <> other.person_ref');
}
