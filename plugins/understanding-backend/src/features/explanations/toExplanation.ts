import {
  Explanation,
  ExplanationRecord,
  Participant,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { ExplanationRow } from '../../database/tables';
import { StoredExplanation } from './ExplanationStore';
import { Participants } from './Participants';

/** An explanation as lists show it. */
export function toExplanation(
  row: ExplanationRow,
  entityRefs: readonly string[],
): Explanation {
  const { host, repository, number, url, head_sha: headSha } = row;
  return {
    id: row.id,
    state: row.state as Explanation['state'],
    change:
      host && repository && number && url && headSha
        ? {
            host,
            repository,
            number,
            url,
            headSha,
            title: row.title ?? undefined,
          }
        : undefined,
    entityRefs: [...entityRefs],
    planes: JSON.parse(row.planes),
    aiAssistance: row.ai_assistance as Explanation['aiAssistance'],
    required: Boolean(row.required),
    because: row.because,
    sealed:
      row.sealed_at && row.sealed_state
        ? {
            at: row.sealed_at,
            state: row.sealed_state as Explanation['state'],
            mergeSha: row.sealed_sha ?? undefined,
            weight: row.sealed_weight ?? undefined,
          }
        : undefined,
    debt: (row.debt ?? undefined) as Explanation['debt'],
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

/** What a record shows beside what lists do; names only where they may be seen. */
export function toRecordParts(
  stored: StoredExplanation,
  participants: Participants,
  names: boolean,
): Pick<
  ExplanationRecord,
  'text' | 'sealedFiles' | 'authors' | 'versions' | 'assessments'
> {
  const { row, texts, versions, assessments, authors } = stored;
  const person = (ref: string | null): Participant | undefined =>
    ref && names
      ? {
          personRef: ref,
          displayName: participants.displayNames.get(ref) ?? ref,
        }
      : undefined;
  return {
    text: row.digest ? texts.get(row.digest)?.text : undefined,
    sealedFiles: row.sealed_files ? JSON.parse(row.sealed_files) : undefined,
    authors: names ? authorsOf(authors, participants) : undefined,
    versions: changesOf(versions)
      .reverse()
      .map((one, index) => ({
        at: one.at,
        source: one.source,
        headSha: one.head_sha || undefined,
        textId: one.digest || undefined,
        sections:
          index === 0 ? texts.get(one.digest)?.sections ?? {} : undefined,
        author: person(one.author_ref),
      })),
    assessments: assessments
      // What was taken back before it was known what it was says nothing.
      .filter(one => !one.withdrawn || one.result !== 'not-assessable')
      .reverse()
      .map(one => {
        const [name = ''] = participants.reviewers.get(one.id) ?? [];
        const ref = name.startsWith('user:') ? name : null;
        return {
          id: one.id,
          at: one.at,
          result: one.result as 'genuine',
          rubric: one.rubric ? JSON.parse(one.rubric) : undefined,
          note: one.note ?? undefined,
          headSha: one.head_sha ?? undefined,
          withdrawn: Boolean(one.withdrawn),
          reviewer:
            person(ref) ??
            (names && one.login ? { displayName: one.login } : undefined),
        };
      }),
  };
}

/** The catalog's people, and accounts of which it knows nobody; no addresses. */
function authorsOf(
  authors: StoredExplanation['authors'],
  participants: Participants,
): Participant[] {
  const people = [...participants.authors]
    .filter(name => name.startsWith('user:'))
    .sort()
    .map(ref => ({
      personRef: ref,
      displayName: participants.displayNames.get(ref) ?? ref,
    }));
  return people.length > 0
    ? people
    : authors
        .filter(one => one.kind === 'login')
        .map(one => ({ displayName: one.value }));
}

/** Where the same text stands on the same head, only when it came. */
function changesOf(
  versions: StoredExplanation['versions'],
): Array<StoredExplanation['versions'][number]> {
  const last = new Map<string, string>();
  return versions.filter(one => {
    const key = `${one.head_sha} ${one.digest}`;
    const same = last.get(one.source) === key;
    const silent = !last.has(one.source) && one.digest === '';
    last.set(one.source, key);
    return !same && !silent;
  });
}
