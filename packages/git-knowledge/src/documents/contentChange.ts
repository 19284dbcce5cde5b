import { distance } from 'fastest-levenshtein';

const MONTH =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?';
const YEAR = '(?:19|20)\\d{2}';
const DATES = new RegExp(
  `\\b(?:${[
    `${YEAR}-\\d{1,2}-\\d{1,2}(?:t[\\d:.]+z?)?`,
    // Two digits of a year after dots would be a version.
    `\\d{1,2}\\.\\d{1,2}\\.${YEAR}`,
    `\\d{1,2}/\\d{1,2}/(?:${YEAR}|\\d{2})`,
    `\\d{1,2}\\.? ${MONTH},? ${YEAR}`,
    `${MONTH} \\d{1,2},? ${YEAR}`,
    `${MONTH} ${YEAR}`,
  ].join('|')})\\b`,
  'gi',
);

/** Words at least so long can be mistyped; shorter ones are other words. */
const TYPO_LENGTH = 5;
const TYPO_DISTANCE = 2;
/** No word of a language is longer. */
const MAX_WORD_LENGTH = 60;
/** Letters, with punctuation around them: not a path, and not a number. */
const WORD = /^[^\p{L}\d]*[\p{L}\p{M}'’-]+[^\p{L}\d]*$/u;
const CODE = /`|\(\)|\p{Ll}\p{Lu}/u;

/**
 * Whether a document says something else than before: more than white space, the order
 * of lines and words, dates and typos are different. A typo is a word of five letters or
 * more within two edits of the word that stood in its place; code has no typos.
 */
export function isContentChange(before: string, after: string): boolean {
  const [removed, added] = difference(
    before.split('\n'),
    after.split('\n'),
    line => line.replace(/\s+/g, ''),
  );
  const [gone, come] = difference(wordsOf(removed), wordsOf(added));
  return (
    gone.length !== come.length ||
    gone.some((word, index) => !isTypo(word, come[index]))
  );
}

function wordsOf(lines: readonly string[]): string[] {
  return lines.join('\n').replace(DATES, ' ').split(/\s+/).filter(Boolean);
}

/**
 * What is in one of two lists and not in the other, counting how often, in its order.
 *
 * @param keyOf - what is compared
 */
function difference(
  one: readonly string[],
  other: readonly string[],
  keyOf = (text: string) => text,
): [string[], string[]] {
  return [without(one, other, keyOf), without(other, one, keyOf)];
}

function without(
  texts: readonly string[],
  other: readonly string[],
  keyOf: (text: string) => string,
): string[] {
  const counts = new Map<string, number>();
  for (const text of other) {
    const key = keyOf(text);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return texts.filter(text => {
    const key = keyOf(text);
    const count = counts.get(key) ?? 0;
    counts.set(key, count - 1);
    return count <= 0;
  });
}

function isTypo(before: string, after: string): boolean {
  return (
    canBeMistyped(before) &&
    canBeMistyped(after) &&
    distance(before, after) <= TYPO_DISTANCE
  );
}

function canBeMistyped(word: string): boolean {
  return (
    word.length >= TYPO_LENGTH &&
    word.length <= MAX_WORD_LENGTH &&
    WORD.test(word) &&
    !CODE.test(word)
  );
}
