import MarkdownIt from 'markdown-it';
import { withoutFrontMatter } from './frontMatter';

/** A path that a document names, with the line it stands on, from 1. */
export interface Citation {
  readonly text: string;
  readonly path: string;
  readonly line: number;
}

/** A file name with an ending, or something with a slash in it. */
const PATH = /^[\w@.+-]+(?:\/[\w@.+-]+)*\/?$/;
const MAX_CITATIONS = 2000;

// HTML is seen as such, and left alone; nothing is rendered.
const PARSER = new MarkdownIt({ html: true });

/**
 * The paths that a Markdown document cites: code spans and relative links that look
 * like one.
 */
export function readCitations(markdown: string): Citation[] {
  const citations: Citation[] = [];
  let firstLine = 1;
  for (const block of PARSER.parse(withoutFrontMatter(markdown), {})) {
    // The cells of a table have no place of their own; that of their row holds.
    firstLine = block.map ? block.map[0] + 1 : firstLine;
    let line = firstLine;
    for (const token of block.children ?? []) {
      if (token.type === 'softbreak' || token.type === 'hardbreak') {
        line += 1;
      }
      const text =
        token.type === 'code_inline'
          ? token.content
          : token.attrGet('href') ?? undefined;
      const path = text === undefined ? undefined : toPath(text);
      if (text !== undefined && path && citations.length < MAX_CITATIONS) {
        citations.push({ text, path, line });
      }
    }
  }
  return citations;
}

/** The first heading of the first level of a Markdown document. */
export function readTitle(markdown: string): string | undefined {
  const blocks = PARSER.parse(withoutFrontMatter(markdown), {});
  const heading = blocks.findIndex(
    block => block.type === 'heading_open' && block.tag === 'h1',
  );
  return (heading >= 0 && blocks[heading + 1].content) || undefined;
}

function toPath(text: string): string | undefined {
  let path = text
    .trim()
    .replace(/[?#].*$/, '')
    .replace(/:\d+(?:[-:]\d+)?$/, '');
  try {
    path = decodeURIComponent(path);
  } catch {
    return undefined;
  }
  const looksLikePath =
    PATH.test(path) &&
    (path.includes('/') || /\w\.[A-Za-z][A-Za-z0-9]{0,9}$/.test(path));
  return looksLikePath ? path : undefined;
}
