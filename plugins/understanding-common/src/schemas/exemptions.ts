import { z } from 'zod';
import { entityRefSchema, instantSchema } from './shared';

/** Characters of a reason. */
const MAX_REASON = 2000;

/**
 * Leave not to explain the changes of an entity, for a time.
 * @public
 */
export const exemptionSchema = z.object({
  id: z.string(),
  entityRef: entityRefSchema,
  reason: z.string(),
  /** Who answers for it, and set it; for readers who may see names. */
  ownerRef: entityRefSchema.optional(),
  createdBy: entityRefSchema.optional(),
  createdAt: instantSchema,
  /** The first instant at which it holds no more. */
  until: instantSchema,
  /** When it was taken back. */
  endedAt: instantSchema.optional(),
  holds: z.boolean(),
});
/** @public */
export type Exemption = z.infer<typeof exemptionSchema>;

/** @public */
export const createExemptionRequestSchema = z.strictObject({
  entityRef: entityRefSchema,
  reason: z
    .string()
    .trim()
    .max(MAX_REASON)
    .regex(/[\p{L}\p{N}]/u, 'must say why; write at least one word'),
  /** Who answers for it: a User or a Group; the caller, where nobody is named. */
  ownerRef: entityRefSchema
    .regex(/^(user|group):/, 'must be a User or a Group')
    .optional(),
  /** In the future, and at most a year away. */
  until: instantSchema,
});
/** @public */
export type CreateExemptionRequest = z.infer<
  typeof createExemptionRequestSchema
>;

/** @public */
export const listExemptionsQuerySchema = z.strictObject({
  entity: entityRefSchema,
});
/** @public */
export type ListExemptionsQuery = z.infer<typeof listExemptionsQuerySchema>;

/**
 * The latest first, also those that are over.
 * @public
 */
export const exemptionsSchema = z.object({
  items: z.array(exemptionSchema),
  totalItems: z.number().int().nonnegative(),
});
/** @public */
export type Exemptions = z.infer<typeof exemptionsSchema>;
