import { loginOfNoreplyAddress } from '@understanding-dev/backstage-plugin-understanding-common';
import { Knex } from 'knex';
import { Clock } from '../../database/instants';
import { Claim, TicketQueue } from '../../database/TicketQueue';
import { TicketHandler } from '../../database/TicketWorker';
import type { HistoryStore } from '../ingest/HistoryStore';
import { ErasedStore } from './ErasedStore';
import type { IdentityStore } from './IdentityStore';
import { ON_CALL, onCallNames } from './onCallNames';
import { HostLogin, PeopleStore } from './PeopleStore';
import { BY_NAME, rowsAbout, rowsBy } from './personalData';

/** Who did what an erased person did. */
const ERASED = 'user:default/erased';
/** Whom hosts themselves name for accounts that are gone. */
const GHOST = 'ghost';

export interface PersonEraserOptions {
  readonly knex: Knex;
  readonly clock: Clock;
  readonly queue: TicketQueue;
  readonly people: PeopleStore;
  readonly identities: IdentityStore;
  readonly histories: HistoryStore;
  readonly erased: ErasedStore;
}

/**
 * Erases what is kept about people who are no longer in the catalog, in one
 * transaction for each. What they did together with others stays, without saying that
 * it was them; what is prepared of the entities is made anew.
 */
export class PersonEraser implements TicketHandler {
  readonly queue = 'erasure';
  readonly concurrency = 1;
  readonly leaseSeconds = 600;
  readonly #options: PersonEraserOptions;

  static create(options: PersonEraserOptions): PersonEraser {
    return new PersonEraser(options);
  }

  private constructor(options: PersonEraserOptions) {
    this.#options = options;
  }

  async handle(claim: Claim): Promise<void> {
    const { knex, clock, queue, people, histories, erased } = this.#options;
    const personRef = claim.key;
    const now = await clock();
    const confirmed = await this.#options.identities.confirmedOf([personRef]);
    const accounts = [
      ...((await people.accountsOf([personRef])).get(personRef) ?? []),
      ...confirmed.accounts,
    ];
    const called = onCallNames(personRef);
    const record = await people.getRecord(personRef, accounts);
    await knex.transaction(async tx => {
      // Who came back meanwhile is not erased.
      if (record && record.removedAt === undefined) {
        await queue.complete(tx, claim);
        return;
      }
      const logins = [
        ...(record?.logins ?? []),
        ...confirmed.emails.flatMap(
          email => loginOfNoreplyAddress(email) ?? [],
        ),
      ];
      const emails = [
        ...(record?.email ? [record.email] : []),
        ...confirmed.emails,
        ...(record?.logins ?? []).map(
          login => `${login}@users.noreply.github.com`,
        ),
      ].map(email => email.toLowerCase());
      const touched = await histories.touchedBy(tx, [
        { personRef, accounts, emails, logins, groupRefs: [] },
      ]);
      await erased.add(
        tx,
        [
          ...emails.map(email => ({ email })),
          ...accounts,
          ...called.map(login => ({ host: ON_CALL, login })),
        ],
        now,
      );
      for (const table of BY_NAME) {
        await tx(table).whereIn('email', emails).delete();
      }
      await tx('contributors')
        .whereIn('email', emails)
        .orWhereIn('login', logins)
        .delete();
      for (const account of accounts) {
        await eraseAccount(tx, account);
      }
      const authored = await authoredAs(tx, logins);
      await tx('explanation_authors')
        .where({ kind: 'email' })
        .whereIn('value', [...emails, ...authored])
        .delete();
      for (const rows of rowsAbout(tx, personRef)) {
        await rows.delete();
      }
      for (const { rows, column } of rowsBy(tx, personRef)) {
        await rows.update({ [column]: ERASED });
      }
      // Who is left is counted again when the histories are read anew.
      await tx('absence_factors')
        .where('authorship', 'like', `%${JSON.stringify(personRef)}%`)
        .update({ authorship: null });
      await queue.mark(tx, 'entity', touched.entityRefs, now);
      await queue.mark(tx, 'repository', touched.repositories, now);
      await queue.complete(tx, claim);
    });
  }
}

/** Noreply addresses of logins, with any number, in commits that no history need have. */
async function authoredAs(
  tx: Knex,
  logins: readonly string[],
): Promise<string[]> {
  const addresses: string[] = await tx('explanation_authors')
    .where({ kind: 'email' })
    .where('value', 'like', '%@users.noreply.github.com')
    .distinct('value')
    .pluck('value');
  const own = new Set(logins.map(login => login.toLowerCase()));
  return addresses.filter(one => own.has(loginOfNoreplyAddress(one) ?? ''));
}

/** Of what an account did on its host, that it was this account. */
async function eraseAccount(tx: Knex, account: HostLogin): Promise<void> {
  const { host, login } = account;
  for (const table of BY_NAME) {
    await tx(table).where({ host, login }).delete();
  }
  const explanations = tx('explanations').where({ host }).select('id');
  const ofHost = (table: string) =>
    tx(table).whereIn('explanation_id', explanations.clone());
  await ofHost('explanation_authors')
    .where({ kind: 'login', value: login })
    .delete();
  await ofHost('explanation_reviewers').where({ login }).delete();
  for (const table of ['explanation_assessments', 'explanation_bypasses']) {
    await ofHost(table).where({ login }).update({ login: null });
  }
  await tx('changes').where({ host, author: login }).update({ author: null });
  const changes = tx('changes').where({ host }).select('id');
  await tx('reviews')
    .where({ reviewer: login })
    .whereIn('change_id', changes.clone())
    .update({ reviewer: null });
  const mentions = `%${JSON.stringify(login)}%`;
  const rewrite = async (table: string, rows: Knex.QueryBuilder) => {
    for (const { id, told } of await rows
      .andWhere('told', 'like', mentions)
      .select('id', 'told')) {
      await tx(table)
        .where({ id })
        .update({
          told: JSON.stringify(withoutLogin(JSON.parse(told), login)),
        });
    }
  };
  await rewrite('changes', tx('changes').where({ host }));
  await rewrite('deployments', tx('deployments').where({ host }));
  for (const table of ['reviews', 'comments']) {
    await rewrite(table, tx(table).whereIn('change_id', changes.clone()));
  }
}

/** What was told, with nobody where it says that login. */
export function withoutLogin(told: unknown, login: string): unknown {
  if (Array.isArray(told)) {
    return told.map(one => withoutLogin(one, login));
  }
  if (typeof told === 'object' && told !== null) {
    return Object.fromEntries(
      Object.entries(told).map(([key, value]) => [
        key,
        withoutLogin(value, login),
      ]),
    );
  }
  return told === login ? GHOST : told;
}
