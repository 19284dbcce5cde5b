/** An explanation, with an account that assessed it; ids have no spaces. */
export function rightsKey(explanationId: string, login: string): string {
  return `${explanationId} ${login}`;
}

export function ofRightsKey(key: string): { id: string; login: string } {
  const space = key.indexOf(' ');
  return { id: key.slice(0, space), login: key.slice(space + 1) };
}
