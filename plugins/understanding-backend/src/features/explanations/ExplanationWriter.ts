import {
  ChangeReading,
  ExplanationHeadings,
  HostAccount,
  HostChange,
  HostComment,
  HostFile,
  HostPress,
  HostRepository,
  HostReview,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { fingerprint } from '../../database/shadow';
import {
  ChangeEntityRow,
  ChangeRow,
  CommentRow,
  ExplanationRow,
  ReviewRow,
} from '../../database/tables';
import { ExplanationJudge } from './ExplanationJudge';
import { AssessmentWriter } from './AssessmentWriter';
import { BypassStore } from './checks/BypassStore';
import { ExplanationStore } from './ExplanationStore';
import { ExplanationTextStore } from './ExplanationTextStore';
import { authorsOfCommits } from './Participants';
import { NO_TEXT, explanationOf } from './explanationOf';

export interface ExplanationWriterOptions {
  readonly explanations: ExplanationStore;
  readonly texts: ExplanationTextStore;
  readonly assessments: AssessmentWriter;
  readonly bypasses: BypassStore;
  readonly judge: ExplanationJudge;
  /** By which sections are found. */
  readonly headings: ExplanationHeadings;
  /** By which a change is let through. */
  readonly breakGlassLabel: string;
}

/**
 * Reads explanations out of what change hosts tell, in the transaction of what was told.
 */
export class ExplanationWriter {
  readonly #explanations: ExplanationStore;
  readonly #texts: ExplanationTextStore;
  readonly #assessments: AssessmentWriter;
  readonly #judge: ExplanationJudge;
  readonly #headings: ExplanationHeadings;
  readonly #bypasses: BypassStore;
  readonly #breakGlassLabel: string;

  static create(options: ExplanationWriterOptions): ExplanationWriter {
    return new ExplanationWriter(options);
  }

  private constructor(options: ExplanationWriterOptions) {
    this.#explanations = options.explanations;
    this.#texts = options.texts;
    this.#assessments = options.assessments;
    this.#judge = options.judge;
    this.#headings = options.headings;
    this.#bypasses = options.bypasses;
    this.#breakGlassLabel = options.breakGlassLabel;
  }

  /**
   * Writes what a change explains as it was told, also where something later is known
   * of it. Those that were over before anybody was told, and explain nothing, are left
   * out.
   */
  async writeChange(
    tx: Knex,
    told: HostChange,
    options: { asked: boolean },
    now: string,
  ): Promise<void> {
    const { isNew } = await this.#writeSeen(tx, told, options, now);
    if (isNew) {
      // Of who made its commits nothing was kept before.
      await tx<ChangeRow>('changes')
        .where({ id: told.id })
        .update({ read_due: true });
    }
  }

  /** Whether what a change explains was written, whatever it is. */
  async isKnown(tx: Knex, changeId: string): Promise<boolean> {
    const found = await tx<ExplanationRow>('explanations')
      .where({ change_id: changeId })
      .first('id');
    return found !== undefined;
  }

  async #writeSeen(
    tx: Knex,
    told: HostChange,
    options: { asked: boolean },
    now: string,
  ): Promise<{ isNew: boolean }> {
    const { digest, parsed } = explanationOf(told, this.#headings);
    const known = await this.#lock(tx, told);
    if (!known && told.state !== 'open' && digest === NO_TEXT) {
      return { isNew: false };
    }
    const { id } = known ?? (await this.#insert(tx, told, now));
    if (digest !== NO_TEXT) {
      await this.#texts.add(tx, id, digest, parsed, now);
    }
    await this.#explanations.addVersion(tx, {
      explanation_id: id,
      source: 'description',
      at: told.updatedAt,
      head_sha: told.headSha,
      digest,
      asked: options.asked,
      author_ref: null,
    });
    await this.#addAuthor(tx, id, told.author);
    if (!known) {
      await this.#writeEarlier(tx, id, told.id);
    }
    return { isNew: !known };
  }

  /** Writes also who made the commits of a head. */
  async writeReading(
    tx: Knex,
    reading: ChangeReading,
    now: string,
  ): Promise<void> {
    const { change, commits, commitsTruncated, reviews } = reading;
    await this.#writeSeen(tx, change, { asked: true }, now);
    const row = await this.#lockKnown(tx, change.id);
    if (row) {
      const { id } = row;
      await this.#explanations.addAuthors(tx, authorsOfCommits(id, commits));
      // Whoever made a commit that is not told of must not accept it.
      if (!commitsTruncated) {
        await this.#explanations.addHead(
          tx,
          id,
          change.headSha,
          fingerprintOfCode(reading),
        );
      }
      for (const review of reviews) {
        await this.#assessments.addReview(tx, id, review);
      }
    }
  }

  async writeComment(
    tx: Knex,
    comment: HostComment,
    now: string,
  ): Promise<void> {
    const row = await this.#lockKnown(tx, comment.changeId);
    if (row) {
      await this.#assessments.addComment(tx, row.id, comment);
      await this.#judge.judge(tx, row.id, now);
    }
  }

  async writeReview(tx: Knex, review: HostReview, now: string): Promise<void> {
    const row = await this.#lockKnown(tx, review.changeId);
    if (row) {
      await this.#assessments.addReview(tx, row.id, review);
      await this.#judge.judge(tx, row.id, now);
    }
  }

  /** Writes what was pressed beside a check, for each change that it was written on. */
  async writePress(
    tx: Knex,
    { host, repository }: HostRepository,
    press: HostPress,
    now: string,
  ): Promise<void> {
    const changeIds: string[] = await tx('explanation_checks')
      .join('changes', 'changes.id', 'explanation_checks.change_id')
      .where({ host, repository })
      .where('explanation_checks.head_sha', press.headSha)
      .orderBy('change_id')
      .pluck('change_id');
    for (const changeId of changeIds) {
      const row = await this.#lockKnown(tx, changeId);
      const stored = row && (await this.#explanations.get(tx, row.id));
      // Nobody can have looked at a text that was never there.
      if (stored?.texts.has(press.explanation)) {
        await this.#assessments.addPress(tx, stored.row.id, press, now);
        await this.#judge.judge(tx, stored.row.id, now);
      }
    }
  }

  /** Brings an explanation up to what is known of its change and its entities. */
  async refresh(tx: Knex, changeId: string, now: string): Promise<void> {
    const row = await this.#lockKnown(tx, changeId);
    const known = await tx<ChangeRow>('changes')
      .where({ id: changeId })
      .first();
    if (!row || !known) {
      return;
    }
    const change: HostChange = {
      ...JSON.parse(known.told),
      repository: known.repository,
    };
    const { digest, parsed } = explanationOf(change, this.#headings);
    if (digest !== NO_TEXT) {
      await this.#texts.add(tx, row.id, digest, parsed, now);
    }
    await this.#addAuthor(tx, row.id, change.author);
    await this.#bypasses.addLabel(tx, row.id, change, this.#breakGlassLabel);
    await this.#explanations.setReviewers(
      tx,
      row.id,
      change.requestedReviewers,
    );
    await this.#explanations.update(tx, row.id, {
      ...addressOf(change),
      described_at: change.updatedAt,
      described: digest,
      merged_at: change.mergedAt ?? null,
      // Once anybody said so, it stays said.
      ai_assistance:
        row.ai_assistance === 'assisted' ? 'assisted' : known.ai_assistance,
    });
    const affected = await tx<ChangeEntityRow>('change_entities')
      .where({ change_id: changeId })
      .select('entity_ref');
    if (affected.length > 0) {
      await this.#explanations.setEntities(
        tx,
        row.id,
        affected.map(one => one.entity_ref),
      );
    }
    await this.#judge.judge(tx, row.id, now);
  }

  /** Notes which accepted explanations are of code that a merged change touches. */
  async writeMerged(tx: Knex, changeId: string, now: string): Promise<void> {
    const change = await tx<ChangeRow>('changes')
      .where({ id: changeId })
      .first('host', 'repository', 'files', 'merged_at');
    if (!change?.merged_at || !change.files) {
      return;
    }
    const { host, repository, merged_at: mergedAt } = change;
    const files: HostFile[] = JSON.parse(change.files);
    const paths = files.flatMap(({ path, previousPath }) =>
      previousPath ? [path, previousPath] : [path],
    );
    const older = await this.#explanations.listExplaining(tx, paths, {
      host,
      repository,
      before: mergedAt,
    });
    for (const id of older) {
      await this.#explanations.lock(tx, { id });
      await this.#explanations.update(tx, id, { changed_since: mergedAt });
      await this.#judge.judge(tx, id, now);
    }
  }

  async #lockKnown(
    tx: Knex,
    changeId: string,
  ): Promise<ExplanationRow | undefined> {
    await this.#explanations.lockChange(tx, changeId);
    return this.#explanations.lock(tx, { change_id: changeId });
  }

  /**
   * Gives an explanation of a page to the change that it is of, where its host has
   * told of that.
   */
  async adopt(
    tx: Knex,
    id: string,
    address: { host: string; repository: string; number: number },
    now: string,
  ): Promise<void> {
    const { host, repository, number } = address;
    const change = await tx<ChangeRow>('changes')
      .where({ host, repository, number })
      .first('id');
    if (change) {
      await this.#adopt(tx, id, change.id);
      await tx<ChangeRow>('changes')
        .where({ id: change.id })
        .update({ read_due: true });
      await this.refresh(tx, change.id, now);
    }
  }

  async #adopt(tx: Knex, id: string, changeId: string): Promise<void> {
    await this.#explanations.update(tx, id, { change_id: changeId });
    await this.#writeEarlier(tx, id, changeId);
  }

  /** By its host's id; else one that was written on a page, which then gets that id. */
  async #lock(
    tx: Knex,
    change: HostChange,
  ): Promise<ExplanationRow | undefined> {
    const found = await this.#lockKnown(tx, change.id);
    if (found) {
      return found;
    }
    const written = await this.#explanations.lockByNumber(tx, change);
    if (!written || written.change_id) {
      return undefined;
    }
    await this.#adopt(tx, written.id, change.id);
    return written;
  }

  async #insert(
    tx: Knex,
    change: HostChange,
    now: string,
  ): Promise<ExplanationRow> {
    const row = await this.#explanations.insert(tx, {
      id: randomUUID(),
      change_id: change.id,
      ...addressOf(change),
      described_at: change.updatedAt,
      ai_assistance: 'unknown',
      planes: '[]',
      created_at: change.createdAt,
      updated_at: now,
    });
    // Another worker may have been first.
    return (await this.#explanations.lock(tx, { change_id: change.id })) ?? row;
  }

  /** What was told of a change before it explained anything. */
  async #writeEarlier(tx: Knex, id: string, changeId: string): Promise<void> {
    const of = { change_id: changeId };
    for (const { told } of await tx<CommentRow>('comments').where(of)) {
      await this.#assessments.addComment(tx, id, JSON.parse(told));
    }
    for (const { told } of await tx<ReviewRow>('reviews').where(of)) {
      await this.#assessments.addReview(tx, id, JSON.parse(told));
    }
  }

  async #addAuthor(
    tx: Knex,
    id: string,
    author: HostAccount | undefined,
  ): Promise<void> {
    if (author) {
      await this.#explanations.addAuthors(tx, [
        { explanation_id: id, kind: 'login', value: author.login },
      ]);
    }
  }
}

function addressOf(change: HostChange) {
  return {
    host: change.host,
    repository: change.repository,
    number: change.number,
    url: change.url,
    head_sha: change.headSha,
    title: change.title.slice(0, 1000),
  };
}

/**
 * Of all that a change does to its files. What a rebase or a merge of the base leaves as
 * it is has the same; undefined where the host does not tell of all files.
 */
function fingerprintOfCode({
  files,
  filesTruncated,
}: ChangeReading): string | undefined {
  const isWhole =
    files.length > 0 && !filesTruncated && files.every(file => file.digest);
  return isWhole
    ? fingerprint(
        files
          .map(({ path, previousPath, status, digest }) =>
            JSON.stringify([path, previousPath ?? '', status, digest]),
          )
          .sort(),
      )
    : undefined;
}
