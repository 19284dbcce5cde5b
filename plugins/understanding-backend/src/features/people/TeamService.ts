import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { InputError, NotFoundError } from '@backstage/errors';
import {
  AbsenceOfGroup,
  AbsenceResponse,
  EntitySummary,
  TeamEntities,
  teamEntities,
  teamEntitiesQuerySchema,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { Knex } from 'knex';
import { z } from 'zod';
import { batches } from '../../database/shadow';
import { readCursor, writeCursor } from '../../http/cursor';
import { paginate } from '../../http/paginate';
import { Access, isVisible } from '../../permissions/Access';
import type { SummaryStore } from '../entities/SummaryStore';
import type { HistoryStore } from '../ingest/HistoryStore';
import { AbsenceStore, AuthoredEntity } from './AbsenceStore';
import { entitiesOf } from './entitiesOf';
import type { OwnerStore } from './OwnerStore';
import type { PeopleStore } from './PeopleStore';
import { absenceOf, rollUpAbsence } from './rollUpAbsence';

export interface TeamServiceOptions {
  readonly knex: Knex;
  readonly access: Access;
  readonly owners: OwnerStore;
  readonly people: PeopleStore;
  readonly histories: HistoryStore;
  readonly summaries: SummaryStore;
  readonly absence: AbsenceStore;
}

const positionSchema = z.object({ title: z.string(), entityRef: z.string() });

/**
 * Answers what teams and systems stand on, from the entities that a caller may see; of
 * others nothing is counted.
 */
export class TeamService {
  readonly #options: TeamServiceOptions;

  static create(options: TeamServiceOptions): TeamService {
    return new TeamService(options);
  }

  private constructor(options: TeamServiceOptions) {
    this.#options = options;
  }

  /** Who is left of the authors, of each team or system. */
  async listAbsence(
    by: 'team' | 'system',
    credentials: BackstageCredentials,
  ): Promise<AbsenceResponse> {
    const entities = await this.#seen({}, credentials);
    const items = rollUpAbsence(entities, by, await this.#activity(entities));
    return { items, totalItems: items.length };
  }

  /**
   * The same of one Group or System; of what nobody knows, or the caller may not see,
   * nothing is counted.
   *
   * @throws InputError for other kinds
   */
  async getAbsence(
    ref: string,
    credentials: BackstageCredentials,
  ): Promise<AbsenceOfGroup> {
    const isTeam = ref.startsWith('group:');
    if (!isTeam && !ref.startsWith('system:')) {
      throw new InputError(
        `${ref} is neither a Group nor a System; ask for what is around an entity by its own path.`,
      );
    }
    const entities = await this.#seen(
      isTeam ? { ownerRef: ref } : { systemRef: ref },
      credentials,
    );
    const titles = entities.map(({ summary }) =>
      isTeam ? summary.ownerTitle : summary.systemTitle,
    );
    return {
      ref,
      title: titles[0],
      ...absenceOf(entities, await this.#activity(entities)),
    };
  }

  /**
   * What a team owns and does not understand, or understands and does not own.
   *
   * @throws NotFoundError when the catalog has no such Group
   */
  async listEntities(
    teamRef: string,
    query: z.output<typeof teamEntitiesQuerySchema>,
    credentials: BackstageCredentials,
  ): Promise<TeamEntities> {
    const { access, owners } = this.#options;
    const { list, limit, cursor } = query;
    const { entities } = await access.ofLists(credentials);
    const after = readCursor(positionSchema, cursor);
    // Of a person nothing is listed, also where they own something.
    const isTeam = teamRef.startsWith('group:');
    if (!isTeam || !(await owners.membersOf(teamRef))) {
      throw new NotFoundError(`The catalog has no Group ${teamRef}.`);
    }
    const members = (await owners.activeMembersOf(teamRef)).map(
      one => one.personRef,
    );
    const summaries = (
      await this.#summariesOf(
        teamRef,
        list === 'understood-not-owned' ? members : [],
      )
    ).filter(one => isVisible(entities, one.entityRef));
    const experts = await this.#options.summaries.expertsOf(
      summaries.map(one => one.entityRef),
    );
    const { items, among, unknown } = teamEntities({
      list,
      teamRef,
      members: new Set(members),
      entities: summaries.map(summary => ({
        summary,
        experts: experts.get(summary.entityRef) ?? [],
      })),
    });
    const isLater = ({ title, entityRef }: (typeof items)[number]) =>
      !after ||
      title.toLowerCase() > after.title ||
      (title.toLowerCase() === after.title && entityRef > after.entityRef);
    const page = await paginate({
      visible: { type: 'all' },
      limit,
      after,
      list: async range => items.filter(isLater).slice(0, range.limit),
      count: async () => items.length,
      refOf: one => one.entityRef,
      positionOf: ({ title, entityRef }) => ({
        title: title.toLowerCase(),
        entityRef,
      }),
    });
    return {
      items: page.items,
      totalItems: page.totalItems,
      nextCursor: page.next && writeCursor(page.next),
      among,
      unknown,
    };
  }

  /** What a team owns, and what some people have evidence of. */
  async #summariesOf(
    teamRef: string,
    personRefs: readonly string[],
  ): Promise<EntitySummary[]> {
    const { summaries } = this.#options;
    const owned = await summaries.list(
      { ownerRef: teamRef, words: [] },
      { field: 'title', direction: 'asc' },
      {},
    );
    const found = new Map(
      owned.map(({ summary }) => [summary.entityRef, summary]),
    );
    const touched = await entitiesOf(personRefs, this.#options);
    for (const batch of batches(touched)) {
      (await summaries.getMany(batch)).forEach((summary, ref) =>
        found.set(ref, summary),
      );
    }
    return [...found.values()];
  }

  async #seen(
    filter: { ownerRef?: string; systemRef?: string },
    credentials: BackstageCredentials,
  ): Promise<AuthoredEntity[]> {
    const { access, absence } = this.#options;
    const { entities } = await access.ofLists(credentials);
    const all = await absence.list(filter);
    return all.filter(one => isVisible(entities, one.summary.entityRef));
  }

  /** Whether people who wrote files are still here. */
  async #activity(entities: readonly AuthoredEntity[]) {
    const refs = new Set(
      entities.flatMap(({ read }) =>
        (read?.authorship ?? []).flatMap(({ authors }) => authors),
      ),
    );
    const known = await this.#options.people.getPeople([...refs]);
    return (personRef: string) => known.get(personRef)?.active ?? false;
  }
}
