import MarkdownIt from 'markdown-it';
import { MarkdownSection } from '../model';

/** As much as GitHub takes as a description; of longer ones the beginning is read. */
const MAX_LENGTH = 65_536;
/** Parsing takes its time by lines, and nobody reads so many. */
const MAX_LINES = 5000;

// Only blocks are needed: what is in a paragraph stays as it is written. Definitions of
// links cannot hold headings, and cost time where they are hostile.
const markdown = new MarkdownIt('commonmark').disable('reference');
markdown.core.ruler.enableOnly(['normalize', 'block']);

/**
 * The headings of a text with what stands below each. Headings inside of quotes, lists
 * and code are none of its own. HTML comments, such as those of a template, are left
 * out wherever they are not in a block of code.
 * @public
 */
export function readSections(text: string): MarkdownSection[] {
  const lines = text
    .slice(0, MAX_LENGTH)
    .replace(/\r\n?/g, '\n')
    .split('\n', MAX_LINES);
  const tokens = markdown.parse(lines.join('\n'), {});
  const code = new Set<number>();
  const headings: Array<{
    level: number;
    heading: string;
    map: [number, number];
  }> = [];
  tokens.forEach(({ type, tag, level, map }, index) => {
    if (!map) {
      return;
    }
    if (type === 'fence' || type === 'code_block') {
      for (let line = map[0]; line < map[1]; line++) {
        code.add(line);
      }
    } else if (type === 'heading_open' && level === 0) {
      headings.push({
        level: Number(tag.slice(1)),
        heading: withoutComments(
          tokens[index + 1].content.split('\n'),
          () => false,
        ),
        map,
      });
    }
  });
  const isCode = (line: number) => code.has(line);
  const bodyOf = (start: number, end = lines.length) =>
    withoutComments(lines.slice(start, end), line =>
      isCode(start + line),
    ).trim();
  return [
    { level: 0, heading: '', body: bodyOf(0, headings[0]?.map[0]) },
    ...headings.map(({ level, heading, map }, index) => ({
      level,
      heading,
      body: bodyOf(map[1], headings[index + 1]?.map[0]),
    })),
  ];
}

/** A comment that is never closed hides all that follows, as it does on the host. */
function withoutComments(
  lines: readonly string[],
  isCode: (line: number) => boolean,
): string {
  let inComment = false;
  const kept: string[] = [];
  lines.forEach((line, number) => {
    if (isCode(number) && !inComment) {
      kept.push(line);
      return;
    }
    let shown = '';
    let place = 0;
    while (place < line.length) {
      const next = line.indexOf(inComment ? '-->' : '<!--', place);
      const end = next < 0 ? line.length : next;
      shown += inComment ? '' : line.slice(place, end);
      place = next < 0 ? line.length : next + (inComment ? 3 : 4);
      inComment = next < 0 ? inComment : !inComment;
    }
    kept.push(shown);
  });
  return kept.join('\n');
}
