import { ExplanationFacts } from '@understanding-dev/backstage-plugin-understanding-common';
import { StoredExplanation } from './ExplanationStore';

/** The text of a digest, where it is a whole explanation. */
function wholeText(
  { texts }: Pick<StoredExplanation, 'texts'>,
  digest: string | null,
): string | undefined {
  return digest && texts.get(digest)?.text ? digest : undefined;
}

/** What the rule has to know beside who is who. */
export function sightingsOf(
  stored: StoredExplanation,
): Pick<ExplanationFacts, 'current' | 'sightings' | 'written'> {
  const { row, versions } = stored;
  return {
    current:
      row.described_at && row.head_sha
        ? {
            at: row.described_at,
            code: codeOf(stored, row.head_sha),
            text: wholeText(stored, row.described),
          }
        : undefined,
    sightings: versions
      .filter(one => one.source === 'description')
      .map(one => ({
        at: one.at,
        code: codeOf(stored, one.head_sha),
        text: wholeText(stored, one.digest),
        asked: Boolean(one.asked),
      })),
    written: versions
      .filter(one => one.source === 'page')
      .map(one => ({ at: one.at, text: one.digest })),
  };
}

/** The same for heads with the same code; the head itself where that is not known. */
export function codeOf(
  { heads }: Pick<StoredExplanation, 'heads'>,
  headSha: string,
): string {
  return heads.find(one => one.head_sha === headSha)?.code ?? headSha;
}
