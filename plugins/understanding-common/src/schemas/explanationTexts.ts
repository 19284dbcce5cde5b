import { z } from 'zod';

/** Characters of one section of an explanation; Markdown. */
const MAX_SECTION = 20_000;

/**
 * The parts of an explanation; the first three are needed.
 * @public
 */
export const explanationSectionSchema = z.enum([
  'what',
  'howItFails',
  'why',
  'operate',
  'expected',
]);
/** @public */
export type ExplanationSection = z.infer<typeof explanationSectionSchema>;

const sectionSchema = z.string().max(MAX_SECTION);

const neededSectionSchema = sectionSchema
  .trim()
  .regex(/[\p{L}\p{N}]/u, 'must say something; write at least one word');

/**
 * What a change does, how it can fail, and which alternatives were rejected and why;
 * if wanted, how it is operated and what is expected after its release. Markdown.
 * @public
 */
export const explanationTextSchema = z.object({
  what: neededSectionSchema,
  howItFails: neededSectionSchema,
  why: neededSectionSchema,
  operate: sectionSchema.optional(),
  expected: sectionSchema.optional(),
});
/** @public */
export type ExplanationText = z.infer<typeof explanationTextSchema>;
