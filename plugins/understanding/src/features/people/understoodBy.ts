/** How many people understand something, in words. */
export function understoodBy(people: number): string {
  return people === 1
    ? '1 active person understands it'
    : `${people} active people understand it`;
}
