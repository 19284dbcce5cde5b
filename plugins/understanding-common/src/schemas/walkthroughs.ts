import { z } from 'zod';
import { assessmentResultSchema, rubricSchema } from './assessments';
import {
  explanationSchema,
  explanationStateSchema,
  participantSchema,
} from './explanations';
import { entityRefSchema, instantSchema, planeSchema } from './shared';

/** Characters of one answer; Markdown. */
const MAX_ANSWER = 20_000;
/** Questions that a walkthrough may have, those of earlier dependencies included. */
const MAX_ANSWERS = 60;

/**
 * What everybody who operates an entity should be able to say of it.
 * @public
 */
export const walkthroughQuestionSchema = z.object({
  /** E.g. `load`, or `gone resource:default/ledger-db`. */
  key: z.string(),
  question: z.string(),
  /** Why it is asked here, from the graph. */
  reason: z.string(),
  /** The dependency that it is about. */
  targetRef: entityRefSchema.optional(),
});
/** @public */
export type WalkthroughQuestion = z.infer<typeof walkthroughQuestionSchema>;

/** @public */
export const walkthroughAnswerSchema = z.strictObject({
  key: z.string().min(1).max(300),
  /** As it was asked then. */
  question: z.string().min(1).max(1000),
  answer: z.string().max(MAX_ANSWER),
});
/** @public */
export type WalkthroughAnswer = z.infer<typeof walkthroughAnswerSchema>;

/** @public */
export const writeWalkthroughRequestSchema = z.strictObject({
  /** The version that was read; 0 where there was none. */
  readVersion: z.number().int().nonnegative(),
  answers: z.array(walkthroughAnswerSchema).min(1).max(MAX_ANSWERS),
});
/** @public */
export type WriteWalkthroughRequest = z.infer<
  typeof writeWalkthroughRequestSchema
>;

/** @public */
export const assessWalkthroughRequestSchema = z.strictObject({
  /** The version that was looked at; refused where there is another by now. */
  version: z.number().int().positive(),
  result: assessmentResultSchema,
  rubric: rubricSchema,
  note: z.string().max(MAX_ANSWER).optional(),
});
/** @public */
export type AssessWalkthroughRequest = z.infer<
  typeof assessWalkthroughRequestSchema
>;

/**
 * Whether a record helped its reader. It weighs on the record, and on nobody.
 * @public
 */
export const readingRequestSchema = z.strictObject({ helped: z.boolean() });
/** @public */
export type ReadingRequest = z.infer<typeof readingRequestSchema>;

/**
 * How many readers a record helped; never who.
 * @public
 */
export const readingsSchema = z.object({
  helped: z.number().int().nonnegative(),
  notHelped: z.number().int().nonnegative(),
  /** What the reader said before. */
  mine: z.boolean().optional(),
});
/** @public */
export type Readings = z.infer<typeof readingsSchema>;

/**
 * The explanation of a whole entity, with the questions that are asked of it now.
 * @public
 */
export const walkthroughSchema = z.object({
  entityRef: entityRefSchema,
  /** `stale` where it has fallen due. */
  state: explanationStateSchema,
  questions: z.array(walkthroughQuestionSchema),
  /** Why it has to be gone through again. */
  due: z.array(z.string()),
  /** When it falls due by time alone. */
  dueAt: instantSchema.optional(),
  /** Merged since it was written or confirmed; of many, at least so many. */
  significantChanges: z.number().int().nonnegative(),
  /** Whether the reader wrote any of it, and somebody else has to assess it. */
  hadPart: z.boolean(),
  readings: readingsSchema,
  /** The latest first. */
  versions: z.array(
    z.object({
      version: z.number().int().positive(),
      at: instantSchema,
      answers: z.array(walkthroughAnswerSchema),
      /** For readers who may see names. */
      author: participantSchema.optional(),
    }),
  ),
  /** The latest first. */
  assessments: z.array(
    z.object({
      id: z.string(),
      at: instantSchema,
      version: z.number().int().positive(),
      result: assessmentResultSchema,
      rubric: rubricSchema,
      note: z.string().optional(),
      /** For readers who may see names. */
      reviewer: participantSchema.optional(),
    }),
  ),
});
/** @public */
export type Walkthrough = z.infer<typeof walkthroughSchema>;

/**
 * What a newcomer reads after the walkthrough: the last records of each plane and each
 * dependency.
 * @public
 */
export const readingPathSchema = z.object({
  walkthrough: walkthroughSchema.pick({ state: true, due: true }),
  groups: z.array(
    z.object({
      plane: planeSchema.optional(),
      /** A dependency. */
      targetRef: entityRefSchema.optional(),
      items: z.array(
        z.object({ explanation: explanationSchema, readings: readingsSchema }),
      ),
    }),
  ),
});
/** @public */
export type ReadingPath = z.infer<typeof readingPathSchema>;
