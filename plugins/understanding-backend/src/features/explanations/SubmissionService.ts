import {
  BackstageCredentials,
  BackstageUserPrincipal,
} from '@backstage/backend-plugin-api';
import { ConflictError, InputError } from '@backstage/errors';
import {
  CreateExplanationResponse,
  comparable,
  createExplanationRequestSchema,
  understandingExplanationCreatePermission,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { Clock } from '../../database/instants';
import { EntityRow, ExplanationRow } from '../../database/tables';
import { Access, isVisible } from '../../permissions/Access';
import { ExplanationJudge } from './ExplanationJudge';
import { ExplanationService } from './ExplanationService';
import { ExplanationStore } from './ExplanationStore';
import { ExplanationTextStore } from './ExplanationTextStore';
import { ExplanationWriter } from './ExplanationWriter';
import { digestOf } from './explanationOf';
import { participantsOf } from './Participants';

type UserCredentials = BackstageCredentials<BackstageUserPrincipal>;

export interface SubmissionServiceOptions {
  readonly knex: Knex;
  readonly clock: Clock;
  readonly access: Access;
  readonly explanations: ExplanationStore;
  readonly texts: ExplanationTextStore;
  readonly judge: ExplanationJudge;
  readonly writer: ExplanationWriter;
  readonly service: ExplanationService;
}

/** Takes explanations that are written on pages. */
export class SubmissionService {
  readonly #options: SubmissionServiceOptions;

  static create(options: SubmissionServiceOptions): SubmissionService {
    return new SubmissionService(options);
  }

  private constructor(options: SubmissionServiceOptions) {
    this.#options = options;
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
    const { knex, clock, access, explanations, texts, judge, service } =
      this.#options;
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
      await texts.add(tx, row.id, digest, parsed, now);
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
    const { state, prompts, questions } = await service.get(id, credentials);
    return { id, state, prompts, questions };
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
    const row = await explanations.insert(tx, {
      id: randomUUID(),
      change_id: null,
      host: change?.host ?? null,
      repository: change?.repository ?? null,
      number: change?.number ?? null,
      url: change?.url ?? null,
      head_sha: change?.headSha ?? null,
      title: null,
      described_at: change ? now : null,
      ai_assistance: aiAssistance,
      planes: JSON.stringify(planes),
      created_at: now,
      updated_at: now,
    });
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
