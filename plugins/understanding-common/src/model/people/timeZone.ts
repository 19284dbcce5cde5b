/**
 * Whether a text names a time zone of the database of IANA.
 * @public
 */
export function isTimeZone(text: string | undefined): text is string {
  try {
    return (
      text !== undefined &&
      /^[A-Za-z]/.test(text) &&
      new Intl.DateTimeFormat('en', { timeZone: text }) !== undefined
    );
  } catch {
    return false;
  }
}

/**
 * Day and time on a clock of that zone, e.g. `Mon 10:42`; undefined where the zone is
 * not known here, since browsers know fewer than others.
 *
 * @param now - ISO 8601
 * @public
 */
export function localTimeIn(timeZone: string, now: string): string | undefined {
  if (!isTimeZone(timeZone)) {
    return undefined;
  }
  return new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
  }).format(new Date(now));
}
