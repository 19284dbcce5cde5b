import { ColumnConfig } from '@backstage/ui';
import {
  Bot,
  Contradiction,
  Identifier,
  IdentityCandidate,
  IdentityLinkRecord,
  Leaver,
  ListIdentitiesQuery,
  UnderstandingApi,
} from '@understanding-dev/backstage-plugin-understanding-common';
import {
  BOT_COLUMNS,
  CONTRADICTION_COLUMNS,
  IdentityActions,
  LEAVER_COLUMNS,
  candidateColumns,
  linkColumns,
} from './identityColumns';

/** A list on the page of who is who. */
export interface IdentityList<T extends object> {
  readonly title: string;
  /** What the list is, in a sentence. */
  readonly about: string;
  /** Said where there is nothing. */
  readonly none: string;
  readonly list: (
    api: UnderstandingApi,
    query: ListIdentitiesQuery,
  ) => Promise<{ items: T[]; nextCursor?: string; totalItems: number }>;
  readonly idOf: (item: T) => string;
  readonly columns: ReadonlyArray<ColumnConfig<T & { id: string }>>;
}

export function candidates(
  actions: IdentityActions,
): IdentityList<IdentityCandidate> {
  return {
    title: 'Candidates',
    about:
      'Addresses and accounts with evidence that are nobody’s, and who they may be.',
    none: 'Nothing that is nobody’s looks like somebody of the catalog.',
    list: (api, query) => api.listIdentityCandidates(query),
    idOf: one => `${keyOf(one.identifier)} ${one.personRef}`,
    columns: candidateColumns(actions),
  };
}

export function decisions(
  actions: IdentityActions,
): IdentityList<IdentityLinkRecord> {
  return {
    title: 'Decisions',
    about: 'What was decided, and can be undone.',
    none: 'Nothing has been decided yet.',
    list: (api, query) => api.listIdentityLinks(query),
    idOf: one => `${keyOf(one.identifier)} ${one.personRef}`,
    columns: linkColumns(actions),
  };
}

export const CONTRADICTIONS: IdentityList<Contradiction> = {
  title: 'Contradictions',
  about:
    'Where the catalog contradicts itself, or somebody contradicts the catalog.',
  none: 'Nothing contradicts anything.',
  list: (api, query) => api.listContradictions(query),
  idOf: one => keyOf(one.identifier),
  columns: CONTRADICTION_COLUMNS,
};

export const LEAVERS: IdentityList<Leaver> = {
  title: 'Who left',
  about:
    'Their evidence stays, and no longer counts as that of somebody who can be asked.',
  none: 'Every User of the catalog is in a Group.',
  list: (api, query) => api.listLeavers(query),
  idOf: one => one.personRef,
  columns: LEAVER_COLUMNS,
};

export const BOTS: IdentityList<Bot> = {
  title: 'Bots',
  about: 'What they do is evidence of nobody’s understanding.',
  none: 'No bot has been met.',
  list: (api, query) => api.listBots(query),
  idOf: one => `${one.address} ${one.name}`,
  columns: BOT_COLUMNS,
};

function keyOf({ type, value }: Identifier): string {
  return `${type} ${value}`;
}
