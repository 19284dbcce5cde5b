import {
  FailureMode,
  FailureTest,
} from '@understanding-dev/backstage-plugin-understanding-common';
import ical, { ICalCalendarMethod } from 'ical-generator';

const HOUR = 60 * 60 * 1000;

/**
 * A planned test as a calendar file (RFC 5545), of two hours, to be imported by those
 * who take part. The same test has the same identity, so that importing it again moves
 * the appointment.
 */
export function calendarOf(
  mode: FailureMode,
  test: Pick<FailureTest, 'id' | 'expected' | 'trafficPattern' | 'recordedAt'>,
  plannedAt: string,
  url: string,
): string {
  const calendar = ical({
    prodId: { company: 'understanding.dev', product: 'Understanding' },
    method: ICalCalendarMethod.PUBLISH,
  });
  const start = new Date(plannedAt);
  calendar.createEvent({
    id: `${test.id}@understanding.dev`,
    stamp: new Date(test.recordedAt),
    start,
    end: new Date(start.getTime() + 2 * HOUR),
    summary: `Game day: ${mode.title}`,
    description: [
      `Of ${mode.entityRef}${
        mode.edge
          ? `, when ${mode.edge.targetRef} fails (${mode.condition})`
          : ''
      }.`,
      `Expected: ${test.expected}`,
      ...(test.trafficPattern ? [`Traffic: ${test.trafficPattern}`] : []),
      url,
    ].join('\n\n'),
    url,
  });
  return calendar.toString();
}
