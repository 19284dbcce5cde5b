import { AssessmentResult, assessmentResultSchema } from '../../schemas';

/** Characters of a note that are kept. */
const MAX_NOTE = 20_000;

/**
 * What `/understanding genuine|surface|not-assessable [note]` says, at the beginning of
 * a comment or review; the note may go on over the lines that follow.
 *
 * @returns undefined where it is no such command
 * @public
 */
export function assessmentCommand(
  body: string,
): { result: AssessmentResult; note?: string } | undefined {
  const [, word, rest] =
    /^\s*\/understanding[ \t]+([a-z-]+)(?![^\s])([\s\S]*)$/i.exec(
      body.slice(0, MAX_NOTE),
    ) ?? [];
  const result = assessmentResultSchema.safeParse(word?.toLowerCase());
  return result.success
    ? { result: result.data, note: rest.trim() || undefined }
    : undefined;
}
