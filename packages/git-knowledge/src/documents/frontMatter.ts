import { parse } from 'yaml';
import { z } from 'zod';

const FRONT_MATTER = /^\uFEFF?---\r?\n([\s\S]*?)\r?\n---(?:\r?\n|$)/;

/** Every file is held against each. */
const MAX_GLOBS = 100;

const schema = z.object({
  covers: z
    .union([z.string(), z.array(z.string())])
    .transform(value => (typeof value === 'string' ? [value] : value))
    .optional(),
});

/**
 * The globs of `covers:` in a document's YAML front matter; none where it has none, or
 * where it cannot be read; a hundred at most.
 */
export function readCovers(text: string): string[] {
  const match = FRONT_MATTER.exec(text);
  if (!match) {
    return [];
  }
  try {
    const { covers = [] } = schema.parse(parse(match[1], { maxAliasCount: 0 }));
    return covers.slice(0, MAX_GLOBS);
  } catch {
    return [];
  }
}

/** A document with empty lines in place of its front matter. */
export function withoutFrontMatter(text: string): string {
  return text.replace(FRONT_MATTER, matter => matter.replace(/.+/g, ''));
}
