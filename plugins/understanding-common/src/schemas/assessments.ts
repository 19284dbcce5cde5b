import { z } from 'zod';
import { explanationTextSchema } from './explanationTexts';

/**
 * Whether an explanation shows `genuine` understanding or `surface` familiarity.
 * @public
 */
export const assessmentResultSchema = z.enum([
  'genuine',
  'surface',
  'not-assessable',
]);
/** @public */
export type AssessmentResult = z.infer<typeof assessmentResultSchema>;

/**
 * What a reviewer looked for: the mechanism is named; a condition and its effect are;
 * an alternative was really rejected; a sign that can be observed is named.
 * @public
 */
export const rubricSchema = z.strictObject({
  mechanism: z.boolean(),
  conditionAndEffect: z.boolean(),
  alternativeRejected: z.boolean(),
  observableSign: z.boolean(),
});
/** @public */
export type Rubric = z.infer<typeof rubricSchema>;

/** @public */
export const createAssessmentRequestSchema = z.strictObject({
  result: assessmentResultSchema,
  rubric: rubricSchema,
  /** As long as a section that may be absent. */
  note: explanationTextSchema.shape.operate,
  /** The head that was looked at; refused where there is another by now. */
  headSha: z.string().toLowerCase().max(64).optional(),
});
/** @public */
export type CreateAssessmentRequest = z.input<
  typeof createAssessmentRequestSchema
>;
