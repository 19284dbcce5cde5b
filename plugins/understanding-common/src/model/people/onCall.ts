/**
 * A time for which a schedule says that somebody is on call.
 * @public
 */
export interface Shift {
  /** What tells people apart: an address, or how the schedule calls them. */
  readonly who: string;
  readonly startsAt: string;
  /** It belongs to the time after it. */
  readonly endsAt: string;
}

/**
 * Who is on call at an instant, and until when, through shifts that follow each other
 * without a gap; who has it soonest to hand over comes first.
 * @public
 */
export function onCallAt<T extends Shift>(
  shifts: readonly T[],
  now: string,
): Array<{ readonly shift: T; readonly until: string }> {
  const inOrder = [...shifts].sort((a, b) => compare(a.startsAt, b.startsAt));
  const found = new Map<string, { shift: T; until: string }>();
  for (const shift of inOrder) {
    const { who, startsAt, endsAt } = shift;
    const before = found.get(who);
    if (before && startsAt <= before.until) {
      before.until = endsAt > before.until ? endsAt : before.until;
    } else if (!before && startsAt <= now && now < endsAt) {
      found.set(who, { shift, until: endsAt });
    }
  }
  return [...found.values()].sort(
    (a, b) => compare(a.until, b.until) || compare(a.shift.who, b.shift.who),
  );
}

/**
 * The shifts of a schedule after it was read: what was over when it was read before
 * stays as it was told then, and the rest is as it is told now. So nothing that was
 * served is lost when a calendar forgets its past.
 *
 * @param readAt - when it was read before
 * @public
 */
export function shiftsAfterReading<T extends Shift>(
  present: readonly T[],
  read: readonly T[],
  readAt: string | undefined,
): T[] {
  const isOver = (shift: T) => readAt !== undefined && shift.endsAt <= readAt;
  const all = [
    ...present.filter(isOver),
    ...read.filter(shift => !isOver(shift)),
  ];
  const keyOf = (one: T) => JSON.stringify([one.who, one.startsAt, one.endsAt]);
  return [...new Map(all.map(one => [keyOf(one), one])).values()];
}

/**
 * What shifts that are over show of each person: how many there were, and when the last
 * one ended.
 * @public
 */
export function servedShifts<T extends Shift>(
  shifts: readonly T[],
  now: string,
): Array<{ readonly last: T; readonly count: number }> {
  const served = new Map<string, { last: T; count: number }>();
  for (const shift of shifts.filter(one => one.endsAt <= now)) {
    const before = served.get(shift.who);
    served.set(shift.who, {
      last: before && before.last.endsAt > shift.endsAt ? before.last : shift,
      count: (before?.count ?? 0) + 1,
    });
  }
  return [...served.values()];
}

function compare(a: string, b: string): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}
