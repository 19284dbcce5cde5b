import { DateTime } from 'luxon';

/**
 * An instant as a date, with the exact time on hovering.
 * @public
 */
export function Instant(props: { at: string }) {
  const at = DateTime.fromISO(props.at);
  return (
    <time dateTime={props.at} title={at.toLocaleString(DateTime.DATETIME_FULL)}>
      {at.toLocaleString(DateTime.DATE_MED)}
    </time>
  );
}
