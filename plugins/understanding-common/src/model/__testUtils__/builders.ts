import type { FailureModeContent } from '../../schemas';
import type { DocumentFacts } from '../documents';
import type { CombinedEdge, EntityRecord } from '../entities';
import type { FlagRuleInput } from '../flags';
import type { EvidenceRecord, PersonIdentity, PersonRecord } from '../people';

/** The instant that examples call now. */
export const NOW = '2026-03-01T12:00:00.000Z';

const DAY = 24 * 60 * 60 * 1000;

/** So many days, and milliseconds, after (or before) now. */
export function inDays(days: number, milliseconds: number = 0): string {
  return new Date(
    Date.parse(NOW) + Math.round(days * DAY) + milliseconds,
  ).toISOString();
}

/** One millisecond before an instant. */
export function justBefore(instant: string): string {
  return new Date(Date.parse(instant) - 1).toISOString();
}

export function evidence(
  kind: EvidenceRecord['kind'],
  daysAgo: number,
  verified: boolean = false,
): EvidenceRecord {
  return { kind, latestAt: inDays(-daysAgo), count: 1, verified };
}

export function person(
  name: string,
  given: readonly EvidenceRecord[],
  status: PersonRecord['status'] = 'active',
): PersonRecord {
  return {
    personRef:
      status === 'not-in-catalog'
        ? undefined
        : `user:default/${name.toLowerCase()}`,
    displayName: name,
    status,
    evidence: given,
  };
}

export function identity(
  name: string,
  claims: { email?: string; logins?: string[] } = {},
): PersonIdentity {
  return {
    personRef: `user:default/${name.toLowerCase()}`,
    displayName: name,
    active: true,
    email: claims.email,
    logins: claims.logins ?? [],
  };
}

/** A document that nothing has touched since it was written. */
export function documentFacts(
  facts: Partial<DocumentFacts> = {},
): DocumentFacts {
  return {
    path: 'README.md',
    contentChangedAt: inDays(-30),
    changesSince: 0,
    filesTouchedSince: 0,
    territoryFiles: 40,
    brokenCitations: [],
    ...facts,
  };
}

export const brokenCitation: DocumentFacts['brokenCitations'][number] = {
  citation: 'src/old.ts',
  line: 12,
  removedAt: '2026-02-03T08:00:00.000Z',
  removedCommit: '0123456789abcdef0123456789abcdef01234567',
};

/** An entity with which nothing is wrong, as the flag rules see it. */
export function ruleInput(
  input: Partial<Omit<FlagRuleInput, 'entityRef'>> = {},
): FlagRuleInput {
  return {
    entityRef: 'component:default/ledger',
    owner: {
      type: 'team',
      ref: 'group:default/payments',
      title: 'Payments',
      activeMembers: 3,
    },
    documents: { type: 'known', state: 'fresh', reasons: [] },
    understanding: {
      type: 'known',
      people: 2,
      minimumPeople: 2,
      kindsNeeded: 1,
      freshDays: 180,
      lastEvidenceAt: inDays(-3),
    },
    traffic: { type: 'unknown' },
    unanswered: [],
    unprevented: [],
    assumptions: [],
    ...input,
  };
}

/** An entity with which nothing is wrong, as the ledger holds it. */
export function entityRecord(
  overrides: Partial<EntityRecord> = {},
): EntityRecord {
  return {
    entity: {
      entityRef: 'component:default/ledger',
      kind: 'component',
      namespace: 'default',
      name: 'ledger',
      title: 'Ledger',
      ownerRef: 'group:default/payments',
      example: false,
      sourcePaths: ['services/ledger'],
      docs: [],
    },
    ownerTitle: 'Payments',
    owner: ruleInput().owner,
    source: readSource(),
    dependencies: {
      edges: {
        sourceRef: 'component:default/ledger',
        declared: [],
        providers: new Map(),
        observed: [],
        classifications: [],
      },
      targetsLastSeen: new Map(),
    },
    answers: { failureModes: [], acceptances: [] },
    proposed: [],
    failureModes: [],
    assumptions: [],
    openFlags: [],
    ...overrides,
  };
}

/** A dependency of the ledger that the catalog declared long ago. */
export function edge(
  target: string,
  overrides: Partial<CombinedEdge> = {},
): CombinedEdge {
  return {
    sourceRef: 'component:default/ledger',
    type: 'dependsOn',
    targetRef: `component:default/${target}`,
    apiRefs: [],
    origin: 'declared',
    criticality: 'UNCLASSIFIED',
    firstSeen: inDays(-300),
    lastSeen: inDays(-1),
    ...overrides,
  };
}

export function readSource(
  overrides: Partial<Extract<EntityRecord['source'], { type: 'read' }>> = {},
): Extract<EntityRecord['source'], { type: 'read' }> {
  return {
    type: 'read',
    people: [
      person('Ann', [evidence('authored', 10)]),
      person('Bob', [evidence('authored', 20)]),
    ],
    documents: [{ ...documentFacts(), id: 'd1' }],
    documentGlobs: ['services/ledger/README.md'],
    ...overrides,
  };
}

/** What happens to checkout when the ledger is down. */
export function failureModeContent(
  overrides: Partial<FailureModeContent> = {},
): FailureModeContent {
  return {
    entityRef: 'component:default/ledger',
    edge: { type: 'dependsOn', targetRef: 'component:default/ledger' },
    condition: 'down',
    plane: 'data',
    title: 'The ledger is down',
    cause: 'It restarts.',
    localEffect: 'Orders wait.',
    endEffect: 'Customers pay later.',
    observations: {
      dataLossOrCorruption: false,
      customerVisible: false,
      happenedWithinYear: false,
      needsTwoFaults: false,
    },
    ...overrides,
  };
}
