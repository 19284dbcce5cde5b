import { PersonStatus } from '../../schemas';

const WORDS: Record<Exclude<PersonStatus, 'active'>, string> = {
  left: 'has left',
  'not-in-catalog': 'not in the catalog',
  'several-users': 'claimed by several Users',
};

/**
 * A name, with why nobody of that name can be asked where that is so.
 * @public
 */
export function nameWithStatus(person: {
  readonly displayName: string;
  readonly status: PersonStatus;
}): string {
  const { displayName, status } = person;
  return status === 'active'
    ? displayName
    : `${displayName} (${WORDS[status]})`;
}
