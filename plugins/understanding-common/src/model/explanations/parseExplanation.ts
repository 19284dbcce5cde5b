import {
  ExplanationSection,
  ExplanationText,
  explanationSectionSchema,
} from '../../schemas';
import { comparable } from './plainText';

/**
 * A heading of a description with what stands below it, up to the next heading of
 * any level. What stands before the first heading has level 0.
 * @public
 */
export interface MarkdownSection {
  /** From 1 to 6. */
  readonly level: number;
  readonly heading: string;
  /** Markdown, without comments. */
  readonly body: string;
}

/**
 * The names under which an organisation, in its languages, asks for each section.
 * @public
 */
export type ExplanationHeadings = Readonly<
  Record<ExplanationSection, readonly string[]>
>;

/**
 * What the sections are called, in the order in which they are read.
 * @public
 */
export const sectionNames: Readonly<Record<ExplanationSection, string>> = {
  what: 'What this change does',
  howItFails: 'How it can fail',
  why: 'Why this way',
  operate: 'How to operate it',
  expected: 'What I expect to see after release',
};

/** @public */
export const defaultHeadings: ExplanationHeadings = {
  what: [sectionNames.what],
  howItFails: [sectionNames.howItFails],
  why: [sectionNames.why],
  operate: [sectionNames.operate],
  expected: [sectionNames.expected],
};

/** @public */
export const neededSections = ['what', 'howItFails', 'why'] as const;

/**
 * Images, of which only the words that stand for them say anything, and tags of HTML.
 * Each alternative ends where the next one could begin, so that time is linear.
 */
const WORDLESS =
  /!\[([^[\]]*)\]\([^()]*\)|<\/?[a-z][a-z0-9-]*(?:\s[^<>]*)?\/?>/gi;

/** Characters of one section that are kept; as many as may be written on a page. */
const MAX_SECTION = 20_000;

/**
 * What a description explains.
 * @public
 */
export interface ParsedExplanation {
  /** What stands there, also where sections are missing. */
  readonly sections: Partial<Record<ExplanationSection, string>>;
  /** All of it; absent where a section that is needed says nothing. */
  readonly text?: ExplanationText;
  /** Sections that are needed and say nothing. */
  readonly missing: readonly ExplanationSection[];
  /** Sections of which only the beginning is kept. */
  readonly cut: readonly ExplanationSection[];
}

/**
 * Finds the sections of an explanation by their headings, of whatever level. Headings
 * below one that is found belong to it; one that occurs twice has all that stands
 * below both.
 * @public
 */
export function parseExplanation(
  description: readonly MarkdownSection[],
  headings: ExplanationHeadings = defaultHeadings,
): ParsedExplanation {
  const names = new Map<string, ExplanationSection>();
  for (const section of explanationSectionSchema.options) {
    for (const name of headings[section]) {
      names.set(comparable(name), section);
    }
  }
  const found = new Map<ExplanationSection, string[]>();
  let open: { section: ExplanationSection; level: number } | undefined;
  for (const { level, heading, body } of description) {
    const section = level > 0 ? names.get(comparable(heading)) : undefined;
    const inside = open && level > open.level ? open.section : undefined;
    const part = section ? body : `${'#'.repeat(level)} ${heading}\n\n${body}`;
    if (section) {
      open = { section, level };
    } else if (!inside) {
      open = undefined;
    }
    const owner = section ?? inside;
    if (owner) {
      found.set(owner, [...(found.get(owner) ?? []), part.trim()]);
    }
  }
  return toExplanation(found);
}

function toExplanation(
  found: ReadonlyMap<ExplanationSection, readonly string[]>,
): ParsedExplanation {
  const sections: Partial<Record<ExplanationSection, string>> = {};
  const cut: ExplanationSection[] = [];
  for (const section of explanationSectionSchema.options) {
    const whole = (found.get(section) ?? []).join('\n\n').trim();
    if (comparable(whole.replace(WORDLESS, ' $1 ')) !== '') {
      sections[section] = beginning(whole);
      if (whole.length > MAX_SECTION) {
        cut.push(section);
      }
    }
  }
  const missing = neededSections.filter(section => !sections[section]);
  const { what, howItFails, why } = sections;
  return {
    sections,
    text:
      what && howItFails && why
        ? { ...sections, what, howItFails, why }
        : undefined,
    missing,
    cut,
  };
}

/** Not half of a character that is written as two. */
function beginning(text: string): string {
  const kept = text.slice(0, MAX_SECTION);
  return /[\ud800-\udbff]$/.test(kept) ? kept.slice(0, -1) : kept;
}
