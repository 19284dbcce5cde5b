import { distance } from 'fastest-levenshtein';

const MONTH =
  '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\\.?';
const DATES = new RegExp(
  [
    '\\d{4}-\\d{1,2}-\\d{1,2}(?:t[\\d:.]+z?)?',
    '\\d{1,2}[./]\\d{1,2}[./]\\d{2,4}',
    `\\d{1,2}\\.? ${MONTH},? \\d{4}`,
    `${MONTH} \\d{1,2},? \\d{4}`,
    `${MONTH} \\d{4}`,
  ].join('|'),
  'gi',
);

/** Words at least so long can be mistyped; shorter ones are other words. */
const TYPO_LENGTH = 5;
const TYPO_DISTANCE = 2;

/**
 * Whether a change of a document says something else than before: more than white
 * space, dates and typos. A typo is a word of five letters or more, without digits,
 * within two edits of the word that stood in its place.
 *
 * @param diff - lines that begin with `-` and `+`
 */
export function isContentChange(diff: {
  removed: string;
  added: string;
}): boolean {
  const removed = wordsOf(diff.removed);
  const added = wordsOf(diff.added);
  const [gone, come] = withoutCommon(removed, added);
  return (
    gone.length !== come.length ||
    gone.some((word, index) => !isTypo(word, come[index]))
  );
}

function wordsOf(text: string): string[] {
  return text.replace(DATES, ' ').split(/\s+/).filter(Boolean);
}

/** What is in one list only, in its order. */
function withoutCommon(
  removed: readonly string[],
  added: readonly string[],
): [string[], string[]] {
  const counts = new Map<string, number>();
  for (const word of added) {
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const gone = removed.filter(word => {
    const count = counts.get(word) ?? 0;
    counts.set(word, count - 1);
    return count <= 0;
  });
  const left = new Map<string, number>();
  for (const word of removed) {
    left.set(word, (left.get(word) ?? 0) + 1);
  }
  const come = added.filter(word => {
    const count = left.get(word) ?? 0;
    left.set(word, count - 1);
    return count <= 0;
  });
  return [gone, come];
}

function isTypo(before: string, after: string): boolean {
  return (
    Math.min(before.length, after.length) >= TYPO_LENGTH &&
    !/\d/.test(before + after) &&
    distance(before, after) <= TYPO_DISTANCE
  );
}
