import { z } from 'zod';
import { instantSchema, reasonSchema } from './shared';

/** @public */
export const documentStateSchema = z.enum([
  'fresh',
  'changed-since',
  'contradicted',
  'overdue',
  'missing',
  'unknown',
]);
/** @public */
export type DocumentState = z.infer<typeof documentStateSchema>;

/** @public */
export const documentSchema = z.object({
  id: z.string(),
  path: z.string(),
  title: z.string().optional(),
  url: z.string().optional(),
  state: documentStateSchema,
  reasons: z.array(reasonSchema),
  contentChangedAt: instantSchema,
});
/** @public */
export type Document = z.infer<typeof documentSchema>;
