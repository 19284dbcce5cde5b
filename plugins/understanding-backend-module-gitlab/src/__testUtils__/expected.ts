import { HEAD, HOST } from './payloads';

export const REPOSITORY = { host: HOST, repository: 'acme/shop' };

/** The merge request of the payloads and answers here, in the words of all hosts. */
export const CHANGE = {
  ...REPOSITORY,
  id: `${HOST}/merge_requests/700`,
  number: 7,
  url: `https://${HOST}/Acme/Shop/-/merge_requests/7`,
  title: 'Refund twice paid orders',
  description: 'Why: see the incident.',
  author: { login: 'alice', bot: false },
  headSha: HEAD,
  baseBranch: 'main',
  state: 'open',
  draft: false,
  labels: ['bug', 'payments'],
  requestedReviewers: ['bob'],
  createdAt: '2026-01-01T09:00:00.000Z',
  updatedAt: '2026-01-01T10:00:00.000Z',
};
