import { Nobody } from '../../schemas';

/**
 * That nobody understands something, and who did last, in one line.
 * @public
 */
export function nobodyInWords(nobody: Nobody): string {
  const { message, lastAt, lastPeople = [] } = nobody;
  if (lastAt === undefined) {
    return message;
  }
  const names = lastPeople.map(({ displayName, status }) =>
    status === 'left' ? `${displayName} (has left)` : displayName,
  );
  return `${message}; the last evidence is of ${lastAt.slice(0, 10)}${
    names.length > 0 ? `, by ${names.join(', ')}` : ''
  }`;
}
