import fc from 'fast-check';
import {
  Correction,
  conditionSchema,
  documentStateSchema,
  evidenceKindSchema,
  failureTestResultSchema,
  flagRuleIdSchema,
  flagSeveritySchema,
  personStatusSchema,
} from '../../schemas';
import type { DocumentFacts } from '../documents';
import type { EdgeFacts, EntityRecord } from '../entities';
import type { AnswerFacts } from '../failure-modes';
import type { FlagRuleInput, OpenFlag } from '../flags';
import type { EvidenceRecord, PersonRecord } from '../people';
import type { UnderstandingSettings } from '../settings';
import { NOW, entityRecord, inDays, ruleInput } from './builders';

/** Instants of a few years, often close to each other and to the limits. */
export const instants = fc.oneof(
  fc
    .date({
      min: new Date('2023-01-01T00:00:00Z'),
      max: new Date('2027-01-01T00:00:00Z'),
      noInvalidDate: true,
    })
    .map(date => date.toISOString()),
  fc
    .record({
      days: fc.constantFrom(-365, -360, -180, -10, 0, 1),
      milliseconds: fc.integer({ min: -2, max: 2 }),
    })
    .map(({ days, milliseconds }) => inDays(days, milliseconds)),
);

export const evidenceRecords: fc.Arbitrary<EvidenceRecord> = fc.record({
  kind: fc.constantFrom(...evidenceKindSchema.options),
  latestAt: instants,
  count: fc.integer({ min: 1, max: 50 }),
  verified: fc.boolean(),
});

export const corrections: fc.Arbitrary<Correction> = fc.oneof(
  fc.record({ type: fc.constant('no-longer' as const), at: instants }),
  fc.record({
    type: fc.constant('from-elsewhere' as const),
    at: instants,
    until: instants,
  }),
);

const peopleRecords: fc.Arbitrary<PersonRecord> = fc
  .record({
    name: fc.constantFrom('Ann', 'Bob', 'Cem', 'Dora', 'Eve'),
    number: fc.nat(99),
    status: fc.constantFrom(...personStatusSchema.options),
    // One row for each kind, as the ledger keeps them.
    evidence: fc.uniqueArray(evidenceRecords, {
      selector: record => record.kind,
      maxLength: 4,
    }),
    correction: fc.option(corrections, { nil: undefined }),
  })
  .map(({ name, number, status, evidence, correction }) => ({
    personRef: `user:default/${name.toLowerCase()}${number}`,
    displayName: name,
    status,
    evidence,
    correction,
  }));

export const peoples = fc.uniqueArray(peopleRecords, {
  selector: person => person.personRef,
  maxLength: 6,
});

export const settingsOf: fc.Arbitrary<UnderstandingSettings> = fc.record({
  evidence: fc
    .tuple(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 0, max: 400 }))
    .map(([freshDays, more]) => ({ freshDays, fadingDays: freshDays + more })),
  understands: fc.record({
    minimumKinds: fc.integer({ min: 1, max: 4 }),
    minimumPeople: fc.integer({ min: 1, max: 3 }),
    collectedKinds: fc.subarray(evidenceKindSchema.options.slice()),
  }),
  documents: fc.record({
    changesSince: fc.integer({ min: 1, max: 20 }),
    filesTouchedShare: fc.double({ min: 0.05, max: 1, noNaN: true }),
    overdueDays: fc.integer({ min: 1, max: 500 }),
  }),
  edges: fc.record({
    observedDays: fc.integer({ min: 1, max: 60 }),
    requiredConditions: fc.subarray(conditionSchema.options.slice()),
  }),
  assumptions: fc.record({ warnDays: fc.integer({ min: 1, max: 60 }) }),
  failureTests: fc.constant({ validDays: 180 }),
  walkthroughs: fc.constant({ dueDays: 180, dueChanges: 20 }),
});

export const facts: fc.Arbitrary<DocumentFacts> = fc.record(
  {
    path: fc.constantFrom('README.md', 'docs/design.md'),
    contentChangedAt: instants,
    changesSince: fc.nat(15),
    filesTouchedSince: fc.nat(12),
    territoryFiles: fc.nat(40),
    lastTerritoryChangeAt: instants,
    brokenCitations: fc.array(
      fc.record({
        citation: fc.constant('src/old.ts'),
        line: fc.integer({ min: 1, max: 99 }),
        removedAt: instants,
        removedCommit: fc.constant('0123456789abcdef'),
      }),
      { maxLength: 1 },
    ),
  },
  {
    requiredKeys: [
      'path',
      'contentChangedAt',
      'changesSince',
      'filesTouchedSince',
      'territoryFiles',
      'brokenCitations',
    ],
  },
);

const reasons = fc.array(
  fc.record(
    {
      message: fc.string(),
      file: fc.string(),
      line: fc.integer({ min: 1, max: 9 }),
    },
    { requiredKeys: ['message'] },
  ),
  { maxLength: 2 },
);

export const openFlags: fc.Arbitrary<OpenFlag[]> = fc
  .subarray(flagRuleIdSchema.options.slice())
  .chain(rules =>
    fc.tuple(
      ...rules.map(rule =>
        fc.record({
          id: fc.constant(`open ${rule}`),
          rule: fc.constant(rule),
          severity: fc.constantFrom(...flagSeveritySchema.options),
          reasons,
          repair: fc.record({ message: fc.string() }),
        }),
      ),
    ),
  );

export const owners: fc.Arbitrary<FlagRuleInput['owner']> = fc.oneof(
  fc.constant({ type: 'none' as const }),
  fc.constant({ type: 'unknown-team' as const, ref: 'group:default/gone' }),
  fc.record({
    type: fc.constantFrom('team' as const, 'person' as const),
    ref: fc.constant('group:default/payments'),
    title: fc.constant('Payments'),
    activeMembers: fc.nat(2),
  }),
);

export const ruleInputs: fc.Arbitrary<FlagRuleInput> = fc
  .record({
    owner: owners,
    documents: fc.oneof(
      fc.constant({ type: 'unknown' as const }),
      fc.record({
        type: fc.constant('known' as const),
        state: fc.constantFrom(...documentStateSchema.options),
        reasons,
      }),
    ),
    understanding: fc.oneof(
      fc.constant({ type: 'unknown' as const }),
      fc.record({
        type: fc.constant('known' as const),
        people: fc.nat(3),
        minimumPeople: fc.integer({ min: 1, max: 3 }),
        kindsNeeded: fc.integer({ min: 1, max: 3 }),
        freshDays: fc.constant(180),
        lastEvidenceAt: fc.option(instants, { nil: undefined }),
      }),
    ),
  })
  .map(ruleInput);

const targets = fc.constantFrom('a', 'b', 'c', 'd');
const refOf = (name: string) => `component:default/${name}`;

/** What was seen of calls; those of one pair in order of time. */
const calls = fc.uniqueArray(
  fc.tuple(targets, instants, instants).map(([target, one, other]) => ({
    targetRef: refOf(target),
    firstSeen: one < other ? one : other,
    lastSeen: one < other ? other : one,
  })),
  { selector: call => call.targetRef },
);

/** Relations of the ledger, and the calls that were seen of it. */
export const edgeFacts: fc.Arbitrary<{
  edges: EdgeFacts;
  targetsLastSeen: ReadonlyMap<string, string>;
}> = fc
  .record({
    declared: fc.uniqueArray(
      fc.record({ target: targets, firstSeen: instants }),
      { selector: one => one.target },
    ),
    observed: calls,
    seen: fc.dictionary(targets, instants),
  })
  .map(({ declared, observed, seen }) => ({
    edges: {
      sourceRef: 'component:default/ledger',
      declared: declared.map(({ target, firstSeen }) => ({
        type: 'dependsOn',
        targetRef: refOf(target),
        criticality: 'UNCLASSIFIED',
        firstSeen,
        lastSeen: firstSeen,
      })),
      providers: new Map(),
      observed,
      classifications: [],
    },
    targetsLastSeen: new Map(
      Object.entries(seen).map(([target, at]) => [refOf(target), at]),
    ),
  }));

export const conditions = fc.constantFrom(...conditionSchema.options);

/** Answers for some of the same targets, of any age. */
export const answerFacts: fc.Arbitrary<AnswerFacts> = fc.record({
  failureModes: fc.array(
    fc.record(
      {
        id: fc.uuid(),
        targetRef: targets.map(refOf),
        condition: conditions,
        latestTest: fc.record({
          result: fc.constantFrom(...failureTestResultSchema.options),
          validUntil: instants,
        }),
      },
      { requiredKeys: ['id', 'targetRef', 'condition'] },
    ),
    { maxLength: 4 },
  ),
  acceptances: fc.uniqueArray(
    fc.record({
      targetRef: targets.map(refOf),
      condition: conditions,
      reason: fc.constant('It is cheaper to wait.'),
      version: fc.constant(1),
      by: fc.constant('user:default/ann'),
      at: instants,
      until: instants,
    }),
    { selector: one => `${one.targetRef} ${one.condition}`, maxLength: 3 },
  ),
});

export const records: fc.Arbitrary<EntityRecord> = fc
  .record({
    dependencies: edgeFacts,
    answers: answerFacts,
    proposed: fc.array(
      fc.record({
        targetRef: targets.map(refOf),
        change: fc.constant({ url: 'https://code.example/1', title: 'One' }),
      }),
      { maxLength: 2 },
    ),
    assumptions: fc.array(
      fc.record({
        statement: fc.constantFrom('A.', 'B.'),
        verifyBy: instants,
        refuted: fc.boolean(),
      }),
      { maxLength: 2 },
    ),
    owner: owners,
    source: fc.oneof(
      fc.constant({ type: 'unknown' as const, reason: 'It is not there.' }),
      fc.record({
        type: fc.constant('read' as const),
        people: peoples,
        documents: fc
          .array(facts, { maxLength: 3 })
          .map(all => all.map((one, index) => ({ ...one, id: `d${index}` }))),
        documentGlobs: fc.constant(['README.md']),
      }),
    ),
    openFlags: openFlags.map(flags =>
      flags.map(flag => ({ ...flag, since: NOW })),
    ),
  })
  .map(entityRecord);
