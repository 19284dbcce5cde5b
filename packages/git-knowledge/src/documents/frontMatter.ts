import { parse } from 'yaml';
import { z } from 'zod';

const FRONT_MATTER = /^\uFEFF?---\r?\n([\s\S]*?)\r?\n---(?:\r?\n|$)/;

const schema = z.object({
  covers: z
    .union([z.string(), z.array(z.string())])
    .transform(value => (typeof value === 'string' ? [value] : value))
    .optional(),
});

/**
 * The globs of `covers:` in a document's YAML front matter; none where it has none, or
 * where it cannot be read.
 */
export function readCovers(text: string): string[] {
  const match = FRONT_MATTER.exec(text);
  if (!match) {
    return [];
  }
  try {
    return schema.parse(parse(match[1], { maxAliasCount: 0 })).covers ?? [];
  } catch {
    return [];
  }
}

/** A document with empty lines in place of its front matter. */
export function withoutFrontMatter(text: string): string {
  return text.replace(FRONT_MATTER, matter => matter.replace(/.+/g, ''));
}
