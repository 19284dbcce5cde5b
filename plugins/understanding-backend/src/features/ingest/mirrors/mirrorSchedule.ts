import { secondsAfter } from '../../../database/instants';
import { MirrorError } from './MirrorError';
import { MirrorState } from './MirrorDisk';
import { MirrorRecord } from './MirrorStore';

/** Waits after failures: 5 minutes, doubled each time, up to a day. */
const FIRST_WAIT_SECONDS = 300;
const MAX_WAIT_SECONDS = 24 * 60 * 60;
/** A host may be away for so long before what it has is unknown to us. */
const GRACE_SECONDS = 24 * 60 * 60;

/** What decides when a mirror is fetched. */
export interface MirrorAge {
  readonly record: MirrorRecord;
  /** Absent where no mirror lies on this disk. */
  readonly state?: MirrorState;
  /** Of the head that needs no reading; absent where one is needed anyway. */
  readonly headRead?: string;
  readonly fetchSeconds: number;
  readonly now: string;
}

/**
 * Whether a mirror is to be fetched: never fetched, its interval over, pushed to, or
 * older than what another replica knows, since it would lead back. One that has gone
 * from the disk is only missed where something has to be read.
 */
export function isFetchDue(age: MirrorAge): boolean {
  const { record, state, headRead, fetchSeconds, now } = age;
  const fetchedAt = state ? state.fetchedAt : record.fetchedAt;
  if (!fetchedAt || (!state && !headRead)) {
    return true;
  }
  return (
    now >= secondsAfter(fetchedAt, fetchSeconds) ||
    (record.pushedAt !== undefined && record.pushedAt >= fetchedAt) ||
    (record.fetchedAt !== undefined && record.fetchedAt > fetchedAt)
  );
}

/** The failure after which it is too early to try again, unless something was pushed. */
export function failureToWaitFor(
  { failure, retryAt, triedAt, pushedAt }: MirrorRecord,
  now: string,
): MirrorError | undefined {
  const isPushed = pushedAt && triedAt && pushedAt >= triedAt;
  return failure && retryAt && now < retryAt && !isPushed ? failure : undefined;
}

/** How long to wait after so many failures, one after the other; in seconds. */
export function waitSecondsAfter(failures: number, error: MirrorError): number {
  return Math.max(
    Math.min(FIRST_WAIT_SECONDS * 2 ** (failures - 1), MAX_WAIT_SECONDS),
    error.retryAfterSeconds ?? 0,
  );
}

/** Whether what is known still counts, though its host could not be asked. */
export function countsWithout(error: MirrorError, age: MirrorAge): boolean {
  const { record, state, headRead, fetchSeconds, now } = age;
  return (
    error.isTemporary &&
    (state !== undefined || headRead !== undefined) &&
    record.fetchedAt !== undefined &&
    now < secondsAfter(record.fetchedAt, fetchSeconds + GRACE_SECONDS)
  );
}
