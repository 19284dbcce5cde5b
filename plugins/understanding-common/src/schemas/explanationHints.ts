import { z } from 'zod';
import { edgeTypeSchema } from './edges';
import { entityRefSchema } from './shared';

/**
 * What a reviewer should look at; it decides nothing.
 * @public
 */
export const explanationPromptSchema = z.object({
  rule: z.enum([
    'empty',
    'cut',
    'restates-title',
    'restates-commits',
    'names-nothing',
    'near-duplicate',
    'no-failure-modes',
  ]),
  message: z.string(),
  url: z.string().optional(),
});
/** @public */
export type ExplanationPrompt = z.infer<typeof explanationPromptSchema>;

/**
 * What a reviewer could ask, and why just that.
 * @public
 */
export const explanationQuestionSchema = z.object({
  question: z.string(),
  reason: z.string(),
  edge: z
    .object({
      sourceRef: entityRefSchema,
      type: edgeTypeSchema,
      targetRef: entityRefSchema,
    })
    .optional(),
  file: z.string().optional(),
});
/** @public */
export type ExplanationQuestion = z.infer<typeof explanationQuestionSchema>;

const suggestedReviewerSchema = z.object({
  /** Absent where there is nobody to suggest. */
  person: z
    .object({ personRef: entityRefSchema, displayName: z.string() })
    .optional(),
  /** Why this person, or why nobody, in words. */
  reason: z.string(),
});

/**
 * Who could review an open change, so that what one knows spreads: whoever knows most
 * of what it touches, and whoever would learn most where understanding is thin.
 * @public
 */
export const suggestedReviewersSchema = z.object({
  knows: suggestedReviewerSchema,
  learns: suggestedReviewerSchema,
});
/** @public */
export type SuggestedReviewers = z.infer<typeof suggestedReviewersSchema>;
