const LETTERS = [...'abcdefghijklmnopqrstuvwxyz0123456789'];
/** Of shorter words, too many others are one edit away. */
const MIN_LENGTH = 4;
/** Longer ones are pasted, and not typed. */
const MAX_LENGTH = 60;
/** What names and references are made of. */
const TYPED = /^[\p{L}\p{N}\p{M}:/._-]+$/u;

/**
 * What a mistyped word in lower case may have been meant to be: all that a letter left
 * out, added, replaced, or exchanged with its neighbour makes of it (Damerau 1964, "A
 * technique for computer detection and correction of spelling errors", which found four
 * of five mistakes to be one of these). Letters that are added are those of names.
 * @public
 */
export function oneEditAway(word: string): string[] {
  const letters = [...word];
  if (
    letters.length < MIN_LENGTH ||
    letters.length > MAX_LENGTH ||
    !TYPED.test(word)
  ) {
    return [];
  }
  const edits: string[] = [];
  for (let at = 0; at <= letters.length; at += 1) {
    const before = letters.slice(0, at).join('');
    const after = letters.slice(at + 1).join('');
    const previous = letters[at - 1];
    const [here = '', next = ''] = letters.slice(at);
    // Of letters that are alike, each edit would be made of the first and the second.
    if (here !== '' && here !== previous) {
      edits.push(before + after);
    }
    if (next !== '' && next !== here) {
      edits.push(before + next + here + letters.slice(at + 2).join(''));
    }
    for (const letter of LETTERS) {
      if (letter !== previous) {
        edits.push(before + letter + here + after);
      }
      if (here !== '' && letter !== here) {
        edits.push(before + letter + after);
      }
    }
  }
  return edits;
}
