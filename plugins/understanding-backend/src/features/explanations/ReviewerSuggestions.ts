import {
  CheckSummaryInput,
  HostFile,
  ReviewedEntity,
  SuggestedReviewers,
  suggestReviewers,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { Knex } from 'knex';
import { batches } from '../../database/shadow';
import { ChangeRow } from '../../database/tables';
import type { KnownEntityReader } from '../entities/KnownEntityReader';
import type { PathStore } from '../lookup/PathStore';
import type { OwnerStore } from '../people/OwnerStore';
import type { PeopleStore } from '../people/PeopleStore';
import type { StatementStore } from '../people/StatementStore';
import { StoredExplanation } from './ExplanationStore';
import { participantsOf } from './Participants';

/** A change of more entities is not looked at whole. */
const MAX_ENTITIES = 50;

export interface ReviewerSuggestionsOptions {
  readonly knex: Knex;
  readonly owners: OwnerStore;
  readonly people: PeopleStore;
  readonly known: KnownEntityReader;
  readonly paths: PathStore;
  readonly statements: StatementStore;
  /** From how many open reviews nobody is asked for more. */
  readonly openReviews: number;
  /** Whether names of people are shown to anybody but themselves. */
  readonly names: boolean;
  /** Whether permissions may keep names from some readers. */
  readonly hasPermissions: boolean;
}

/** Finds who could review an open change, so that what one knows spreads. */
export class ReviewerSuggestions {
  readonly #options: ReviewerSuggestionsOptions;

  static create(options: ReviewerSuggestionsOptions): ReviewerSuggestions {
    return new ReviewerSuggestions(options);
  }

  private constructor(options: ReviewerSuggestionsOptions) {
    this.#options = options;
  }

  /**
   * @param isSeen - whether the reader may see an entity; others are not looked at
   * @returns undefined where no change is open
   */
  async of(
    stored: StoredExplanation,
    isSeen: (entityRef: string) => boolean,
  ): Promise<SuggestedReviewers | undefined> {
    const { knex, openReviews, statements } = this.#options;
    const { row } = stored;
    const change =
      row.change_id &&
      (await knex<ChangeRow>('changes')
        .where({ id: row.change_id, state: 'open' })
        .first('files'));
    if (!change) {
      return undefined;
    }
    const entities = await this.#load(
      stored.entityRefs.filter(isSeen).slice(0, MAX_ENTITIES),
      JSON.parse(change.files ?? '[]'),
    );
    const { authors } = await participantsOf(knex, stored);
    const accounts = await this.#accountsOf(entities);
    return suggestReviewers({
      entities,
      excluded: new Set([
        ...authors,
        ...(await statements.listOptOuts()),
        ...(await this.#botsAmong(accounts)),
      ]),
      loads: await this.#loadsOf(accounts, row.id),
      limit: openReviews,
    });
  }

  /**
   * For a check. Who reads a repository cannot be asked what they may see, as with the
   * channels of alerts; so where permissions may keep names from some, none is there.
   */
  async ofCheck(
    stored: StoredExplanation,
  ): Promise<CheckSummaryInput['reviewers']> {
    const { names, hasPermissions } = this.#options;
    const found = names ? await this.of(stored, () => true) : undefined;
    const isAny = found && (found.knows.person || found.learns.person);
    return isAny && hasPermissions ? 'not-named' : found;
  }

  async #load(
    entityRefs: readonly string[],
    files: readonly HostFile[],
  ): Promise<ReviewedEntity[]> {
    const { known, owners, paths } = this.#options;
    const knowers = await paths.knowersOfFiles(
      entityRefs,
      // What a change renames is known by its name of before.
      files.flatMap(({ path, previousPath }) => previousPath ?? path),
    );
    const found = await known.read(entityRefs);
    return Promise.all(
      found.map(async ({ summary, understanding }) => ({
        title: summary.title,
        understoodBy: summary.understoodBy,
        minimum: summary.understoodByMinimum,
        kindsNeeded: understanding.understandingRule.kindsNeeded,
        people: understanding.people,
        members: summary.ownerRef
          ? await owners.activeMembersOf(summary.ownerRef)
          : [],
        knownBy: knowers.get(summary.entityRef) ?? new Set(),
      })),
    );
  }

  /** Whose accounts are which, as `<host>/<login>`, of all who could be suggested. */
  async #accountsOf(
    entities: readonly ReviewedEntity[],
  ): Promise<Map<string, string>> {
    const refs = entities.flatMap(one => [
      ...one.people.flatMap(person => person.personRef ?? []),
      ...one.members.map(member => member.personRef),
    ]);
    const accounts = await this.#options.people.accountsOf([...new Set(refs)]);
    return new Map(
      [...accounts].flatMap(([personRef, all]) =>
        all.map(({ host, login }) => [`${host}/${login}`, personRef] as const),
      ),
    );
  }

  /** Of how many open changes each is asked for a review, but for one. */
  async #loadsOf(
    accounts: ReadonlyMap<string, string>,
    exceptId: string,
  ): Promise<Map<string, number>> {
    const loads = new Map<string, number>();
    for (const batch of batches(loginsOf(accounts))) {
      const rows: Array<{ host: string; login: string; count: number }> =
        await this.#options
          .knex('explanation_reviewers')
          .join('explanations', 'explanations.id', 'explanation_id')
          .join('changes', 'changes.id', 'change_id')
          .where('changes.state', 'open')
          .whereNot('explanation_id', exceptId)
          .whereIn('login', batch)
          .groupBy('explanations.host', 'login')
          .select('explanations.host', 'login')
          .count({ count: '*' });
      for (const { host, login, count } of rows) {
        const personRef = accounts.get(`${host}/${login}`);
        if (personRef) {
          loads.set(personRef, (loads.get(personRef) ?? 0) + Number(count));
        }
      }
    }
    return loads;
  }

  /** People of the catalog who are what their host calls a bot. */
  async #botsAmong(accounts: ReadonlyMap<string, string>): Promise<string[]> {
    const bots: string[] = [];
    for (const batch of batches(loginsOf(accounts))) {
      const rows: Array<{ host: string; author: string }> = await this.#options
        .knex<ChangeRow>('changes')
        .where({ author_is_bot: true })
        .whereIn('author', batch)
        .distinct('host', 'author');
      bots.push(
        ...rows.flatMap(
          ({ host, author }) => accounts.get(`${host}/${author}`) ?? [],
        ),
      );
    }
    return bots;
  }
}

function loginsOf(accounts: ReadonlyMap<string, string>): string[] {
  return [
    ...new Set(
      [...accounts.keys()].map(key => key.slice(key.indexOf('/') + 1)),
    ),
  ];
}
