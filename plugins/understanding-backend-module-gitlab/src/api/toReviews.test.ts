import { JsonObject } from '@backstage/types';
import {
  approvedBy,
  diffNote,
  note,
  systemNote,
} from '../__testUtils__/answers';
import { CHANGE } from '../__testUtils__/expected';
import { Instance } from '../__testUtils__/Instance';
import { ALICE, BOB, user } from '../__testUtils__/payloads';

jest.setTimeout(60_000);

let instance: Instance;

beforeEach(async () => {
  instance = await Instance.start();
});

afterEach(() => instance.stop());

describe('reviews', () => {
  const reviewsWith = async (approvals: JsonObject, ...notes: JsonObject[]) => {
    instance.has({ approvals, notes });
    return (await instance.read())?.reviews;
  };
  const approval = (verdict: string, submittedAt: string) => ({
    id: `${CHANGE.id}/approvals/12`,
    changeId: CHANGE.id,
    reviewer: { login: 'bob', bot: false },
    verdict,
    body: '',
    submittedAt,
    url: CHANGE.url,
  });
  const approved = (at: string) =>
    systemNote(BOB, 'approved this merge request', at);
  const unapproved = (at: string) =>
    systemNote(BOB, 'unapproved this merge request', at);

  it('are approvals, when they were given', async () => {
    expect(
      await reviewsWith(
        approvedBy([BOB, '2026-01-02T09:00:00.500Z']),
        approved('2026-01-02T09:00:01Z'),
      ),
    ).toEqual([approval('approved', '2026-01-02T09:00:00.000Z')]);
  });

  it('have the time of a note where approvals have none', async () => {
    expect(
      await reviewsWith(
        approvedBy([BOB, undefined]),
        approved('2026-01-03T09:00:00Z'),
        unapproved('2026-01-02T10:00:00Z'),
        approved('2026-01-02T09:00:00Z'),
      ),
    ).toEqual([approval('approved', '2026-01-03T09:00:00.000Z')]);
    expect(await reviewsWith(approvedBy([BOB, undefined]))).toEqual([
      approval('approved', CHANGE.updatedAt),
    ]);
  });

  it('are dismissed when they were taken back, or a push took them', async () => {
    expect(
      await reviewsWith(
        approvedBy(),
        unapproved('2026-01-02T10:00:00Z'),
        approved('2026-01-02T09:00:00Z'),
      ),
    ).toEqual([approval('dismissed', '2026-01-02T10:00:00.000Z')]);
    expect(
      await reviewsWith(approvedBy(), approved('2026-01-02T09:00:00Z')),
    ).toEqual([approval('dismissed', '2026-01-02T09:00:00.000Z')]);
  });

  it('are requests for changes', async () => {
    expect(
      await reviewsWith(
        approvedBy(),
        systemNote(BOB, 'requested changes', '2026-01-02T10:00:00Z'),
      ),
    ).toEqual([approval('changes-requested', '2026-01-02T10:00:00.000Z')]);
  });

  it('are remarks on the diff of somebody else, the last one of each', async () => {
    const carol = user(14, 'Carol');
    expect(
      await reviewsWith(
        approvedBy(),
        diffNote(BOB, '2026-01-03T09:00:00Z'),
        diffNote(ALICE, '2026-01-02T12:00:00Z'),
        diffNote(carol, '2026-01-02T11:00:00Z'),
        diffNote(BOB, '2026-01-02T09:00:00Z'),
        note(user(15, 'Dan'), 'Nice', '2026-01-02T08:00:00Z'),
        note(BOB, 'approved this merge request', '2026-01-02T08:00:00Z'),
      ),
    ).toEqual([
      {
        ...approval('commented', '2026-01-03T09:00:00.000Z'),
        id: `${CHANGE.id}/remarks/12`,
      },
      {
        ...approval('commented', '2026-01-02T11:00:00.000Z'),
        id: `${CHANGE.id}/remarks/14`,
        reviewer: { login: 'carol', bot: false },
      },
    ]);
  });
});
