import { z } from 'zod';
import {
  entityRefSchema,
  instantSchema,
  reasonSchema,
  repairSchema,
} from './shared';

/**
 * Why an entity is not ready to be operated, and the cheapest honest repair.
 * @public
 */
export const operabilityReasonSchema = reasonSchema.extend({
  repair: repairSchema,
});
/** @public */
export type OperabilityReason = z.infer<typeof operabilityReasonSchema>;

/**
 * Whether an entity is ready to be operated, by rule.
 * @public
 */
export const operabilitySchema = z.object({
  entityRef: entityRefSchema,
  state: z.enum(['operable', 'not-operable', 'unknown']),
  /** Each of them alone makes it not operable. */
  reasons: z.array(operabilityReasonSchema),
  /** What cannot be seen, in words. */
  unseen: z.array(z.string()),
  /** When what this rests on was assessed. */
  computedAt: instantSchema,
});
/** @public */
export type Operability = z.infer<typeof operabilitySchema>;
