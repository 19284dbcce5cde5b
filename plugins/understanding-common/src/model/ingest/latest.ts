import {
  HostChange,
  HostComment,
  HostDeployment,
  HostReview,
} from './HostFact';

/**
 * What deliveries tell comes in any order, twice, or late. Each of these functions
 * chooses between what is known and what is told by the host's own time, so that the
 * same deliveries lead to the same state in whatever order they come. Hosts tell time
 * in seconds, and much happens in one: where two statements of one instant differ, the
 * choice is arbitrary but always the same, and `inDoubt` says so; asking the host
 * settles it.
 */

/** How far a state is along; nothing comes back from a later one in the same instant. */
const STATES: readonly HostChange['state'][] = ['open', 'closed', 'merged'];
const VERDICTS: readonly HostReview['verdict'][] = [
  'commented',
  'changes-requested',
  'approved',
  'dismissed',
];
const DEPLOYMENT_STATES: readonly HostDeployment['state'][] = [
  'pending',
  'succeeded',
  'failed',
  'inactive',
];

/**
 * The later of two states of a change.
 *
 * @param options - `asked`: whether the host was asked for what is told, which settles
 * every doubt about the same instant
 * @public
 */
export function latestChange(
  known: HostChange | undefined,
  told: HostChange,
  options: { asked: boolean },
): { change: HostChange; inDoubt: boolean } {
  if (!known || (options.asked && told.updatedAt >= known.updatedAt)) {
    return { change: told, inDoubt: false };
  }
  return {
    change: later(known, told, one => [
      one.updatedAt,
      String(STATES.indexOf(one.state)),
    ]),
    inDoubt: told.updatedAt === known.updatedAt && text(told) !== text(known),
  };
}

/**
 * The later of two states of a review. A dismissal has the time of the review.
 * @public
 */
export function latestReview(
  known: HostReview | undefined,
  told: HostReview,
): HostReview {
  return later(known, told, one => [
    one.submittedAt,
    String(VERDICTS.indexOf(one.verdict)),
  ]);
}

/**
 * The later of two states of a comment; one that was deleted stays so.
 * @public
 */
export function latestComment(
  known: HostComment | undefined,
  told: HostComment,
): HostComment {
  return later(known, told, one => [String(one.deleted), one.updatedAt]);
}

/**
 * The later of two states of a deployment.
 * @public
 */
export function latestDeployment(
  known: HostDeployment | undefined,
  told: HostDeployment,
): HostDeployment {
  return later(known, told, one => [
    one.updatedAt,
    String(DEPLOYMENT_STATES.indexOf(one.state)),
  ]);
}

/** The greater of two by what tells their time, and else by their text. */
function later<T extends object>(
  known: T | undefined,
  told: T,
  timeOf: (one: T) => readonly string[],
): T {
  if (!known) {
    return told;
  }
  const sides = [known, told].map(one => [...timeOf(one), text(one)]);
  const place = sides[0].findIndex((part, index) => part !== sides[1][index]);
  return place >= 0 && sides[1][place] > sides[0][place] ? told : known;
}

/** The same for the same content, in whatever order its fields were written. */
function text(value: object): string {
  return JSON.stringify(value, (_key, part) =>
    part && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(
          Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)),
        )
      : part,
  );
}
