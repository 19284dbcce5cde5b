import { z } from 'zod';
import {
  explanationPolicySchema,
  explanationSectionSchema,
} from './explanations';
import { entityRefSchema } from './shared';

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
