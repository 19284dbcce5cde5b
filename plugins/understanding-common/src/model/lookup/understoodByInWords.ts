/**
 * How many people understand something, in words.
 *
 * @param people - undefined where it is not known
 * @public
 */
export function understoodByInWords(people: number | undefined): string {
  if (people === undefined) {
    return 'An unknown number of active people understand it';
  }
  return people === 1
    ? '1 active person understands it'
    : `${people} active people understand it`;
}
