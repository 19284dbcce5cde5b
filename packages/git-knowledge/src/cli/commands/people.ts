import type { Contributor, Reviewer } from '../../schemas';
import type { WhoAnswer } from '../answers';
import type { Reading } from '../reading';
import { nameAndAddress } from '../reading';
import { Paint, dayOf, table } from '../text';

/** People as answers tell of them. */
export function asAnswer<T extends Contributor | Reviewer>(
  people: readonly T[],
  { names }: Pick<Reading, 'names'>,
): Array<T & { person: string }> {
  return people.map(one => {
    const name = (one.personId && names.get(one.personId)) || one.name;
    return { person: nameAndAddress(name, one.emails), ...one, name };
  });
}

/** The table of those who changed something. */
export function peopleTable(
  people: WhoAnswer['people'],
  options: { paint: Paint; columns?: number },
): string[] {
  return table(
    ['person', 'active', 'last change', 'knows', 'author of'],
    people.map(one => [
      one.person,
      one.active ? 'yes' : 'no',
      dayOf(one.latestAt),
      one.knownFiles,
      one.authoredFiles,
    ]),
    options,
  );
}
