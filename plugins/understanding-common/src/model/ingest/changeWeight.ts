/**
 * How much there is to understand in a change: `1 + log10(1 + changed lines)`, so that
 * ten times the lines count one more.
 * @public
 */
export function changeWeight(lines: number): number {
  return 1 + Math.log10(1 + lines);
}
