import {
  AssessmentResult,
  CheckSummaryInput,
  HostFile,
  whyUncounted,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { matcherOf } from '@understanding-dev/git-knowledge';
import { Knex } from 'knex';
import { ChangeRow, DocumentRow } from '../../../database/tables';
import type { StoredDocument } from '../../ingest/HistoryStore';
import { StoredExplanation } from '../ExplanationStore';
import { isPress } from '../AssessmentWriter';
import { hintsOf } from '../hints';
import { participantsOf } from '../Participants';
import { codeOf } from '../sightings';

/**
 * What is shown below a check, but for who could review it. Whoever may read the repository reads it, whatever they
 * may see of the catalog; so it names entities, but no other repository.
 */
export async function describeCheck(
  tx: Knex,
  stored: StoredExplanation,
  change: ChangeRow,
  options: Pick<CheckSummaryInput, 'check' | 'url'>,
): Promise<CheckSummaryInput> {
  const { row, entityRefs } = stored;
  const files: HostFile[] = JSON.parse(change.files ?? '[]');
  const hints = await hintsOf(tx, stored, {
    isSeen: () => true,
    duplicate: undefined,
  });
  return {
    ...options,
    ...hints,
    required: Boolean(row.required),
    because: row.because,
    entities: entityRefs.length,
    onlyFiles: change.files_truncated ? files.length : undefined,
    uncounted: await uncountedOf(tx, stored),
    documents: await documentsOf(
      tx,
      entityRefs,
      files.flatMap(({ path, previousPath }) =>
        previousPath ? [path, previousPath] : [path],
      ),
    ),
  };
}

/** Of what was said by buttons; the last of each account. */
async function uncountedOf(
  tx: Knex,
  stored: StoredExplanation,
): Promise<string[]> {
  const { row, assessments } = stored;
  const pressed = new Map(
    assessments
      .filter(one => one.login !== null && isPress(one))
      .map(one => [one.login ?? '', one]),
  );
  if (pressed.size === 0) {
    return [];
  }
  const { authors, reviewers } = await participantsOf(tx, stored);
  const code = codeOf(stored, row.head_sha ?? '');
  return [...pressed].flatMap(
    ([login, one]) =>
      whyUncounted({
        login,
        bot: Boolean(one.bot),
        result: one.result as AssessmentResult,
        hadPart: (reviewers.get(one.id) ?? []).some(name => authors.has(name)),
        mayReview:
          one.may_review === null ? undefined : Boolean(one.may_review),
        sameText: one.digest === row.digest,
        sameCode: codeOf(stored, one.head_sha ?? '') === code,
      }) ?? [],
  );
}

/**
 * The documents whose territory some files belong to: the globs that a document covers,
 * else all of its entity.
 */
async function documentsOf(
  tx: Knex,
  entityRefs: readonly string[],
  files: readonly string[],
): Promise<CheckSummaryInput['documents']> {
  const found = new Map<string, { title: string; url?: string }>();
  for (const entityRef of entityRefs) {
    const rows = await tx<DocumentRow>('documents')
      .where({ entity_ref: entityRef })
      .select('facts');
    for (const { facts } of rows) {
      const document: StoredDocument = JSON.parse(facts);
      const { path, title = path, url, covers = [] } = document;
      const isTouched = covers.length === 0 || files.some(matcherOf(covers));
      if (isTouched && !files.includes(path)) {
        found.set(path, { title, url });
      }
    }
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}
