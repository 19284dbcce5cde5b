import { ExplanationSighting, WrittenExplanation } from './explanationFacts';

/** By time; of one instant, only what the host said when it was asked. */
export function settled(
  sightings: readonly ExplanationSighting[],
): ExplanationSighting[] {
  const asked = new Set(sightings.filter(one => one.asked).map(one => one.at));
  return sightings
    .filter(one => one.asked || !asked.has(one.at))
    .sort((a, b) => compare(a.at, b.at) || compare(keyOf(a), keyOf(b)));
}

function keyOf({ code, text }: ExplanationSighting): string {
  return `${code} ${text ?? ''}`;
}

interface Text {
  readonly at: string;
  readonly text: string;
  readonly written: boolean;
}

/** Texts by when they came; a description says the same until it is edited. */
export function textsOf(
  shown: readonly ExplanationSighting[],
  written: readonly WrittenExplanation[],
): Text[] {
  const described = shown.flatMap(({ at, text }, index): Text[] =>
    text !== undefined && shown[index - 1]?.text !== text
      ? [{ at, text, written: false }]
      : [],
  );
  return [
    ...described,
    ...written.map(one => ({ ...one, written: true })),
  ].sort(
    (a, b) =>
      compare(a.at, b.at) ||
      Number(a.written) - Number(b.written) ||
      compare(a.text, b.text),
  );
}

/** The last text; one of a description only as long as it stands there. */
export function standingText(
  texts: readonly Text[],
  described: string | undefined,
): string | undefined {
  return texts
    .filter(one => one.written || one.text === described)
    .map(one => one.text)
    .pop();
}

export function compare(a: string, b: string): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}
