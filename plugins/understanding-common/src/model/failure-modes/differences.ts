import { Difference, FailureModeContent } from '../../schemas';

/** The fields in the order of the form. */
const FIELDS: ReadonlyArray<keyof FailureModeContent> = [
  'title',
  'edge',
  'condition',
  'plane',
  'cause',
  'localEffect',
  'endEffect',
  'prevention',
  'detection',
  'mitigation',
  'recovery',
  'observations',
  'evidence',
];

const OBSERVATIONS: Record<keyof FailureModeContent['observations'], string> = {
  dataLossOrCorruption: 'data are lost or corrupted',
  customerVisible: 'customers see it',
  happenedWithinYear: 'it happened within the last year',
  needsTwoFaults: 'it needs two faults at once',
};

/**
 * What one version says otherwise than the one before, field by field, in words.
 *
 * @param before - undefined for the first version, of which all is new
 * @public
 */
export function differencesBetween(
  before: FailureModeContent | undefined,
  after: FailureModeContent,
): Difference[] {
  return FIELDS.map(field => ({
    field,
    before: before && inWords(before, field),
    after: inWords(after, field),
  })).filter(one => one.before !== one.after);
}

function inWords(
  content: FailureModeContent,
  field: keyof FailureModeContent,
): string | undefined {
  switch (field) {
    case 'edge':
      return content.edge && `${content.edge.type} ${content.edge.targetRef}`;
    case 'observations':
      return (
        Object.entries(OBSERVATIONS)
          .filter(
            ([key]) => content.observations[key as keyof typeof OBSERVATIONS],
          )
          .map(([, words]) => words)
          .join('; ') || 'none of them'
      );
    case 'evidence':
      return (
        content.evidence
          ?.map(({ title, url }) => `${title} (${url})`)
          .join('; ') || undefined
      );
    default:
      return content[field];
  }
}
