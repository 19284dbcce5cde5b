import { AbsenceFactor } from '@understanding-dev/backstage-plugin-understanding-common';

/** An absence factor, with what it means. */
export function factorInWords({
  factor,
  files,
  coverageAtStop,
}: AbsenceFactor): string {
  if (factor === 0) {
    return `nobody; of the ${files} files, fewer than half have an author.`;
  }
  const share = Math.round(100 * coverageAtStop);
  return `${factor}. Without ${
    factor === 1 ? 'one person' : `${factor} people`
  }, ${share} % of the ${files} files have an author left.`;
}
