import { Entity } from '@backstage/catalog-model';
import {
  DeliveryRecord,
  EntitySummary,
  EntityUnderstanding,
  ExplanationRecord,
  IngestStatus,
  PersonUnderstanding,
  Walkthrough,
  WhoUnderstandsAnswer,
  WhoUnderstandsResponse,
  deliverySchema,
  entitySummarySchema,
  entityUnderstandingSchema,
  explanationRecordSchema,
  ingestStatusSchema,
  personUnderstandingSchema,
  walkthroughSchema,
  whoUnderstandsResponseSchema,
} from '@understanding-dev/backstage-plugin-understanding-common';

/** When everything here was computed. */
export const NOW = '2026-03-01T12:00:00.000Z';

/** A service that two people understand and with which nothing is wrong. */
export function summary(
  name: string,
  part: Partial<EntitySummary> = {},
): EntitySummary {
  const { kind = 'component', title = name } = part;
  return entitySummarySchema.parse({
    entityRef: `${kind}:default/${name}`,
    kind,
    namespace: 'default',
    name,
    title,
    example: false,
    understoodBy: 2,
    understoodByMinimum: 2,
    people: [
      { personRef: 'user:default/ann', displayName: 'Ann Berg' },
      { personRef: 'user:default/bo', displayName: 'Bo Diaz' },
    ],
    documentState: 'fresh',
    coverage: { required: 0, answered: 0, tested: 0 },
    flags: [],
    computedAt: NOW,
    ...part,
  });
}

/** Somebody active with one piece of fresh evidence. */
export function person(
  displayName: string,
  part: Partial<PersonUnderstanding> = {},
): PersonUnderstanding {
  return personUnderstandingSchema.parse({
    personRef: `user:default/${displayName.toLowerCase().split(' ')[0]}`,
    displayName,
    status: 'active',
    active: true,
    understands: true,
    evidence: [
      {
        kind: 'authored',
        freshness: 'fresh',
        latestAt: '2026-02-10T12:00:00.000Z',
        count: 3,
        verified: false,
      },
    ],
    ...part,
  });
}

/** Everything about an entity whose history was read. */
export function understanding(
  part: Partial<EntityUnderstanding> = {},
): EntityUnderstanding {
  return entityUnderstandingSchema.parse({
    summary: summary('ledger', { title: 'Ledger' }),
    source: {
      type: 'read',
      repository: 'https://git.example.com/money/ledger',
      paths: ['services/ledger'],
      head: '0123456789abcdef0123456789abcdef01234567',
      readAt: '2026-02-28T12:00:00.000Z',
      notices: [],
    },
    edges: [],
    hiddenEdges: 0,
    people: [person('Ann Berg'), person('Bo Diaz')],
    understandingRule: {
      collectedKinds: ['authored'],
      kindsNeeded: 1,
      freshDays: 180,
    },
    documents: [],
    flags: [],
    failureModes: [],
    ...part,
  });
}

/** What a question that names one service is answered. */
export function whoUnderstands(
  query: string,
  answers: Partial<WhoUnderstandsAnswer>[],
  truncated: boolean = false,
): WhoUnderstandsResponse {
  return whoUnderstandsResponseSchema.parse({
    query,
    answers: answers.map(answer => ({
      entityRef: 'component:default/ledger',
      title: 'Ledger',
      example: false,
      matchedBy: 'its name',
      people: [person('Ann Berg')],
      understoodBy: 1,
      fallback: [
        { message: 'Payments owns it', entityRef: 'group:default/payments' },
      ],
      ...answer,
    })),
    truncated,
  });
}

/** How ingest is doing where nothing is installed and nothing has to be done. */
export function ingestStatus(part: Partial<IngestStatus> = {}): IngestStatus {
  return ingestStatusSchema.parse({
    moving: true,
    hosts: [],
    schedules: [],
    queues: [],
    repositories: [],
    repositoriesTruncated: false,
    goneEntities: [],
    goneEntitiesTruncated: false,
    ...part,
  });
}

/** The change host GitHub, with nothing delivered yet. */
export function githubHost(
  part: Partial<IngestStatus['hosts'][number]> = {},
): IngestStatus['hosts'][number] {
  return {
    host: 'github',
    instances: ['github.com'],
    deliveries: { pending: 0, done: 0, ignored: 0, dead: 0 },
    ...part,
  };
}

/** A delivery that was not understood, so many minutes before {@link NOW}. */
export function deadLetter(
  minutes: number,
  part: Partial<DeliveryRecord> = {},
): DeliveryRecord {
  const receivedAt = new Date(Date.parse(NOW) - minutes * 60_000).toISOString();
  return deliverySchema.parse({
    id: `d${minutes}`,
    host: 'github',
    deliveryId: `delivery-${String(minutes).padStart(3, '0')}`,
    event: 'pull_request',
    size: 20_480,
    receivedAt,
    state: 'dead',
    reason: 'The pull request has no number',
    settledAt: receivedAt,
    ...part,
  });
}

/** An explanation of a change of the ledger by Ann, which waits for a reviewer. */
export function explanation(
  part: Partial<ExplanationRecord> = {},
): ExplanationRecord {
  const text = {
    what: 'It rounds **once**.',
    howItFails: 'With negative amounts.',
    why: 'Rounding in the client lost cents.',
  };
  const headSha = 'a'.repeat(40);
  return explanationRecordSchema.parse({
    id: 'e1',
    state: 'submitted',
    change: {
      host: 'github.com',
      repository: 'acme/ledger',
      number: 7,
      url: 'https://github.com/acme/ledger/pull/7',
      headSha,
      title: 'Round once',
    },
    entityRefs: ['component:default/ledger'],
    planes: ['data'],
    aiAssistance: 'assisted',
    required: true,
    because: 'Coding agents had a part in it.',
    createdAt: NOW,
    updatedAt: NOW,
    text,
    hadPart: false,
    prompts: [],
    questions: [],
    authors: [{ personRef: 'user:default/ann', displayName: 'Ann Berg' }],
    versions: [{ at: NOW, source: 'description', headSha, sections: text }],
    assessments: [],
    ...part,
  });
}

/** What is asked of the ledger, with nothing written yet. */
export function walkthrough(part: Partial<Walkthrough> = {}): Walkthrough {
  return walkthroughSchema.parse({
    entityRef: 'component:default/ledger',
    state: 'missing',
    questions: [
      {
        key: 'load',
        question: 'How does Ledger behave under load?',
        reason: 'Cart depends on it.',
      },
      {
        key: 'gone resource:default/db',
        question: 'What happens to data when DB is gone?',
        reason: 'DB is a HARD dependency: Ledger fails without it.',
        targetRef: 'resource:default/db',
      },
    ],
    due: [],
    significantChanges: 0,
    hadPart: false,
    readings: { helped: 0, notHelped: 0 },
    versions: [],
    assessments: [],
    ...part,
  });
}

/** The entity of the catalog to which {@link understanding} belongs. */
export function ledgerEntity(): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name: 'ledger', namespace: 'default' },
    spec: { type: 'service', lifecycle: 'production', owner: 'payments' },
  };
}

/** Two Users and a Group of the catalog. */
export function peopleEntities(): Entity[] {
  return [
    ['User', 'ada', 'Ada Okafor'],
    ['User', 'ben', 'Ben Lund'],
    ['Group', 'payments', 'Payments'],
  ].map(([kind, name, displayName]) => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: { name, namespace: 'default' },
    spec: { profile: { displayName } },
  }));
}

/** What holds of explanations where no entity says otherwise. */
export const POLICY = {
  policy: 'always',
  inWords: 'Always.',
  headings: {
    what: 'a',
    howItFails: 'b',
    why: 'c',
    operate: 'd',
    expected: 'e',
  },
};
