/** A number as it stands in a field; empty for none. */
export function textOf(value: number | undefined): string {
  return value === undefined ? '' : String(value);
}

/** What stands in a field as a number; what is none, the backend refuses by name. */
export function numberOf(text: string): number | undefined {
  return text.trim() === '' ? undefined : Number(text);
}
