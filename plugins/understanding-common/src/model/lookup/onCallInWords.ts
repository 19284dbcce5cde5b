import { OnCall } from '../../schemas';

/**
 * Who is on call, in a sentence for each schedule, of UTC.
 *
 * @param nameOf - how a person is written where the sentence is shown
 * @public
 */
export function onCallInWords(
  onCall: readonly OnCall[],
  nameOf: (
    person: NonNullable<OnCall['shifts'][number]['person']>,
  ) => string = ({ displayName }) => displayName,
): string[] {
  return onCall.map(({ schedule, readAt, problem, shifts }) => {
    const who = shifts.map(
      ({ person, until }) =>
        `${person ? nameOf(person) : 'somebody'}, until ${minuteOf(until)}`,
    );
    const told =
      readAt === undefined
        ? 'not known yet'
        : who.join('; ') || 'nobody that it tells of';
    const age =
      problem === undefined
        ? ''
        : ` (${
            readAt === undefined ? '' : `as of ${minuteOf(readAt)}: `
          }the schedule cannot be read. ${problem})`;
    return `On call now by ${schedule}: ${told}${age}`;
  });
}

/** E.g. `2026-06-01 09:00 UTC`. */
function minuteOf(instant: string): string {
  return `${instant.slice(0, 16).replace('T', ' ')} UTC`;
}
