import { EntitySummary, TeamEntities, TeamList } from '../../schemas';

/**
 * Of fewer active people no list says what they know together: it would tell what
 * single ones know. Five is what statistics of people are commonly held back below.
 * @public
 */
export const MINIMUM_TEAM = 5;

/**
 * What a team owns and does not understand, or understands and does not own, by title.
 *
 * @remarks
 *
 * Lists of entities, and never of what one person knows: of a team with fewer than
 * {@link MINIMUM_TEAM} active members, nothing is said of what it understands besides,
 * and what it owns is listed where nobody at all understands it, which each entity says
 * of itself. What cannot be known of an entity is not taken for a lack.
 *
 * @param options - `entities`: what the team owns, and what its members have evidence
 * of; `members`: references of its active members
 * @public
 */
export function teamEntities(options: {
  list: TeamList;
  teamRef: string;
  members: ReadonlySet<string>;
  entities: ReadonlyArray<{
    summary: EntitySummary;
    /** References of those who understand it and can be asked. */
    experts: readonly string[];
  }>;
}): Pick<TeamEntities, 'items' | 'among' | 'unknown'> {
  const { list, teamRef, members, entities } = options;
  const isFew = members.size < MINIMUM_TEAM;
  const isOwned = ({ summary }: (typeof entities)[number]) =>
    summary.ownerRef === teamRef;
  const isUnderstood = ({ experts }: (typeof entities)[number]) =>
    experts.some(personRef => isFew || members.has(personRef));
  const owned = entities.filter(isOwned);
  const understood = isFew
    ? []
    : entities.filter(one => !isOwned(one) && isUnderstood(one));
  const chosen =
    list === 'owned-not-understood'
      ? owned.filter(one => !isUnderstood(one))
      : understood;
  return {
    among: isFew ? 'anybody' : 'team',
    unknown: owned.filter(({ summary }) => summary.understoodBy === undefined)
      .length,
    items: chosen
      .map(one => one.summary)
      .flatMap(({ entityRef, title, ownerRef, ownerTitle, understoodBy }) =>
        understoodBy === undefined
          ? []
          : [{ entityRef, title, ownerRef, ownerTitle, understoodBy }],
      )
      .sort(
        (a, b) =>
          compare(a.title.toLowerCase(), b.title.toLowerCase()) ||
          compare(a.entityRef, b.entityRef),
      ),
  };
}

function compare(a: string, b: string): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}
