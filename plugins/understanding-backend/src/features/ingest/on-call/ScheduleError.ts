/**
 * What is wrong with a schedule, in words for whoever looks something up: never its
 * address, which may hold a secret.
 */
export class ScheduleError extends Error {
  readonly name = 'ScheduleError';
}
