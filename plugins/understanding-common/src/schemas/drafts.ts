import { z } from 'zod';
import { instantSchema } from './shared';

/**
 * What a draft is of; each has one draft of its own.
 * @public
 */
export const draftKeySchema = z.string().trim().min(1).max(1000);

/** @public */
export const draftQuerySchema = z.strictObject({ key: draftKeySchema });

/**
 * A text that its author has not submitted yet. What stands in it is for the form that
 * wrote it; nobody else reads it.
 * @public
 */
export const draftSchema = z.object({
  key: draftKeySchema,
  savedAt: instantSchema,
  content: z.record(z.string(), z.json()),
});
/** @public */
export type Draft = z.infer<typeof draftSchema>;

/** @public */
export const keepDraftRequestSchema = z.strictObject(
  draftSchema.pick({ key: true, content: true }).shape,
);
/** @public */
export type KeepDraftRequest = z.infer<typeof keepDraftRequestSchema>;

/** @public */
export const draftResponseSchema = z.object({
  /** Absent where none is kept. */
  draft: draftSchema.optional(),
});
/** @public */
export type DraftResponse = z.infer<typeof draftResponseSchema>;

/**
 * A draft without what stands in it.
 * @public
 */
export const keptDraftSchema = draftSchema.omit({ content: true });
/** @public */
export type KeptDraft = z.infer<typeof keptDraftSchema>;
