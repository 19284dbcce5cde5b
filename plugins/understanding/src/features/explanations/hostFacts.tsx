import { ExplanationRecord } from '@understanding-dev/backstage-plugin-understanding-common';
import {
  Instant,
  explanationStateNames,
} from '@understanding-dev/backstage-plugin-understanding-react';
import { ReactNode } from 'react';

type Check = NonNullable<ExplanationRecord['check']>;

const CHECK_STATES: Record<Check['state'], string> = {
  pending: 'Pending',
  success: 'Passed',
  neutral: 'No verdict',
  failure: 'Failed',
};

/** What its host shows of a change, and what became of it there, by names. */
export function hostFacts(
  record: Pick<ExplanationRecord, 'brokenGlass' | 'check' | 'sealed'>,
): Array<[string, ReactNode]> {
  const { brokenGlass, check, sealed } = record;
  return [
    ['Check on the host', check && checkInWords(check)],
    [
      'Let through',
      brokenGlass?.map(({ at, by, counts, login, reason }) => (
        <div key={`${at} ${by}`}>
          By a {by}
          {login && ` of ${login}`} on <Instant at={at} time />: {reason}
          {!counts &&
            ' (taken back, or not allowed to; it lets nothing through)'}
        </div>
      )),
    ],
    [
      'Sealed',
      sealed && (
        <>
          At the merge on <Instant at={sealed.at} time />
          {sealed.mergeSha && (
            <>
              {' as '}
              <code>{sealed.mergeSha.slice(0, 12)}</code>
            </>
          )}
          : {explanationStateNames[sealed.state].toLowerCase()}
          {sealed.weight !== undefined &&
            `, weight ${sealed.weight.toFixed(1)}`}
        </>
      ),
    ],
  ];
}

function checkInWords({ problem, state, title, writtenAt }: Check): string {
  const shown = `${CHECK_STATES[state]}: ${title}`;
  if (problem) {
    return `${shown}. It could not be written there: ${problem}`;
  }
  return writtenAt ? shown : `${shown}. It is about to be written there.`;
}
