import { JsonObject } from '@backstage/types';
import { CHANGE, REPOSITORY } from '../__testUtils__/expected';
import { factsOf, parse } from '../__testUtils__/parsing';
import {
  ALICE,
  HEAD,
  HOST,
  diffNoteHook,
  noteHook,
} from '../__testUtils__/payloads';

describe('a delivery of a note', () => {
  const COMMENT = {
    id: `${HOST}/notes/900`,
    changeId: CHANGE.id,
    author: { login: 'bob', bot: false },
    body: 'What if it was refunded by hand?',
    createdAt: '2026-01-01T11:00:00.000Z',
    updatedAt: '2026-01-01T11:00:00.000Z',
    deleted: false,
    url: `${CHANGE.url}#note_900`,
  };
  it('tells the comment', () => {
    expect(factsOf(noteHook())).toEqual([
      { type: 'comment', ...REPOSITORY, comment: COMMENT },
    ]);
  });

  it('is a review where it is on the diff of somebody else', () => {
    const review = {
      type: 'review',
      ...REPOSITORY,
      review: {
        id: `${HOST}/merge_requests/700/remarks/12`,
        changeId: CHANGE.id,
        reviewer: { login: 'bob', bot: false },
        verdict: 'commented',
        body: '',
        submittedAt: '2026-01-01T11:00:00.000Z',
        url: CHANGE.url,
      },
    };
    expect(factsOf(diffNoteHook())).toEqual([
      {
        type: 'comment',
        ...REPOSITORY,
        comment: {
          ...COMMENT,
          id: `${HOST}/notes/901`,
          url: `${CHANGE.url}#note_901`,
        },
      },
      review,
    ]);
    const older = { id: 902, type: null };
    expect(factsOf(diffNoteHook(older))[1]).toEqual(review);
    const edited = { updated_at: '2026-02-01 11:00:00 UTC', action: 'update' };
    expect(factsOf(diffNoteHook(edited))[1]).toEqual(review);
  });

  it('is no review of oneself', () => {
    expect(
      factsOf({ ...diffNoteHook({ author_id: ALICE.id }), user: ALICE }),
    ).toMatchObject([{ comment: { author: { login: 'alice' } } }]);
  });

  it('is of nobody where somebody else edited it', () => {
    const facts = factsOf({
      ...diffNoteHook({ action: 'update' }),
      user: ALICE,
    });
    expect(facts).toMatchObject([{ comment: { author: undefined } }]);
  });

  it.each<[string, JsonObject]>([
    [
      'of an issue',
      noteHook(
        { noteable_type: 'Issue' },
        { merge_request: undefined as never, issue: { id: 92 } },
      ),
    ],
    [
      'of a commit',
      noteHook(
        { noteable_type: 'Commit' },
        { merge_request: undefined as never, commit: { id: HEAD } },
      ),
    ],
    [
      'of a snippet',
      noteHook(
        { noteable_type: 'Snippet' },
        { merge_request: undefined as never, snippet: { id: 53 } },
      ),
    ],
    ['of GitLab itself', noteHook({ system: true })],
    ['that is internal', noteHook({ internal: true })],
  ])('is ignored if it is one %s', (_name, payload) => {
    expect(parse(payload)).toEqual({
      type: 'ignored',
      reason: expect.any(String),
    });
  });
});
