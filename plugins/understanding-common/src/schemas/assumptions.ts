import { z } from 'zod';
import { differenceSchema } from './failureModes';
import {
  entityRefSchema,
  instantSchema,
  linkSchema,
  pageQueryShape,
  pageSchema,
} from './shared';

const text = z.string().trim().min(1, 'must say something').max(2000);

/**
 * What an assumption rests on.
 * @public
 */
export const basisSchema = z.enum([
  'measured',
  'vendor',
  'estimate',
  'inherited',
]);
/** @public */
export type Basis = z.infer<typeof basisSchema>;

const contentShape = {
  statement: text,
  basis: basisSchema,
  /** What would show that it does not hold. */
  refutedBy: text,
  /** The number of a limit, such as of file descriptors, and how close one came. */
  limit: z
    .strictObject({
      value: z.number(),
      unit: z.string().trim().min(1).max(50),
      observedPeak: z.number().optional(),
      observedAt: instantSchema.optional(),
      /** Where the peak can be looked up. */
      source: z.string().trim().max(500).optional(),
    })
    .optional(),
  /** Until when it has to be looked at again, or when it ends by itself. */
  verifyBy: instantSchema,
  url: linkSchema.optional(),
};

/**
 * Something that the design of an entity rests on.
 * @public
 */
export const assumptionContentSchema = z.strictObject({
  entityRef: entityRefSchema,
  ...contentShape,
});
/** @public */
export type AssumptionContent = z.output<typeof assumptionContentSchema>;

/** @public */
export const assumptionStateSchema = z.enum([
  'holds',
  'due-soon',
  'expired',
  'refuted',
]);
/** @public */
export type AssumptionState = z.infer<typeof assumptionStateSchema>;

/**
 * What somebody found who looked at an assumption.
 * @public
 */
export const assumptionVerificationSchema = z.object({
  result: z.enum(['still-holds', 'refuted']),
  note: z.string().optional(),
  at: instantSchema,
  by: z.string().optional(),
});
/** @public */
export type AssumptionVerification = z.infer<
  typeof assumptionVerificationSchema
>;

/** @public */
export const assumptionSchema = z.object({
  ...contentShape,
  id: z.string(),
  entityRef: entityRefSchema,
  version: z.number().int().positive(),
  state: assumptionStateSchema,
  /** The last time that somebody looked at it. */
  verification: assumptionVerificationSchema.optional(),
  updatedAt: instantSchema,
  /** Absent for readers who may not see names. */
  updatedBy: z.string().optional(),
});
/** @public */
export type Assumption = z.output<typeof assumptionSchema>;

/** @public */
export const listAssumptionsQuerySchema = z.strictObject({
  ...pageQueryShape,
  entity: entityRefSchema.optional(),
});
/** @public */
export type ListAssumptionsQuery = z.input<typeof listAssumptionsQuerySchema>;

/** @public */
export const assumptionPageSchema = pageSchema(assumptionSchema);
/** @public */
export type AssumptionPage = z.infer<typeof assumptionPageSchema>;

/** @public */
export const assumptionVersionSchema = z.object({
  version: z.number().int().positive(),
  at: instantSchema,
  by: z.string().optional(),
  differences: z.array(differenceSchema),
});
/** @public */
export type AssumptionVersion = z.infer<typeof assumptionVersionSchema>;

/**
 * Every version of an assumption that was kept, and every time that somebody looked
 * at it, newest first.
 * @public
 */
export const assumptionHistorySchema = z.object({
  items: z.array(assumptionVersionSchema),
  totalItems: z.number().int().nonnegative(),
  verifications: z.array(assumptionVerificationSchema),
});
/** @public */
export type AssumptionHistory = z.infer<typeof assumptionHistorySchema>;

/** @public */
export const verifyAssumptionRequestSchema = z
  .strictObject({
    result: z.enum(['still-holds', 'refuted']),
    note: z.string().trim().max(2000).optional(),
    /** Until when it holds now; needed where it still holds. */
    verifyBy: instantSchema.optional(),
  })
  .superRefine((request, context) => {
    if (request.result === 'still-holds' && !request.verifyBy) {
      context.addIssue({
        code: 'custom',
        path: ['verifyBy'],
        message: 'say when it has to be looked at again',
      });
    }
  });
/** @public */
export type VerifyAssumptionRequest = z.infer<
  typeof verifyAssumptionRequestSchema
>;
