import { z } from 'zod';
import { assessmentResultSchema, rubricSchema } from './assessments';
import {
  explanationPromptSchema,
  explanationQuestionSchema,
  suggestedReviewersSchema,
} from './explanationHints';
import { explanationTextSchema } from './explanationTexts';
import { explanationSchema, participantSchema } from './explanations';
import { entityRefSchema, instantSchema } from './shared';

/**
 * What a change touches, as far as its host told.
 * @public
 */
export const explainedDiffSchema = z.object({
  /** By path; of many, the first. */
  files: z.array(
    z.object({
      path: z.string(),
      previousPath: z.string().optional(),
      status: z.enum(['added', 'modified', 'removed', 'renamed']),
      /** Lines. */
      additions: z.number().int().nonnegative(),
      deletions: z.number().int().nonnegative(),
    }),
  ),
  totalFiles: z.number().int().nonnegative(),
  /** Of all files. */
  additions: z.number().int().nonnegative(),
  deletions: z.number().int().nonnegative(),
  /** Whether the host told of only some of its files. */
  truncated: z.boolean(),
});
/** @public */
export type ExplainedDiff = z.infer<typeof explainedDiffSchema>;

/**
 * One explanation with all that is known of it.
 * @public
 */
export const explanationRecordSchema = explanationSchema.extend({
  /** Paths that the merged change touched, where all are known. */
  sealedFiles: z.array(z.string()).optional(),
  /** What changed since the merge, of that which it is about. */
  changedSince: z
    .array(
      z.object({
        message: z.string(),
        at: instantSchema.optional(),
        /** The dependency that changed. */
        targetRef: entityRefSchema.optional(),
      }),
    )
    .optional(),
  /** What the host shows on the newest head. */
  check: z
    .object({
      headSha: z.string(),
      state: z.enum(['pending', 'success', 'neutral', 'failure']),
      title: z.string(),
      /** Absent until it is written there. */
      writtenAt: instantSchema.optional(),
      /** Why it is not there. */
      problem: z.string().optional(),
    })
    .optional(),
  /** Who let the change through without an accepted explanation, and why. */
  brokenGlass: z
    .array(
      z.object({
        at: instantSchema,
        by: z.enum(['label', 'command']),
        /** For readers who may see names. */
        login: z.string().optional(),
        reason: z.string(),
        headSha: z.string().optional(),
        /** Taken back, or not allowed to; then it lets nothing through. */
        counts: z.boolean(),
      }),
    )
    .optional(),
  /** Absent where nobody has told of it, or there is no change. */
  diff: explainedDiffSchema.optional(),
  /** Whether the reader had a part in it, and somebody else has to assess it. */
  hadPart: z.boolean(),
  prompts: z.array(explanationPromptSchema),
  questions: z.array(explanationQuestionSchema),
  /** Of an open change, for readers who may see names. */
  suggestedReviewers: suggestedReviewersSchema.optional(),
  /** Absent for readers who may not see names. */
  authors: z.array(participantSchema).optional(),
  /** Of every text there was, the latest first. */
  versions: z.array(
    z.object({
      at: instantSchema,
      source: z.enum(['description', 'page']),
      headSha: z.string().optional(),
      /** By which its text is asked for; absent where it says nothing. */
      textId: z.string().optional(),
      /** Its text, of the latest alone: with all of them a record is very large. */
      sections: explanationTextSchema.partial().optional(),
      /** Who wrote it on a page, for readers who may see names. */
      author: participantSchema.optional(),
    }),
  ),
  /** The latest first. */
  assessments: z.array(
    z.object({
      id: z.string(),
      at: instantSchema,
      result: assessmentResultSchema,
      rubric: rubricSchema.optional(),
      note: z.string().optional(),
      headSha: z.string().optional(),
      /** Taken back or edited on the host; then it accepts nothing. */
      withdrawn: z.boolean(),
      /** For readers who may see names. */
      reviewer: participantSchema.optional(),
    }),
  ),
});
/** @public */
export type ExplanationRecord = z.infer<typeof explanationRecordSchema>;

/**
 * What stood in one version of an explanation.
 * @public
 */
export const explanationVersionTextSchema = z.object({
  sections: explanationTextSchema.partial(),
});
/** @public */
export type ExplanationVersionText = z.infer<
  typeof explanationVersionTextSchema
>;

/** @public */
export const createExplanationResponseSchema = explanationRecordSchema.pick({
  id: true,
  state: true,
  prompts: true,
  questions: true,
});
/** @public */
export type CreateExplanationResponse = z.infer<
  typeof createExplanationResponseSchema
>;
