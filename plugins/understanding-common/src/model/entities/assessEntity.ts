import {
  Assumption,
  Document,
  DocumentState,
  Edge,
  EntitySummary,
  FailureMode,
  Flag,
  PersonUnderstanding,
  Reason,
} from '../../schemas';
import { DocumentFacts, documentState, worstDocumentState } from '../documents';
import {
  AnswerFacts,
  assumptionState,
  ProposedFact,
  coverEdges,
  coverProposed,
  criticalityOf,
} from '../failure-modes';
import {
  FlagPlan,
  FlagRuleInput,
  OpenFlag,
  flagRules,
  planFlags,
} from '../flags';
import { PersonRecord, judgePeople, kindsNeeded, knows } from '../people';
import { UnderstandingSettings, earliest } from '../settings';
import { ShadowEntity } from './catalogEntity';
import { EdgeFacts, combineEdges } from './combineEdges';
import { TrafficFacts, compareWithTraffic } from './compareWithTraffic';

/** Whom a list names of each entity; nobody reads more names in a row of it. */
const MAX_NAMED = 10;

/**
 * What the ledger holds of one entity when it is assessed.
 * @public
 */
export interface EntityRecord {
  readonly entity: ShadowEntity;
  readonly ownerTitle?: string;
  readonly systemTitle?: string;
  readonly owner: FlagRuleInput['owner'];
  /** Why its source could not be read, or what was read of it. */
  readonly source:
    | {
        readonly type: 'unknown';
        readonly reason: string;
        /** Its history is being read. */
        readonly pending?: boolean;
        /** People with evidence that needs no history. */
        readonly people?: readonly PersonRecord[];
      }
    | {
        readonly type: 'read';
        readonly people: readonly PersonRecord[];
        readonly documents: ReadonlyArray<
          DocumentFacts & { id: string; title?: string; url?: string }
        >;
        /** Where documents were looked for, said when there are none. */
        readonly documentGlobs: readonly string[];
      };
  readonly dependencies: {
    readonly edges: EdgeFacts;
    readonly targetsLastSeen: TrafficFacts['targetsLastSeen'];
  };
  readonly answers: AnswerFacts;
  /** When the evidence of a walkthrough lapses by time alone. */
  readonly walkthroughDueAt?: string;
  /** HARD dependencies that open changes would add. */
  readonly proposed: readonly ProposedFact[];
  /** Its failure modes, as far as they count. */
  readonly failureModes: ReadonlyArray<
    Pick<
      FailureMode,
      | 'title'
      | 'edge'
      | 'detection'
      | 'prevention'
      | 'mitigation'
      | 'observations'
    >
  >;
  readonly assumptions: ReadonlyArray<
    Pick<Assumption, 'statement' | 'verifyBy'> & { readonly refuted: boolean }
  >;
  readonly openFlags: ReadonlyArray<OpenFlag & { since: string }>;
}

/**
 * All that follows for one entity at one instant.
 * @public
 */
export interface EntityAssessment {
  readonly people: readonly PersonUnderstanding[];
  /** References of all who understand it and can be asked. */
  readonly experts: readonly string[];
  readonly documents: readonly Document[];
  readonly edges: ReadonlyArray<Omit<Edge, 'targetTitle'>>;
  readonly flags: FlagPlan;
  /** The summary, apart from the flags, which the plan's application knows. */
  readonly summary: Omit<EntitySummary, 'flags'>;
  /** When any of this changes by time alone, ISO 8601. */
  readonly nextDueAt?: string;
}

/**
 * Assesses one entity. Pure: the same record, settings and instant give the same
 * assessment, and everything in it can be recomputed from what its page shows.
 * @public
 */
export function assessEntity(
  record: EntityRecord,
  now: string,
  settings: UnderstandingSettings,
): EntityAssessment {
  const { entity, source } = record;
  const judged = judgePeople({
    people: source.people ?? [],
    now,
    settings,
  });
  const documents = judgeDocuments(source, now, settings);
  const experts = judged.people.filter(knows);
  const { edges: edgeFacts, targetsLastSeen } = record.dependencies;
  const combined = combineEdges(edgeFacts, now, settings.edges);
  const {
    edges,
    coverage,
    until: answeredUntil,
  } = coverEdges(combined, record.answers, now, settings.edges);
  const proposed = coverProposed(
    record.proposed,
    combined,
    record.answers,
    now,
    settings.edges,
  );
  const traffic = compareWithTraffic(
    combined,
    { observed: edgeFacts.observed, targetsLastSeen },
    now,
    settings.edges,
  );

  const assumptions = record.assumptions.map(one => ({
    ...one,
    judged: assumptionState(one, now, settings.assumptions),
  }));

  const flags = planFlags({
    rules: flagRules,
    open: record.openFlags,
    input: {
      entityRef: entity.entityRef,
      owner: record.owner,
      documents:
        source.type === 'read'
          ? {
              type: 'known',
              state: documents.state,
              reasons: documents.reasons,
            }
          : { type: 'unknown' },
      understanding:
        source.type === 'read'
          ? {
              type: 'known',
              people: experts.length,
              minimumPeople: settings.understands.minimumPeople,
              kindsNeeded: kindsNeeded(settings.understands),
              freshDays: settings.evidence.freshDays,
              lastEvidenceAt: lastEvidenceAt(judged.people),
            }
          : { type: 'unknown' },
      traffic: traffic ? { type: 'known', ...traffic } : { type: 'unknown' },
      unanswered: [
        ...unansweredAmong(edges),
        ...proposed.edges
          .map(({ change, targetRef, unanswered: conditions }) => ({
            change,
            targetRef,
            conditions,
          }))
          .filter(one => one.conditions.length > 0),
      ],
      assumptions: assumptions.map(
        ({ statement, verifyBy, judged: { state } }) => ({
          statement,
          verifyBy,
          state,
        }),
      ),
      unprevented: unpreventedAmong(record.failureModes),
    },
  });

  return {
    people: judged.people,
    experts: experts.flatMap(one => one.personRef ?? []),
    documents: documents.items,
    edges,
    flags,
    summary: {
      entityRef: entity.entityRef,
      kind: entity.kind,
      namespace: entity.namespace,
      name: entity.name,
      title: entity.title,
      type: entity.type,
      ownerRef: entity.ownerRef,
      ownerTitle: record.ownerTitle,
      systemRef: entity.systemRef,
      systemTitle: record.systemTitle,
      plane: entity.plane,
      example: entity.example,
      understoodBy: source.type === 'read' ? experts.length : undefined,
      understoodByMinimum: settings.understands.minimumPeople,
      people: experts
        .slice(0, MAX_NAMED)
        .flatMap(({ personRef, displayName }) =>
          personRef ? [{ personRef, displayName }] : [],
        ),
      documentState: documents.state,
      coverage,
      unknownReason: source.type === 'unknown' ? source.reason : undefined,
      pending: source.type === 'unknown' ? source.pending : undefined,
      computedAt: now,
    },
    nextDueAt: earliest([
      judged.until,
      documents.until,
      traffic?.until,
      answeredUntil,
      proposed.until,
      record.walkthroughDueAt,
      ...assumptions.map(one => one.judged.until),
    ]),
  };
}

/**
 * The open flags after a plan was applied, as a summary marks them.
 * @public
 */
export function marksOf(
  flags: ReadonlyArray<Pick<Flag, 'rule' | 'severity' | 'since'>>,
): EntitySummary['flags'] {
  return flags
    .map(({ rule, severity, since }) => ({ rule, severity, since }))
    .sort((a, b) => (a.rule < b.rule ? -1 : 1));
}

/** HARD dependencies with required conditions that nobody answered. */
function unansweredAmong(
  edges: EntityAssessment['edges'],
): FlagRuleInput['unanswered'] {
  return edges
    .filter(edge => edge.criticality === 'HARD')
    .map(({ targetRef, firstSeen, conditions }) => ({
      targetRef,
      firstSeen,
      conditions: conditions
        .filter(one => one.required && one.state === 'none')
        .map(one => one.condition),
    }))
    .filter(one => one.conditions.length > 0);
}

function unpreventedAmong(
  modes: EntityRecord['failureModes'],
): FlagRuleInput['unprevented'] {
  return modes
    .filter(
      mode =>
        !mode.prevention &&
        !mode.mitigation &&
        criticalityOf(mode.observations).criticality === 'high',
    )
    .map(({ title, detection, edge }) => ({
      title,
      detected: detection !== undefined,
      targetRef: edge?.targetRef,
    }));
}

function judgeDocuments(
  source: EntityRecord['source'],
  now: string,
  settings: UnderstandingSettings,
): {
  items: Document[];
  state: DocumentState;
  reasons: Reason[];
  until?: string;
} {
  if (source.type === 'unknown') {
    return {
      items: [],
      state: 'unknown',
      reasons: [{ message: source.reason }],
    };
  }
  const judged = source.documents.map(facts => ({
    facts,
    judgement: documentState(facts, now, settings.documents),
  }));
  const state = worstDocumentState(judged.map(one => one.judgement.state));
  return {
    items: judged.map(({ facts, judgement }) => ({
      id: facts.id,
      path: facts.path,
      title: facts.title,
      url: facts.url,
      state: judgement.state,
      reasons: [...judgement.reasons],
      contentChangedAt: facts.contentChangedAt,
    })),
    state,
    reasons:
      state === 'missing'
        ? [
            {
              message: `No document was found under ${source.documentGlobs.join(
                ', ',
              )}`,
            },
          ]
        : judged
            .filter(one => one.judgement.state === state)
            .flatMap(one => one.judgement.reasons),
    until: earliest(judged.map(one => one.judgement.until)),
  };
}

function lastEvidenceAt(
  people: readonly PersonUnderstanding[],
): string | undefined {
  let last: string | undefined;
  // Of everybody, the latest comes first.
  for (const {
    evidence: [latest],
  } of people) {
    if (latest && (last === undefined || latest.latestAt > last)) {
      last = latest.latestAt;
    }
  }
  return last;
}
