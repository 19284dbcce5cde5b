import { canonicalAddress } from '@understanding-dev/backstage-plugin-understanding-common';
import { Knex } from 'knex';
import { createHash } from 'node:crypto';
import { batches } from '../../database/shadow';

/** What identifies somebody: an address, or an account on a change host. */
export type Identifier =
  | { readonly email: string }
  | { readonly host: string; readonly login: string };

/** Whom nothing is kept of, by digests of what identifies them. */
export class ErasedStore {
  readonly #knex: Knex;

  static create(options: { knex: Knex }): ErasedStore {
    return new ErasedStore(options.knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  async add(
    tx: Knex,
    identifiers: readonly Identifier[],
    now: string,
  ): Promise<void> {
    for (const batch of batches(identifiers)) {
      await tx('erased')
        .insert(batch.map(one => ({ digest: digestOf(one), at: now })))
        .onConflict('digest')
        .ignore();
    }
  }

  /** Returns a function that tells whether somebody was erased. */
  async matcher(
    knex: Knex = this.#knex,
  ): Promise<(identifier: Identifier) => boolean> {
    const digests = new Set<string>(await knex('erased').pluck('digest'));
    return identifier => digests.size > 0 && digests.has(digestOf(identifier));
  }
}

function digestOf(identifier: Identifier): string {
  const text =
    'email' in identifier
      ? // Under whatever number a host writes before the login.
        `email ${canonicalAddress(identifier.email)}`
      : `account ${identifier.host}/${identifier.login}`;
  return createHash('sha256').update(text.toLowerCase()).digest('hex');
}
