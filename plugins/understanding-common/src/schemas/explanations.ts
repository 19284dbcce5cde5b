import { z } from 'zod';
import { explanationTextSchema } from './explanationTexts';
import { aiAssistanceSchema } from './ingest';
import {
  entityRefSchema,
  instantSchema,
  pageQueryShape,
  pageSchema,
  planeSchema,
} from './shared';

/**
 * `missing`: nobody has explained it; `submitted`: it waits for a reviewer; `accepted`:
 * a reviewer found that it shows understanding; `returned`: one found that it does
 * not; `stale`: what it explains has changed since.
 * @public
 */
export const explanationStateSchema = z.enum([
  'missing',
  'submitted',
  'accepted',
  'returned',
  'stale',
]);
/** @public */
export type ExplanationState = z.infer<typeof explanationStateSchema>;

/**
 * An https or http address.
 * @public
 */
export const webUrlSchema = z
  .url({ protocol: /^https?$/, error: 'must be a URL with https or http' })
  .max(2000);

/**
 * The change that is explained, by where its host shows it.
 * @public
 */
export const explainedChangeSchema = z.strictObject({
  /** E.g. `github.com`. */
  host: z.string().trim().toLowerCase().min(1).max(255),
  /** E.g. `acme/shop`. */
  repository: z.string().trim().toLowerCase().min(1).max(1000),
  number: z.number().int().positive().max(2_147_483_647),
  url: webUrlSchema,
  headSha: z
    .string()
    .toLowerCase()
    .regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/, 'must be a whole commit hash'),
});
/** @public */
export type ExplainedChange = z.infer<typeof explainedChangeSchema>;

/** @public */
export const createExplanationRequestSchema = z.strictObject({
  ...explanationTextSchema.shape,
  change: explainedChangeSchema.optional(),
  entityRefs: z.array(entityRefSchema).min(1).max(200),
  planes: z.array(planeSchema).max(3).optional(),
  aiAssistance: aiAssistanceSchema.default('unknown'),
});
/** @public */
export type CreateExplanationRequest = z.input<
  typeof createExplanationRequestSchema
>;

/**
 * Who had a part in something: a person of the catalog, or an account of a host.
 * @public
 */
export const participantSchema = z.object({
  personRef: entityRefSchema.optional(),
  displayName: z.string(),
});
/** @public */
export type Participant = z.infer<typeof participantSchema>;

/**
 * An explanation, as lists show it.
 * @public
 */
export const explanationSchema = z.object({
  id: z.string(),
  state: explanationStateSchema,
  /** Absent for what is explained without a change. */
  change: explainedChangeSchema
    .extend({ title: z.string().optional() })
    .optional(),
  entityRefs: z.array(entityRefSchema),
  planes: z.array(planeSchema),
  aiAssistance: aiAssistanceSchema,
  /** Whether an explanation is asked for, and why or why not. */
  required: z.boolean(),
  because: z.string(),
  /** How it was when the change was merged. */
  sealed: z
    .object({
      at: instantSchema,
      state: explanationStateSchema,
      /** The merge commit, where the host tells it. */
      mergeSha: z.string().optional(),
      /** 1 + log10(1 + changed lines); absent until its files are known. */
      weight: z.number().optional(),
    })
    .optional(),
  /** Opened by a merge without an accepted explanation. */
  debt: z.enum(['open', 'paid']).optional(),
  /** The one that stands now; in lists, only where texts were asked for. */
  text: explanationTextSchema.optional(),
  createdAt: instantSchema,
  updatedAt: instantSchema,
});
/** @public */
export type Explanation = z.infer<typeof explanationSchema>;

/** @public */
export const listExplanationsQuerySchema = z.strictObject({
  ...pageQueryShape,
  entity: entityRefSchema.optional(),
  /** A User of the catalog. */
  author: entityRefSchema.optional(),
  state: explanationStateSchema.optional(),
  changeUrl: webUrlSchema.optional(),
  /** Said of the explanation, or of an entity that it explains. */
  plane: planeSchema.optional(),
  aiAssistance: aiAssistanceSchema.optional(),
  /** With their texts, as for a search index. */
  texts: z.literal('true').optional(),
  /** The other end of a dependency that the change is about. */
  edgeTo: entityRefSchema.optional(),
});
/** @public */
export type ListExplanationsQuery = z.input<typeof listExplanationsQuerySchema>;

/** @public */
export const explanationPageSchema = pageSchema(explanationSchema);
/** @public */
export type ExplanationPage = z.infer<typeof explanationPageSchema>;

/**
 * What waits for the caller: as an author, changes that are open or owe an
 * explanation; as a reviewer, explanations of open changes that nobody has accepted
 * yet, where the caller's review was asked for or given before.
 * @public
 */
export const listMyExplanationsQuerySchema = z.strictObject({
  ...pageQueryShape,
  as: z.enum(['author', 'reviewer']).default('author'),
});
/** @public */
export type ListMyExplanationsQuery = z.input<
  typeof listMyExplanationsQuerySchema
>;
