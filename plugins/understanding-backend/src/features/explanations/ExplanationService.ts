import {
  BackstageCredentials,
  BackstageUserPrincipal,
} from '@backstage/backend-plugin-api';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import {
  ExplanationPage,
  ExplanationRecord,
  ExplanationVersionText,
  listExplanationsQuerySchema,
  listMyExplanationsQuerySchema,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { Knex } from 'knex';
import { z } from 'zod';
import { AccountRow, ExplanationRow, PersonRow } from '../../database/tables';
import { readCursor, writeCursor } from '../../http/cursor';
import { paginate } from '../../http/paginate';
import { Access, VisibleEntities, isVisible } from '../../permissions/Access';
import { BypassStore } from './checks/BypassStore';
import { checkParts } from './checks/checkParts';
import { CheckStore } from './checks/CheckStore';
import {
  ExplanationFilter,
  ExplanationList,
  NameOnHost,
} from './ExplanationList';
import {
  ExplainedEdgeStore,
  edgeInWords,
  isChanged,
} from './ExplainedEdgeStore';
import {
  ExplanationStore,
  StoredExplanation,
  entitiesOf,
} from './ExplanationStore';
import { diffOf } from './diffOf';
import { participantsOf } from './Participants';
import { hintsOf } from './hints';
import { ReviewerSuggestions } from './ReviewerSuggestions';
import { toExplanation, toRecordParts } from './toExplanation';
import { isSeen, seenAmong, visibleExplanation } from './visibleExplanation';

export interface ExplanationServiceOptions {
  readonly knex: Knex;
  readonly access: Access;
  readonly explanations: ExplanationStore;
  readonly edges: ExplainedEdgeStore;
  readonly list: ExplanationList;
  readonly checks: CheckStore;
  readonly bypasses: BypassStore;
  readonly suggestions: ReviewerSuggestions;
}

const positionSchema = z.object({ createdAt: z.string(), id: z.string() });

/** Shows explanations, as far as callers may see what they explain. */
export class ExplanationService {
  readonly #options: ExplanationServiceOptions;

  static create(options: ExplanationServiceOptions): ExplanationService {
    return new ExplanationService(options);
  }

  private constructor(options: ExplanationServiceOptions) {
    this.#options = options;
  }

  async list(
    query: z.output<typeof listExplanationsQuerySchema>,
    credentials: BackstageCredentials,
  ): Promise<ExplanationPage> {
    const { access } = this.#options;
    const { entities, people } = await access.ofLists(credentials);
    if (query.author && query.author !== access.callerOf(credentials)) {
      requireOneEntity(query, people);
    }
    const filter = {
      entityRef: query.entity,
      state: query.state,
      url: query.changeUrl,
      plane: query.plane,
      aiAssistance: query.aiAssistance,
      targetRef: query.edgeTo,
      authors: query.author ? await this.#namesOf(query.author) : undefined,
    };
    return this.#page(filter, query, entities);
  }

  /** What waits for a person, as an author or as a reviewer. */
  async listMine(
    query: z.output<typeof listMyExplanationsQuerySchema>,
    credentials: BackstageCredentials<BackstageUserPrincipal>,
  ): Promise<ExplanationPage> {
    const { entities } = await this.#options.access.ofLists(credentials);
    const names = await this.#namesOf(credentials.principal.userEntityRef);
    const filter =
      query.as === 'author'
        ? { authors: names, unfinished: true }
        : { reviewers: names };
    return this.#page(filter, query, entities);
  }

  /**
   * One explanation with all that is known of it.
   *
   * @throws NotFoundError when there is none, or the caller may see none of its entities
   */
  async get(
    id: string,
    credentials: BackstageCredentials,
  ): Promise<ExplanationRecord> {
    const { knex, access } = this.#options;
    const { entities, people } = await access.ofLists(credentials);
    const stored = await visibleExplanation(
      knex,
      this.#options.explanations,
      id,
      entities,
    );
    const participants = await participantsOf(knex, stored);
    return {
      ...toExplanation(stored.row, seenAmong(entities, stored.entityRefs)),
      ...toRecordParts(stored, participants, people),
      ...(await this.#checkOf(stored.row, people)),
      changedSince: await this.#changedSince(stored.row, entities),
      diff: await diffOf(knex, stored.row),
      hadPart: participants.authors.has(access.callerOf(credentials)),
      suggestedReviewers: people
        ? await this.#options.suggestions.of(stored, ref =>
            isVisible(entities, ref),
          )
        : undefined,
      ...(await hintsOf(knex, stored, {
        isSeen: ref => isVisible(entities, ref),
        duplicate: await this.#duplicateOf(stored, entities),
      })),
    };
  }

  /**
   * What stood in one version of an explanation.
   *
   * @throws NotFoundError when there is none, or the caller may see none of its entities
   */
  async getText(
    id: string,
    textId: string,
    credentials: BackstageCredentials,
  ): Promise<ExplanationVersionText> {
    const { knex, access, explanations } = this.#options;
    const { entities } = await access.ofLists(credentials);
    const refs = (await entitiesOf(knex, [id])).get(id) ?? [];
    const text = isSeen(entities, refs)
      ? await explanations.textOf(knex, id, textId)
      : undefined;
    if (!text) {
      throw new NotFoundError(
        `There is no text ${textId} of an explanation ${id}, or you may not see what it explains.`,
      );
    }
    return { sections: text.sections };
  }

  async #changedSince(
    { id, changed_since: at }: ExplanationRow,
    entities: VisibleEntities,
  ): Promise<ExplanationRecord['changedSince']> {
    const edges = await this.#options.edges.of(this.#options.knex, id);
    const changed = [
      ...(at ? [{ message: 'A later change touched its code.', at }] : []),
      ...edges
        .filter(
          one =>
            isChanged(one) &&
            isVisible(entities, one.source_ref) &&
            isVisible(entities, one.target_ref),
        )
        .map(one => ({
          message: edgeInWords(one),
          at: one.changed_at ?? undefined,
          targetRef: one.target_ref,
        })),
    ];
    return changed.length > 0 ? changed : undefined;
  }

  async #checkOf(row: ExplanationRow, names: boolean) {
    const { checks, bypasses } = this.#options;
    return checkParts(
      row,
      row.change_id ? await checks.of(row.change_id) : [],
      await bypasses.of(row.id),
      names,
    );
  }

  async #page(
    filter: ExplanationFilter,
    query: { limit: number; cursor?: string; texts?: 'true' },
    entities: VisibleEntities,
  ): Promise<ExplanationPage> {
    const { list } = this.#options;
    const page = await paginate({
      visible: entities,
      limit: query.limit,
      after: readCursor(positionSchema, query.cursor),
      list: range => list.list(filter, range),
      count: () => list.count(filter),
      refOf: ({ entityRefs }) =>
        filter.entityRef ??
        entityRefs.find(ref => isVisible(entities, ref)) ??
        '',
      positionOf: ({ row }) => ({ createdAt: row.created_at, id: row.id }),
    });
    const texts = query.texts
      ? await list.textsOf(page.items.map(({ row }) => row))
      : undefined;
    return {
      items: page.items.map(({ row, entityRefs }) => ({
        ...toExplanation(row, seenAmong(entities, entityRefs)),
        text: texts?.get(row.id),
      })),
      totalItems: page.totalItems,
      nextCursor: page.next && writeCursor(page.next),
    };
  }

  /** What the text that stands is nearly the same as, where the caller may see that. */
  async #duplicateOf(
    { row, duplicates }: StoredExplanation,
    entities: VisibleEntities,
  ): Promise<ExplanationRow | undefined> {
    const id = duplicates.get(row.digest ?? '');
    return id === undefined
      ? undefined
      : visibleExplanation(
          this.#options.knex,
          this.#options.explanations,
          id,
          entities,
        ).then(
          other => other.row,
          () => undefined,
        );
  }

  /** A person by reference, and by accounts and the address that the catalog knows. */
  async #namesOf(personRef: string): Promise<NameOnHost[]> {
    const { knex } = this.#options;
    const of = { person_ref: personRef };
    const person = await knex<PersonRow>('people').where(of).first('email');
    const accounts = await knex<AccountRow>('accounts').where(of);
    return [
      { kind: 'person' as const, value: personRef },
      ...(person?.email
        ? [{ kind: 'email' as const, value: person.email }]
        : []),
      ...accounts.map(({ login, host }) => ({
        kind: 'login' as const,
        value: login,
        host,
      })),
    ];
  }
}

/**
 * Who wrote what is asked of an entity or a change. Without one it would be a list of
 * what somebody understands, which is for nobody but them.
 *
 * @param names - whether the caller may see names of people
 * @throws NotAllowedError otherwise
 */
function requireOneEntity(
  query: z.output<typeof listExplanationsQuerySchema>,
  names: boolean,
): void {
  if (!names) {
    throw new NotAllowedError(
      'You lack the permission understanding.person.read, which a list by author needs; ask whoever runs this Backstage.',
    );
  }
  if (!query.entity && !query.changeUrl) {
    throw new NotAllowedError(
      'What somebody else explained is listed for one entity or change only: ask with entity or changeUrl beside author.',
    );
  }
}
