/**
 * Letters of other scripts that look like Latin ones, from the confusables of Unicode
 * Technical Standard 39; both sides of a comparison are folded, so that nothing is
 * lost in languages that are written with them.
 */
const LOOK_ALIKES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    // Cyrillic
    а: 'a',
    в: 'b',
    е: 'e',
    һ: 'h',
    і: 'i',
    ј: 'j',
    к: 'k',
    м: 'm',
    н: 'h',
    о: 'o',
    р: 'p',
    ѕ: 's',
    с: 'c',
    т: 't',
    у: 'y',
    х: 'x',
    ԁ: 'd',
    ԛ: 'q',
    ԝ: 'w',
    // Greek
    α: 'a',
    ι: 'i',
    κ: 'k',
    ν: 'v',
    ο: 'o',
    ρ: 'p',
    τ: 't',
    υ: 'u',
    χ: 'x',
  }),
);

/**
 * A text as it is compared: compatible forms are one, what nobody sees is gone, case
 * and look-alikes do not count, and what is no letter or digit only separates words.
 * @public
 */
export function comparable(text: string): string {
  const seen = text
    .normalize('NFKC')
    .replace(/[\p{Cf}\p{Mn}\u{115f}\u{1160}\u{3164}\u{ffa0}]/gu, '')
    .toLowerCase();
  return [...seen]
    .map(letter => LOOK_ALIKES.get(letter) ?? letter)
    .join('')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/**
 * The words of a text, as {@link comparable} has them.
 * @public
 */
export function wordsOf(text: string): string[] {
  const plain = comparable(text);
  return plain === '' ? [] : plain.split(' ');
}
