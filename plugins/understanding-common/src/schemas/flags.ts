import { z } from 'zod';
import {
  entityRefSchema,
  instantSchema,
  pageQueryShape,
  pageSchema,
  reasonSchema,
  repairSchema,
} from './shared';

/** @public */
export const flagSeveritySchema = z.enum(['low', 'medium', 'high']);
/** @public */
export type FlagSeverity = z.infer<typeof flagSeveritySchema>;

/** @public */
export const flagRuleIdSchema = z.enum([
  'expiring-assumption',
  'no-owner',
  'stale-docs',
  'thin-understanding',
  'unanswered-dependency',
  'undeclared-dependency',
  'unprevented-failure',
  'unseen-dependency',
]);
/** @public */
export type FlagRuleId = z.infer<typeof flagRuleIdSchema>;

/** @public */
export const flagStateSchema = z.enum(['open', 'resolved']);
/** @public */
export type FlagState = z.infer<typeof flagStateSchema>;

/** @public */
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
/** @public */
export type Flag = z.infer<typeof flagSchema>;

/**
 * What a summary carries of a flag.
 * @public
 */
export const flagMarkSchema = flagSchema.pick({
  rule: true,
  severity: true,
  since: true,
});
/** @public */
export type FlagMark = z.infer<typeof flagMarkSchema>;

/** @public */
export const listFlagsQuerySchema = z.strictObject({
  ...pageQueryShape,
  rule: flagRuleIdSchema.optional(),
  owner: entityRefSchema.optional(),
  entity: entityRefSchema.optional(),
  state: flagStateSchema.default('open'),
});
/** @public */
export type ListFlagsQuery = z.input<typeof listFlagsQuerySchema>;

/** @public */
export const flagPageSchema = pageSchema(flagSchema);
/** @public */
export type FlagPage = z.infer<typeof flagPageSchema>;
