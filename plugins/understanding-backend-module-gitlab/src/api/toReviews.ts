import {
  HostChange,
  HostReview,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { approvalId, remarksId } from '../ids';
import { Approvals, Note } from './answers';

/** What GitLab notes itself when somebody decides about a merge request. */
const DECISIONS: ReadonlyMap<string, HostReview['verdict']> = new Map([
  ['approved this merge request', 'approved'],
  ['unapproved this merge request', 'dismissed'],
  ['requested changes', 'changes-requested'],
]);

/**
 * The reviews of a merge request, which GitLab does not have as such: of each person,
 * what they decided last, and when they last remarked on the diff of somebody else.
 *
 * Whose approval stands, the approvals tell. When it was given, and what became of
 * others, GitLab's own notes tell.
 *
 * @param notes - the last one first
 */
export function toReviews(
  change: HostChange,
  authorId: number | undefined,
  approvals: Approvals,
  notes: readonly Note[],
): HostReview[] {
  const decided = lastOfEach(
    notes.filter(({ system, body }) => system && DECISIONS.has(body)),
  );
  const approved = new Map(
    approvals.approved_by.map(({ user, approved_at }) => [
      user.id,
      { user, approvedAt: approved_at },
    ]),
  );
  const review = (
    id: string,
    reviewer: Note['author'],
    verdict: HostReview['verdict'],
    submittedAt: string,
  ): HostReview => ({
    id,
    changeId: change.id,
    reviewer: reviewer.account,
    verdict,
    body: '',
    submittedAt,
    url: change.url,
  });
  const remarks = lastOfEach(
    notes.filter(({ type, author }) => {
      return type === 'DiffNote' && author.id !== authorId;
    }),
  );
  return [
    ...[...approved].flatMap(([id, { user, approvedAt }]) =>
      id === undefined
        ? []
        : review(
            approvalId(change.id, id),
            user,
            'approved',
            approvedAt ?? decided.get(id)?.created_at ?? change.updatedAt,
          ),
    ),
    ...[...decided]
      .filter(([id]) => !approved.has(id))
      .map(([id, { author, body, created_at }]) => {
        const verdict = DECISIONS.get(body);
        return review(
          approvalId(change.id, id),
          author,
          // A push took the approval away, of which GitLab notes nothing.
          !verdict || verdict === 'approved' ? 'dismissed' : verdict,
          created_at,
        );
      }),
    ...[...remarks].map(([id, { author, created_at }]) =>
      review(remarksId(change.id, id), author, 'commented', created_at),
    ),
  ];
}

/** The last note of each person, by their ids. */
function lastOfEach(notes: readonly Note[]): Map<number, Note> {
  const last = new Map<number, Note>();
  for (const note of notes) {
    const { id } = note.author;
    if (id !== undefined && !last.has(id)) {
      last.set(id, note);
    }
  }
  return last;
}
