import {
  ExplanationHeadings,
  HostChange,
  ParsedExplanation,
  explanationIn,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { createHash } from 'node:crypto';

/** The digest that stands for a text which says nothing. */
export const NO_TEXT = '';

/** What the description of a change explains, and its digest. */
export function explanationOf(
  change: HostChange,
  headings: ExplanationHeadings,
): {
  digest: string;
  parsed: ParsedExplanation;
} {
  const parsed = explanationIn(change, headings);
  return { digest: digestOf(parsed), parsed };
}

/** The same for texts that say the same, to the letter. */
export function digestOf({ sections }: ParsedExplanation): string {
  const { what, howItFails, why, operate, expected } = sections;
  const parts = [what, howItFails, why, operate, expected];
  return parts.every(part => part === undefined)
    ? NO_TEXT
    : createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
