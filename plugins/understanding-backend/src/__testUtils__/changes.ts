import {
  HostChange,
  HostFile,
  HostReview,
} from '@understanding-dev/backstage-plugin-understanding-common';

export const HOST = 'code.acme.example';

/** The annotation of an entity whose source is that repository of the stand-in host. */
export function hostedIn(
  repository: string,
  path = '',
): Record<string, string> {
  return {
    'backstage.io/source-location': `url:https://${HOST}/${repository}/tree/main/${path}`,
  };
}

/** A change of `acme/shop`, by ada, open, at ten o'clock. */
export function hostChange(
  number: number,
  more: Partial<HostChange> = {},
): HostChange {
  return {
    id: `${HOST}/change/${number}`,
    host: HOST,
    repository: 'acme/shop',
    number,
    url: `https://${HOST}/acme/shop/pull/${number}`,
    title: `Change ${number}`,
    description: '',
    author: { login: 'ada', bot: false },
    headSha: `${number}`.padStart(40, '0'),
    baseBranch: 'main',
    state: 'open',
    draft: false,
    labels: [],
    requestedReviewers: [],
    createdAt: '2026-05-20T10:00:00.000Z',
    updatedAt: '2026-05-20T10:00:00.000Z',
    ...more,
  };
}

/** The same, merged at an instant. */
export function merged(
  change: HostChange,
  at = '2026-05-21T10:00:00.000Z',
): HostChange {
  return {
    ...change,
    state: 'merged',
    updatedAt: at,
    mergedAt: at,
    mergeSha: `a${change.headSha.slice(1)}`,
  };
}

/** A review, by bob, approved an hour later. */
export function hostReview(
  change: HostChange,
  more: Partial<HostReview> = {},
): HostReview {
  const { login = 'bob' } = more.reviewer ?? {};
  return {
    id: `${change.id}/review/${login}`,
    changeId: change.id,
    reviewer: { login, bot: false },
    verdict: 'approved',
    headSha: change.headSha,
    body: '',
    submittedAt: '2026-05-20T11:00:00.000Z',
    url: `${change.url}#review`,
    ...more,
  };
}

export function file(path: string, additions = 1): HostFile {
  return { path, status: 'modified', additions, deletions: 0 };
}
