import { FailureSeverity, Likelihood, Observations, Risk } from '../../schemas';

/** Severity by likelihood; the nine cells of the matrix. */
const MATRIX: Record<FailureSeverity, Record<Likelihood, Risk>> = {
  severe: { frequent: 'high', occasional: 'high', rare: 'medium' },
  major: { frequent: 'high', occasional: 'medium', rare: 'low' },
  minor: { frequent: 'medium', occasional: 'low', rare: 'low' },
};

/**
 * The criticality of a failure mode, from what was observed: how bad it is, by how
 * often it comes. It is computed whenever it is read, so that it never goes stale.
 * @public
 */
export function criticalityOf(observations: Observations): {
  severity: FailureSeverity;
  likelihood: Likelihood;
  criticality: Risk;
} {
  const severity = severityOf(observations);
  const likelihood = likelihoodOf(observations);
  return { severity, likelihood, criticality: MATRIX[severity][likelihood] };
}

function severityOf(observations: Observations): FailureSeverity {
  if (observations.dataLossOrCorruption) {
    return 'severe';
  }
  return observations.customerVisible ? 'major' : 'minor';
}

/** What has happened lately is frequent, however many faults it takes. */
function likelihoodOf(observations: Observations): Likelihood {
  if (observations.happenedWithinYear) {
    return 'frequent';
  }
  return observations.needsTwoFaults ? 'rare' : 'occasional';
}
