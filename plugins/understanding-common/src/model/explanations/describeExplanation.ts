import {
  AiAssistance,
  ExplanationSection,
  explanationSectionSchema,
} from '../../schemas';
import { neededSections } from './parseExplanation';

const NEEDED: readonly ExplanationSection[] = neededSections;

/**
 * An explanation as the description of a change, to be read again from there.
 *
 * @param headings - by which descriptions are read here
 * @returns Markdown
 * @public
 */
export function describeExplanation(
  sections: Partial<Record<ExplanationSection, string>>,
  aiAssistance: AiAssistance,
  headings: Readonly<Record<ExplanationSection, string>>,
): string {
  return [
    ...(aiAssistance === 'unknown' ? [] : [`AI assistance: ${aiAssistance}`]),
    ...explanationSectionSchema.options
      .filter(section => sections[section]?.trim() || NEEDED.includes(section))
      .map(section =>
        `## ${headings[section]}\n\n${sections[section]?.trim() ?? ''}`.trim(),
      ),
    '',
  ].join('\n\n');
}
