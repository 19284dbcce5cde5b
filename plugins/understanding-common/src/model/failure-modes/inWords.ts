import {
  Acceptance,
  AssumptionContent,
  Classification,
  Expectation,
  FailureModeContent,
  FailureTest,
  Promised,
} from '../../schemas';

/**
 * What somebody wrote, in words by field, in the order of the form. Fields in which
 * nothing stands are undefined.
 * @public
 */
export type InWords = Readonly<Record<string, string | undefined>>;

const OBSERVATIONS: Record<keyof FailureModeContent['observations'], string> = {
  dataLossOrCorruption: 'data are lost or corrupted',
  customerVisible: 'customers see it',
  happenedWithinYear: 'it happened within the last year',
  needsTwoFaults: 'it needs two faults at once',
};

/** @public */
export function failureModeInWords(content: FailureModeContent): InWords {
  const { edge, evidence, observations } = content;
  return {
    title: content.title,
    edge: edge && `${edge.type} ${edge.targetRef}`,
    condition: content.condition,
    plane: content.plane,
    cause: content.cause,
    localEffect: content.localEffect,
    endEffect: content.endEffect,
    prevention: content.prevention,
    detection: content.detection,
    mitigation: content.mitigation,
    recovery: content.recovery,
    observations:
      Object.entries(OBSERVATIONS)
        .filter(([key]) => observations[key as keyof typeof OBSERVATIONS])
        .map(([, words]) => words)
        .join('; ') || 'none of them',
    evidence:
      evidence?.map(({ title, url }) => `${title} (${url})`).join('; ') ||
      undefined,
  };
}

/** @public */
export function assumptionInWords(content: AssumptionContent): InWords {
  const { limit } = content;
  return {
    statement: content.statement,
    basis: content.basis,
    refutedBy: content.refutedBy,
    limit: limit && `${limit.value} ${limit.unit}`,
    observedPeak: numberInWords(limit?.observedPeak),
    observedAt: limit?.observedAt,
    source: limit?.source || undefined,
    verifyBy: content.verifyBy.slice(0, 10),
    url: content.url,
  };
}

/** @public */
export function promiseInWords(promise: Promised): InWords {
  return {
    availability: numberInWords(promise.availability),
    latencyMs: numberInWords(promise.latencyMs),
    retries: numberInWords(promise.retries),
    guarantees: promise.guarantees.join(', ') || undefined,
    note: promise.note || undefined,
  };
}

/** @public */
export function expectationInWords(expectation: Expectation): InWords {
  return {
    availability: numberInWords(expectation.availability),
    timeoutMs: numberInWords(expectation.timeoutMs),
    retries: numberInWords(expectation.retries),
    guarantees: expectation.guarantees.join(', ') || undefined,
    answer: expectation.note || undefined,
  };
}

/** @public */
export function classificationInWords(
  said: Pick<Classification, 'criticality' | 'comment'>,
): InWords {
  return { criticality: said.criticality, comment: said.comment || undefined };
}

/** @public */
export function acceptanceInWords(
  said: Pick<Acceptance, 'reason' | 'until'>,
): InWords {
  return { reason: said.reason, until: said.until.slice(0, 10) };
}

/** @public */
export function failureTestInWords(
  test: Omit<
    FailureTest,
    | 'id'
    | 'failureModeId'
    | 'version'
    | 'recordedAt'
    | 'recordedBy'
    | 'participantCount'
  >,
): InWords {
  return {
    kind: test.kind,
    plannedAt: test.plannedAt,
    performedAt: test.performedAt,
    expected: test.expected,
    actual: test.actual,
    result: test.result,
    validUntil: test.validUntil?.slice(0, 10),
    trafficPattern: test.trafficPattern || undefined,
    differsFromProduction: test.differsFromProduction || undefined,
    participants:
      test.participants
        ?.map(one => one.personRef)
        .sort()
        .join(', ') || undefined,
    url: test.url,
  };
}

function numberInWords(value: number | undefined): string | undefined {
  return value === undefined ? undefined : String(value);
}
