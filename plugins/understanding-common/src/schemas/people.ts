import { z } from 'zod';
import { entityRefSchema, instantSchema } from './shared';

/** @public */
export const evidenceKindSchema = z.enum([
  'authored',
  'reviewed',
  'explained',
  'documented',
  'operated',
  'taught',
]);
/** @public */
export type EvidenceKind = z.infer<typeof evidenceKindSchema>;

/** @public */
export const freshnessSchema = z.enum(['fresh', 'fading', 'old']);
/** @public */
export type Freshness = z.infer<typeof freshnessSchema>;

/**
 * `active`: a User of the catalog who belongs to a Group; `left`: a User who was
 * removed from the catalog or belongs to no Group; `not-in-catalog`: a name of a
 * history that no User of the catalog claims.
 * @public
 */
export const personStatusSchema = z.enum(['active', 'left', 'not-in-catalog']);
/** @public */
export type PersonStatus = z.infer<typeof personStatusSchema>;

/** @public */
export const evidenceSchema = z.object({
  kind: evidenceKindSchema,
  freshness: freshnessSchema,
  latestAt: instantSchema,
  count: z.number().int().positive(),
  url: z.string().optional(),
  /** False where only commit metadata says so, which nobody authenticates. */
  verified: z.boolean(),
});
/** @public */
export type Evidence = z.infer<typeof evidenceSchema>;

/** @public */
export const personUnderstandingSchema = z.object({
  personRef: entityRefSchema.optional(),
  displayName: z.string(),
  status: personStatusSchema,
  active: z.boolean(),
  understands: z.boolean(),
  evidence: z.array(evidenceSchema),
});
/** @public */
export type PersonUnderstanding = z.infer<typeof personUnderstandingSchema>;
