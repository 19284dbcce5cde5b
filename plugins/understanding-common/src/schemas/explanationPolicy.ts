import { z } from 'zod';
import { explanationSectionSchema } from './explanationTexts';
import { entityRefSchema } from './shared';

/**
 * When an explanation is asked for.
 * @public
 */
export const explanationPolicySchema = z.enum([
  'always',
  'ai-assisted',
  'never',
]);
/** @public */
export type ExplanationPolicy = z.infer<typeof explanationPolicySchema>;

/**
 * What a missing explanation does to a change on its host: nothing is said of it; a check
 * is shown that says so and claims nothing; or one is shown that fails.
 * @public
 */
export const explanationGateSchema = z.enum(['off', 'advisory', 'blocking']);
/** @public */
export type ExplanationGate = z.infer<typeof explanationGateSchema>;

/** @public */
export const explanationPolicyQuerySchema = z.strictObject({
  /** Without one, what holds where an entity does not say it. */
  entity: entityRefSchema.optional(),
});
/** @public */
export type ExplanationPolicyQuery = z.input<
  typeof explanationPolicyQuerySchema
>;

/**
 * When explanations are asked for, and under which headings descriptions have them.
 * @public
 */
export const explanationPolicyResponseSchema = z.object({
  policy: explanationPolicySchema,
  inWords: z.string(),
  headings: z.record(explanationSectionSchema, z.string()),
});
/** @public */
export type ExplanationPolicyResponse = z.infer<
  typeof explanationPolicyResponseSchema
>;
