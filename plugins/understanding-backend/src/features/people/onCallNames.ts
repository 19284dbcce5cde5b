/** The host of accounts that stand for what schedules call people. */
export const ON_CALL = 'on-call';

const DEFAULT = 'user:default/';

/** What schedules may call a User, in lower case: their reference, or its name. */
export function onCallNames(personRef: string): string[] {
  return personRef.startsWith(DEFAULT)
    ? [personRef, personRef.slice(DEFAULT.length)]
    : [personRef];
}

/** The reference of the User whom a schedule may call so. */
export function userCalled(name: string): string {
  return name.startsWith('user:') ? name : `${DEFAULT}${name}`;
}
