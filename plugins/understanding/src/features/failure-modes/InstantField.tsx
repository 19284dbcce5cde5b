import { DatePicker } from '@backstage/ui';
import {
  CalendarDate,
  CalendarDateTime,
  DateValue,
} from '@internationalized/date';
import { DateTime } from 'luxon';

/** A day, which begins in UTC, as an instant in ISO 8601; empty for none. */
export function DayField(props: {
  label: string;
  description?: string;
  value: string;
  onChange: (instant: string) => void;
  isRequired?: boolean;
}) {
  const { onChange, value, ...rest } = props;
  const day = DateTime.fromISO(value, { zone: 'utc' });
  return (
    <DatePicker
      {...rest}
      granularity="day"
      value={
        day.isValid ? new CalendarDate(day.year, day.month, day.day) : null
      }
      onChange={picked => onChange(instantOf(picked, 'utc'))}
    />
  );
}

/** A minute of the reader's time zone, as an instant in ISO 8601; empty for none. */
export function MinuteField(props: {
  label: string;
  value: string;
  onChange: (instant: string) => void;
  isRequired?: boolean;
}) {
  const { onChange, value, ...rest } = props;
  const at = DateTime.fromISO(value);
  return (
    <DatePicker
      {...rest}
      granularity="minute"
      value={
        at.isValid
          ? new CalendarDateTime(at.year, at.month, at.day, at.hour, at.minute)
          : null
      }
      onChange={picked => onChange(instantOf(picked, 'local'))}
    />
  );
}

function instantOf(picked: DateValue | null, zone: 'utc' | 'local'): string {
  return picked
    ? DateTime.fromISO(picked.toString(), { zone }).toUTC().toISO() ?? ''
    : '';
}
