import {
  ExplanationHeadings,
  HostChange,
  ParsedExplanation,
  parseExplanation,
} from '../model';
import { readSections } from './readSections';

/**
 * What the description of a change explains; a bot explains nothing, whatever it writes.
 * @public
 */
export function explanationIn(
  change: {
    readonly description: string;
    readonly author?: Pick<NonNullable<HostChange['author']>, 'bot'>;
  },
  headings: ExplanationHeadings,
): ParsedExplanation {
  return parseExplanation(
    change.author?.bot ? [] : readSections(change.description),
    headings,
  );
}
