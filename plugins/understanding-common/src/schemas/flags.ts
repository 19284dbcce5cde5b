import { z } from 'zod';
import {
  entityRefSchema,
  instantSchema,
  pageQueryShape,
  pageSchema,
  reasonSchema,
  repairSchema,
} from './shared';

export const flagSeveritySchema = z.enum(['low', 'medium', 'high']);
export type FlagSeverity = z.infer<typeof flagSeveritySchema>;

export const flagRuleIdSchema = z.enum([
  'no-owner',
  'stale-docs',
  'thin-understanding',
]);
export type FlagRuleId = z.infer<typeof flagRuleIdSchema>;

export const flagStateSchema = z.enum(['open', 'resolved']);
export type FlagState = z.infer<typeof flagStateSchema>;

export const flagSchema = z.object({
  id: z.string(),
  entityRef: entityRefSchema,
  rule: flagRuleIdSchema,
  severity: flagSeveritySchema,
  reasons: z.array(reasonSchema),
  repair: repairSchema,
  since: instantSchema,
  state: flagStateSchema,
});
export type Flag = z.infer<typeof flagSchema>;

/** What a summary carries of a flag. */
export const flagMarkSchema = flagSchema.pick({
  rule: true,
  severity: true,
  since: true,
});
export type FlagMark = z.infer<typeof flagMarkSchema>;

export const listFlagsQuerySchema = z.strictObject({
  ...pageQueryShape,
  rule: flagRuleIdSchema.optional(),
  owner: entityRefSchema.optional(),
  entity: entityRefSchema.optional(),
  state: flagStateSchema.default('open'),
});
export type ListFlagsQuery = z.input<typeof listFlagsQuerySchema>;

export const flagPageSchema = pageSchema(flagSchema);
export type FlagPage = z.infer<typeof flagPageSchema>;
