import { ExplanationRecord } from '../../schemas';
import { neededSections, sectionNames } from './parseExplanation';

/**
 * Why an assessment says nothing of the text and the code that stand now; undefined
 * where it is of them.
 * @public
 */
export function assessmentLapse(
  record: Pick<ExplanationRecord, 'change' | 'versions'>,
  assessment: Pick<
    ExplanationRecord['assessments'][number],
    'at' | 'headSha' | 'withdrawn'
  >,
): string | undefined {
  const { change, versions } = record;
  const { at, headSha, withdrawn } = assessment;
  if (withdrawn) {
    return 'It was edited or taken back on the host.';
  }
  if (change && headSha !== undefined && headSha !== change.headSha) {
    return 'It is of an earlier head.';
  }
  const [latest] = versions;
  return latest && at <= latest.at
    ? 'The code or the text changed since.'
    : undefined;
}

/**
 * How an explanation stands, in sentences: what its state means, what is missing, what
 * lapsed, and what it owes.
 * @public
 */
export function explanationInWords(
  record: Pick<
    ExplanationRecord,
    'assessments' | 'change' | 'debt' | 'required' | 'state' | 'versions'
  >,
): string[] {
  const { debt, required } = record;
  return [
    ...stateInWords(record),
    ...(debt === 'open'
      ? [
          'It was merged without an accepted explanation. The debt is paid by an explanation that somebody else accepts, or by a session in which the change is taught.',
        ]
      : []),
    ...(debt === 'paid'
      ? [
          'It was merged without an accepted explanation; the debt was paid since.',
        ]
      : []),
    ...(!required && record.state === 'missing'
      ? ['Nothing is asked for here.']
      : []),
  ];
}

function stateInWords({
  assessments,
  change,
  state,
  versions,
}: Parameters<typeof explanationInWords>[0]): string[] {
  switch (state) {
    case 'missing':
      return missingInWords(versions[0]?.sections);
    case 'accepted':
      return [
        'Somebody who had no part in it found that it shows understanding.',
      ];
    case 'returned':
      return [
        'A reviewer found that it does not show understanding yet. That stands until they say otherwise, or somebody assesses newer code.',
      ];
    case 'stale':
      return [
        'It explains an older system: code or dependencies that it is about changed since.',
      ];
    default: {
      const lapsed = assessments.some(
        one =>
          one.result === 'genuine' &&
          !one.withdrawn &&
          assessmentLapse({ change, versions }, one) !== undefined,
      );
      return [
        lapsed
          ? 'It was found genuine before, and has changed since: somebody has to look at it again.'
          : 'It waits for a reviewer who had no part in it.',
      ];
    }
  }
}

function missingInWords(
  sections: ExplanationRecord['versions'][number]['sections'] = {},
): string[] {
  const missing = neededSections.filter(section => !sections[section]);
  const names = missing.map(section => `“${sectionNames[section]}”`);
  return [
    missing.length === neededSections.length || missing.length === 0
      ? 'Nobody has explained it yet.'
      : `Nothing stands below ${names.join(' and ')} yet.`,
  ];
}
