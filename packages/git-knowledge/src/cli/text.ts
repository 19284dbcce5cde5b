import stringWidth from 'string-width';
import { styleText } from 'node:util';

/** Colours what is said, where there are colours. */
export type Paint = (
  style: 'bold' | 'dim' | 'yellow' | 'red' | 'green',
  text: string,
) => string;

/** @param hasColours - whether whoever reads it sees colours */
export function painter(hasColours: boolean): Paint {
  return (style, text) =>
    hasColours ? styleText(style, text, { validateStream: false }) : text;
}

// Controls, and marks that turn the direction of writing.
const STEERING = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;

/** Without what would steer a terminal: names and paths are anybody's. */
export function printable(text: string): string {
  return text.replace(STEERING, '\ufffd');
}

/** JSON in which nothing steers a terminal, and that says the same. */
export function printableJson(value: object): string {
  return JSON.stringify(value, null, 2).replace(
    /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
    one => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** One line of a table; numbers stand at the right. */
export type Row = ReadonlyArray<string | number>;

const GAP = '  ';
const SHORTEST = 12;

/**
 * Lines in columns, under a heading. On a terminal too narrow for them the first column
 * is shortened in its middle.
 */
export function table(
  heading: readonly string[],
  rows: readonly Row[],
  options: { paint: Paint; columns?: number },
): string[] {
  const { paint, columns = Infinity } = options;
  const cells = rows.map(row =>
    row.map(cell =>
      typeof cell === 'number' ? thousands(cell) : printable(cell),
    ),
  );
  const widths = heading.map((title, column) =>
    cells.reduce(
      (widest, row) => Math.max(widest, stringWidth(row[column] ?? '')),
      stringWidth(title),
    ),
  );
  const total = widths.reduce((sum, width) => sum + width + GAP.length, -2);
  widths[0] = Math.max(
    Math.min(SHORTEST, widths[0]),
    Math.min(widths[0], widths[0] + columns - total),
  );
  const atRight = heading.map((_, column) =>
    rows.some(row => typeof row[column] === 'number'),
  );
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => {
        const text = column === 0 ? shortened(cell, widths[0]) : cell;
        const padding = ' '.repeat(
          Math.max(0, widths[column] - stringWidth(text)),
        );
        return atRight[column] ? padding + text : text + padding;
      })
      .join(GAP)
      .trimEnd();
  return [paint('dim', line(heading)), ...cells.map(line)];
}

function shortened(text: string, width: number): string {
  if (stringWidth(text) <= width) {
    return text;
  }
  const characters = [...text];
  let half = Math.floor((width - 1) / 2);
  let short = text;
  do {
    short = `${characters.slice(0, half).join('')}…${characters
      .slice(-half)
      .join('')}`;
    half -= 1;
  } while (half > 0 && stringWidth(short) > width);
  return short;
}

export function several(count: number, one: string, many = `${one}s`): string {
  return `${thousands(count)} ${count === 1 ? one : many}`;
}

export function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}

export function dayOf(instant: string): string {
  return instant.slice(0, 10);
}

export function thousands(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');
}
