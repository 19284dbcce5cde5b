import { z } from 'zod';
import { entityRefSchema, instantSchema } from './shared';

export const evidenceKindSchema = z.enum([
  'authored',
  'reviewed',
  'explained',
  'documented',
  'operated',
  'taught',
]);
export type EvidenceKind = z.infer<typeof evidenceKindSchema>;

export const freshnessSchema = z.enum(['fresh', 'fading', 'old']);
export type Freshness = z.infer<typeof freshnessSchema>;

/**
 * `active`: a User of the catalog who belongs to a Group; `left`: a User who was
 * removed from the catalog or belongs to no Group; `not-in-catalog`: a name of a
 * history that no User of the catalog claims.
 */
export const personStatusSchema = z.enum(['active', 'left', 'not-in-catalog']);
export type PersonStatus = z.infer<typeof personStatusSchema>;

export const evidenceSchema = z.object({
  kind: evidenceKindSchema,
  freshness: freshnessSchema,
  latestAt: instantSchema,
  count: z.number().int().positive(),
  url: z.string().optional(),
  /** False where only commit metadata says so, which nobody authenticates. */
  verified: z.boolean(),
});
export type Evidence = z.infer<typeof evidenceSchema>;

export const personUnderstandingSchema = z.object({
  personRef: entityRefSchema.optional(),
  displayName: z.string(),
  status: personStatusSchema,
  active: z.boolean(),
  understands: z.boolean(),
  evidence: z.array(evidenceSchema),
});
export type PersonUnderstanding = z.infer<typeof personUnderstandingSchema>;
