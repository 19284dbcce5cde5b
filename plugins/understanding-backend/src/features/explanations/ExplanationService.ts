import {
  BackstageCredentials,
  BackstageUserPrincipal,
} from '@backstage/backend-plugin-api';
import {
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import {
  CreateExplanationResponse,
  ExplanationPage,
  ExplanationRecord,
  comparable,
  createAssessmentRequestSchema,
  createExplanationRequestSchema,
  listExplanationsQuerySchema,
  understandingExplanationAssessPermission,
  understandingExplanationCreatePermission,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { Clock } from '../../database/instants';
import { AccountRow, EntityRow, ExplanationRow } from '../../database/tables';
import { readCursor, writeCursor } from '../../http/cursor';
import { paginate } from '../../http/paginate';
import { Access, VisibleEntities, isVisible } from '../../permissions/Access';
import { ExplanationJudge } from './ExplanationJudge';
import {
  ExplanationStore,
  NO_TEXT,
  StoredExplanation,
} from './ExplanationStore';
import { ExplanationWriter } from './ExplanationWriter';
import { digestOf } from './explanationOf';
import { participantsOf } from './Participants';
import { hintsOf } from './hints';
import { toExplanation, toRecordParts } from './toExplanation';

type UserCredentials = BackstageCredentials<BackstageUserPrincipal>;

export interface ExplanationServiceOptions {
  readonly knex: Knex;
  readonly clock: Clock;
  readonly access: Access;
  readonly explanations: ExplanationStore;
  readonly judge: ExplanationJudge;
  readonly writer: ExplanationWriter;
}

const positionSchema = z.object({ createdAt: z.string(), id: z.string() });

/** Shows, takes and assesses explanations, as far as callers may see what they explain. */
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
    const { access, explanations } = this.#options;
    const { entities, people } = await access.ofLists(credentials);
    if (query.author && !people) {
      throw new NotAllowedError(
        'You lack the permission understanding.person.read, which a list by author needs; ask whoever runs this Backstage.',
      );
    }
    const filter = {
      entityRef: query.entity,
      state: query.state,
      url: query.changeUrl,
      authors: query.author ? await this.#namesOf(query.author) : undefined,
    };
    const page = await paginate({
      visible: entities,
      limit: query.limit,
      after: readCursor(positionSchema, query.cursor),
      list: range => explanations.list(filter, range),
      count: () => explanations.count(filter),
      refOf: ({ entityRefs }) =>
        query.entity ?? entityRefs.find(ref => isVisible(entities, ref)) ?? '',
      positionOf: ({ row }) => ({ createdAt: row.created_at, id: row.id }),
    });
    return {
      items: page.items.map(({ row, entityRefs }) =>
        toExplanation(row, seen(entities, entityRefs)),
      ),
      totalItems: page.totalItems,
      nextCursor: page.next && writeCursor(page.next),
    };
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
    const stored = await this.#visible(knex, id, entities);
    return {
      ...toExplanation(stored.row, seen(entities, stored.entityRefs)),
      ...toRecordParts(stored, await participantsOf(knex, stored), people),
      ...(await hintsOf(knex, stored, {
        isSeen: ref => isVisible(entities, ref),
        duplicate: await this.#duplicateOf(stored, entities),
      })),
    };
  }

  /**
   * Takes an explanation that was written on a page. One of a change that is explained
   * already becomes its next version.
   *
   * @throws NotAllowedError without `understanding.explanation.create`
   * @throws ConflictError where the change is somebody else's and not merged yet
   */
  async create(
    request: z.output<typeof createExplanationRequestSchema>,
    credentials: UserCredentials,
  ): Promise<CreateExplanationResponse> {
    const { knex, clock, access, explanations, judge } = this.#options;
    await access.require(credentials, understandingExplanationCreatePermission);
    const { entities } = await access.ofLists(credentials);
    const known = await knownEntities(knex, request.entityRefs);
    const hidden = request.entityRefs.filter(
      ref => !known.has(ref) || !isVisible(entities, ref),
    );
    if (hidden.length > 0) {
      throw new InputError(
        `entityRefs: the catalog has no ${hidden.join(
          ', ',
        )}, or you may not see it`,
      );
    }
    const { what, howItFails, why, operate, expected, change } = request;
    const text = { what, howItFails, why, operate, expected };
    for (const section of ['what', 'howItFails', 'why'] as const) {
      if (comparable(text[section]) === '') {
        throw new InputError(
          `${section}: must say something; write at least one word`,
        );
      }
    }
    const parsed = { sections: text, text, missing: [], cut: [] };
    const author = credentials.principal.userEntityRef;
    const now = await clock();
    const id = await knex.transaction(async tx => {
      const row = await this.#rowOf(tx, request, author, now);
      const digest = digestOf(parsed);
      await explanations.addText(tx, row.id, digest, parsed, now);
      await explanations.addVersion(tx, {
        explanation_id: row.id,
        source: 'page',
        at: now,
        head_sha: change?.headSha ?? '',
        digest,
        asked: false,
        author_ref: author,
      });
      await explanations.addAuthors(tx, [
        { explanation_id: row.id, kind: 'person', value: author },
      ]);
      await judge.judge(tx, row.id, now);
      return row.id;
    });
    const { state, prompts, questions } = await this.get(id, credentials);
    return { id, state, prompts, questions };
  }

  /**
   * Takes what a reviewer found of the text and the head that stand now.
   *
   * @throws NotAllowedError for whoever had a part in the change or its explanation
   * @throws ConflictError where there is another head by now, or no explanation
   */
  async assess(
    id: string,
    request: z.output<typeof createAssessmentRequestSchema>,
    credentials: UserCredentials,
  ): Promise<ExplanationRecord> {
    const { knex, clock, access, explanations, judge } = this.#options;
    await access.require(credentials, understandingExplanationAssessPermission);
    const { entities } = await access.ofLists(credentials);
    const reviewer = credentials.principal.userEntityRef;
    const now = await clock();
    await knex.transaction(async tx => {
      await explanations.lock(tx, { id });
      const stored = await this.#visible(tx, id, entities);
      const { row } = stored;
      const { authors } = await participantsOf(tx, stored);
      if (authors.has(reviewer)) {
        throw new NotAllowedError(
          'You had a part in this change or its explanation; somebody else has to assess it.',
        );
      }
      if (row.digest === null) {
        throw new ConflictError(
          'There is no whole explanation to assess yet; its author has to write one.',
        );
      }
      if (request.headSha !== undefined && request.headSha !== row.head_sha) {
        throw new ConflictError(
          `The head is ${
            row.head_sha ?? 'not known'
          } by now; look at it again, and assess that.`,
        );
      }
      await explanations.addAssessment(tx, {
        id: randomUUID(),
        explanation_id: id,
        login: null,
        person_ref: reviewer,
        bot: false,
        result: request.result,
        at: now,
        head_sha: row.head_sha ?? '',
        digest: row.digest,
        rubric: JSON.stringify(request.rubric),
        note: request.note ?? null,
        withdrawn: false,
      });
      await judge.judge(tx, id, now);
    });
    return this.get(id, credentials);
  }

  async #visible(
    tx: Knex,
    id: string,
    entities: VisibleEntities,
  ): Promise<StoredExplanation> {
    const stored = await this.#options.explanations.get(tx, id);
    const isSeen =
      stored &&
      (entities.type === 'all' || seen(entities, stored.entityRefs).length > 0);
    if (!isSeen) {
      throw new NotFoundError(
        `There is no explanation ${id}, or you may not see what it explains.`,
      );
    }
    return stored;
  }

  /** What the text that stands is nearly the same as, where the caller may see that. */
  async #duplicateOf(
    { row, duplicates }: StoredExplanation,
    entities: VisibleEntities,
  ): Promise<ExplanationRow | undefined> {
    const id = duplicates.get(row.digest ?? '');
    return id === undefined
      ? undefined
      : this.#visible(this.#options.knex, id, entities).then(
          other => other.row,
          () => undefined,
        );
  }

  /** The row of the change that is explained, locked; a new one where there is none. */
  async #rowOf(
    tx: Knex,
    request: z.output<typeof createExplanationRequestSchema>,
    author: string,
    now: string,
  ): Promise<ExplanationRow> {
    const { explanations, writer } = this.#options;
    const { change, entityRefs, planes = [], aiAssistance } = request;
    const known = change && (await explanations.lockByNumber(tx, change));
    if (known) {
      await this.#requireAuthor(tx, known, author);
      if (!known.change_id) {
        await explanations.update(tx, known.id, {
          head_sha: change.headSha,
          described_at: now,
        });
      }
      return known;
    }
    const row: ExplanationRow = {
      id: randomUUID(),
      change_id: null,
      host: change?.host ?? null,
      repository: change?.repository ?? null,
      number: change?.number ?? null,
      url: change?.url ?? null,
      head_sha: change?.headSha ?? null,
      title: null,
      described_at: change ? now : null,
      described: NO_TEXT,
      merged_at: null,
      ai_assistance: aiAssistance,
      planes: JSON.stringify(planes),
      state: 'missing',
      digest: null,
      required: false,
      because: '',
      sealed_at: null,
      sealed_state: null,
      debt: null,
      created_at: now,
      updated_at: now,
    };
    await explanations.insert(tx, row);
    await explanations.setEntities(tx, row.id, entityRefs);
    if (change) {
      await writer.adopt(tx, row.id, change, now);
    }
    return row;
  }

  /** Who wrote a change explains it; when it is merged, whoever can pay the debt. */
  async #requireAuthor(
    tx: Knex,
    row: ExplanationRow,
    author: string,
  ): Promise<void> {
    if (row.merged_at) {
      return;
    }
    const stored = await this.#options.explanations.get(tx, row.id);
    const { authors } = await participantsOf(tx, stored!);
    if (!authors.has(author)) {
      throw new ConflictError(
        `The change is explained by its authors until it is merged, and the catalog does not know you as one of them; see explanation ${row.id}.`,
      );
    }
  }

  /** A person by reference, and by accounts that the catalog knows. */
  async #namesOf(personRef: string) {
    const accounts = await this.#options
      .knex<AccountRow>('accounts')
      .where({ person_ref: personRef })
      .select('login');
    return [
      { kind: 'person' as const, value: personRef },
      ...accounts.map(({ login }) => ({
        kind: 'login' as const,
        value: login,
      })),
    ];
  }
}

function seen(
  visible: VisibleEntities,
  entityRefs: readonly string[],
): string[] {
  return entityRefs.filter(ref => isVisible(visible, ref));
}

async function knownEntities(
  knex: Knex,
  entityRefs: readonly string[],
): Promise<Set<string>> {
  const rows = await knex<EntityRow>('entities')
    .whereIn('entity_ref', entityRefs)
    .whereNull('removed_at')
    .select('entity_ref');
  return new Set(rows.map(row => row.entity_ref));
}
