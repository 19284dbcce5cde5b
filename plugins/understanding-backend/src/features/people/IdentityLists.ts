import {
  Bot,
  Leaver,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { Knex } from 'knex';
import { BotRow, PersonRow } from '../../database/tables';

/** Who left, and who is a bot: what is listed of people, and never linked. */
export class IdentityLists {
  readonly #knex: Knex;

  static create(options: { knex: Knex }): IdentityLists {
    return new IdentityLists(options.knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Users who were removed from the catalog or belong to no Group, by reference. */
  async listLeavers(page: {
    after?: string;
    limit: number;
  }): Promise<Leaver[]> {
    const rows = await this.#leavers()
      .where(any => {
        if (page.after !== undefined) {
          any.where('person_ref', '>', page.after);
        }
      })
      .orderBy('person_ref')
      .limit(page.limit);
    return rows.map(row => ({
      personRef: row.person_ref,
      displayName: row.display_name,
      reason: row.removed_at === null ? 'no-group' : 'removed',
      removedAt: row.removed_at ?? undefined,
    }));
  }

  async countLeavers(): Promise<number> {
    const [row] = await this.#leavers().count({ count: '*' });
    return Number(row.count);
  }

  /** By histories, and by what hosts say, each once. */
  async listBots(): Promise<Bot[]> {
    const found = new Map<string, Bot>();
    const rows = await this.#knex<BotRow>('bots').distinct(
      'address',
      'name',
      'reason',
    );
    for (const { address, name, reason } of rows) {
      found.set(address || name, {
        address,
        name,
        reason: reason as Bot['reason'],
      });
    }
    const authors = await this.#knex('changes')
      .where({ author_is_bot: true })
      .whereNotNull('author')
      .distinct({ host: 'host', login: 'author' });
    const reviewers = await this.#knex('reviews')
      .join('changes', 'changes.id', 'reviews.change_id')
      .where({ reviewer_is_bot: true })
      .whereNotNull('reviewer')
      .distinct({ host: 'changes.host', login: 'reviewer' });
    for (const { host, login } of [...authors, ...reviewers]) {
      const address = `${host}/${login}`;
      found.set(address, { address, name: login, reason: 'told' });
    }
    return [...found.values()];
  }

  #leavers() {
    return this.#knex<PersonRow>('people').where(any =>
      any.whereNotNull('removed_at').orWhere({ group_refs: '[]' }),
    );
  }
}
