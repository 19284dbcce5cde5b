import {
  Condition,
  Coverage,
  Edge,
  EdgeCondition,
  FailureTestResult,
  conditionSchema,
} from '../../schemas';
import {
  CombinedEdge,
  findDependency,
  isDependency,
} from '../entities/combineEdges';
import { UnderstandingSettings, earliest } from '../settings';

/**
 * The answers that an entity has for its dependencies.
 * @public
 */
export interface AnswerFacts {
  readonly failureModes: ReadonlyArray<{
    readonly id: string;
    readonly targetRef: string;
    readonly condition: Condition;
    /** Of the tests that were done, the latest one: it decides. */
    readonly latestTest?: {
      readonly result: FailureTestResult;
      readonly validUntil: string;
    };
  }>;
  readonly acceptances: ReadonlyArray<{
    readonly targetRef: string;
    readonly condition: Condition;
    readonly reason: string;
    readonly version: number;
    readonly by: string;
    readonly at: string;
    readonly until: string;
  }>;
}

/** From the best to the worst, where several answers stand for one condition. */
const BEST_FIRST: ReadonlyArray<EdgeCondition['state']> = [
  'tested',
  'accepted',
  'test-expired',
  'described',
  'none',
];

/**
 * Says of each edge which answer there is for each condition. The latest test of a
 * failure mode decides: one that did not go as expected leaves it described, whatever
 * earlier ones showed. An acceptance counts until its end.
 *
 * @returns `until` is the next instant at which an answer expires
 * @public
 */
export function coverEdges(
  edges: readonly CombinedEdge[],
  answers: AnswerFacts,
  now: string,
  settings: UnderstandingSettings['edges'],
): {
  edges: Array<CombinedEdge & Pick<Edge, 'conditions'>>;
  coverage: Coverage;
  until?: string;
} {
  const byKey = new Map<string, EdgeCondition[]>();
  const add = (targetRef: string, answer: Omit<EdgeCondition, 'required'>) => {
    const key = `${targetRef} ${answer.condition}`;
    byKey.set(key, [...(byKey.get(key) ?? []), { ...answer, required: false }]);
  };

  const dependencies = edges.filter(isDependency);
  // An answer may name the edge by an API of it.
  const present = <T extends { readonly targetRef: string }>(
    all: readonly T[],
  ) =>
    all.flatMap(one => {
      const edge = findDependency(dependencies, one.targetRef);
      return edge ? [{ ...one, targetRef: edge.targetRef }] : [];
    });
  for (const mode of present(answers.failureModes)) {
    const { condition, id: failureModeId, latestTest, targetRef } = mode;
    if (latestTest?.result === 'as-expected') {
      const { validUntil } = latestTest;
      const valid = now < validUntil;
      add(targetRef, {
        condition,
        state: valid ? 'tested' : 'test-expired',
        failureModeId,
        validUntil,
      });
    } else {
      add(targetRef, { condition, state: 'described', failureModeId });
    }
  }
  for (const one of present(answers.acceptances)) {
    if (now < one.until) {
      add(one.targetRef, {
        condition: one.condition,
        state: 'accepted',
        validUntil: one.until,
        acceptance: {
          reason: one.reason,
          version: one.version,
          by: one.by,
          at: one.at,
        },
      });
    }
  }

  const coverage = { required: 0, answered: 0, tested: 0 };
  const covered = edges.map(edge => {
    const conditions = isDependency(edge)
      ? conditionSchema.options.map(condition => ({
          ...best(condition, byKey.get(`${edge.targetRef} ${condition}`) ?? []),
          required:
            edge.criticality !== 'SOFT' &&
            settings.requiredConditions.includes(condition),
        }))
      : [];
    for (const { required, state } of conditions) {
      coverage.required += Number(required);
      coverage.answered += Number(required && state !== 'none');
      coverage.tested += Number(required && state === 'tested');
    }
    return { ...edge, conditions };
  });
  const until = covered.flatMap(edge =>
    edge.conditions.flatMap(({ state, validUntil }) =>
      state === 'tested' || state === 'accepted' ? [validUntil] : [],
    ),
  );
  return { edges: covered, coverage, until: earliest(until) };
}

function best(
  condition: Condition,
  answers: readonly EdgeCondition[],
): EdgeCondition {
  const [first] = [...answers].sort(
    (a, b) =>
      BEST_FIRST.indexOf(a.state) - BEST_FIRST.indexOf(b.state) ||
      ((a.validUntil ?? '') > (b.validUntil ?? '') ? -1 : 1),
  );
  const described = answers.find(one => one.failureModeId)?.failureModeId;
  return first
    ? { ...first, failureModeId: first.failureModeId ?? described }
    : { condition, state: 'none', required: false };
}
