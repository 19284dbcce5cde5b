import { z } from 'zod';
import { explanationSchema, participantSchema } from './explanations';
import {
  entityRefSchema,
  instantSchema,
  pageQueryShape,
  pageSchema,
} from './shared';

/**
 * An explanation that an entity owes, since a change of it was merged without an
 * accepted one; paid by one that was accepted later, or by a session in which the
 * change was taught.
 * @public
 */
export const explanationDebtSchema = z.object({
  explanation: explanationSchema,
  entityRef: entityRefSchema,
  entityTitle: z.string(),
  ownerRef: entityRefSchema.optional(),
  ownerTitle: z.string().optional(),
  state: z.enum(['open', 'paid']),
  /** When the change was merged. */
  openedAt: instantSchema,
  paidAt: instantSchema.optional(),
  paidBy: z.enum(['explanation', 'taught-session']).optional(),
  /** The session, as long as it is kept. */
  session: z
    .object({ at: instantSchema, url: z.string().optional() })
    .optional(),
});
/** @public */
export type ExplanationDebt = z.infer<typeof explanationDebtSchema>;

/** @public */
export const listExplanationDebtsQuerySchema = z.strictObject({
  ...pageQueryShape,
  entity: entityRefSchema.optional(),
  owner: entityRefSchema.optional(),
  state: z.enum(['open', 'paid']).default('open'),
});
/** @public */
export type ListExplanationDebtsQuery = z.input<
  typeof listExplanationDebtsQuerySchema
>;

/** @public */
export const explanationDebtPageSchema = pageSchema(explanationDebtSchema);
/** @public */
export type ExplanationDebtPage = z.infer<typeof explanationDebtPageSchema>;

/** @public */
export const explanationDebtOverviewQuerySchema = z.strictObject({
  by: z.enum(['team', 'system']).default('team'),
});
/** @public */
export type ExplanationDebtOverviewQuery = z.input<
  typeof explanationDebtOverviewQuerySchema
>;

/**
 * The debts of all entities of a team or system; those with the most open ones first.
 * @public
 */
export const explanationDebtOverviewSchema = z.object({
  items: z.array(
    z.object({
      /** Absent for entities that have none. */
      ref: entityRefSchema.optional(),
      title: z.string().optional(),
      open: z.number().int().nonnegative(),
      paid: z.number().int().nonnegative(),
      /** When the oldest open one was opened. */
      oldestAt: instantSchema.optional(),
    }),
  ),
  totalItems: z.number().int().nonnegative(),
});
/** @public */
export type ExplanationDebtOverview = z.infer<
  typeof explanationDebtOverviewSchema
>;

/** @public */
export const listTaughtSessionsQuerySchema = z.strictObject({
  /** To which the explanation is owed. */
  entity: entityRefSchema,
});
/** @public */
export type ListTaughtSessionsQuery = z.infer<
  typeof listTaughtSessionsQuerySchema
>;

/**
 * Sessions in which an entity was taught since a change of it was merged, each of
 * which may pay for that change; the latest first.
 * @public
 */
export const taughtSessionsSchema = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      at: instantSchema,
      url: z.string().optional(),
      /** For readers who may see names. */
      taughtBy: participantSchema.optional(),
    }),
  ),
});
/** @public */
export type TaughtSessions = z.infer<typeof taughtSessionsSchema>;

/**
 * That a change was taught in a session.
 * @public
 */
export const payDebtRequestSchema = z.strictObject({
  entityRef: entityRefSchema,
  sessionId: z.string().min(1).max(64),
});
/** @public */
export type PayDebtRequest = z.infer<typeof payDebtRequestSchema>;
