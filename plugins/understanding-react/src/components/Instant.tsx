import { DateTime } from 'luxon';

/**
 * An instant as a date, with the exact time on hovering.
 * @public
 */
export function Instant(props: {
  at: string;
  /** Where the day is not enough: the minute as well. */
  time?: boolean;
}) {
  const at = DateTime.fromISO(props.at);
  return (
    <time dateTime={props.at} title={at.toLocaleString(DateTime.DATETIME_FULL)}>
      {at.toLocaleString(
        props.time ? DateTime.DATETIME_MED : DateTime.DATE_MED,
      )}
    </time>
  );
}
