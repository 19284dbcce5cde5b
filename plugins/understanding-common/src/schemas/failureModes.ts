import { z } from 'zod';
import { conditionSchema, edgeTypeSchema } from './edges';
import {
  entityRefSchema,
  instantSchema,
  linkSchema,
  pageQueryShape,
  pageSchema,
  planeSchema,
} from './shared';

const MAX_TEXT = 5000;
const text = z
  .string()
  .trim()
  .min(1, 'must say something')
  .max(MAX_TEXT, `must have at most ${MAX_TEXT} characters`);
const optionalText = z
  .string()
  .trim()
  .max(MAX_TEXT, `must have at most ${MAX_TEXT} characters`)
  .transform(value => value || undefined)
  .optional();

/**
 * What is seen, from which criticality follows; nobody invents numbers.
 * @public
 */
export const observationsSchema = z.strictObject({
  dataLossOrCorruption: z.boolean(),
  customerVisible: z.boolean(),
  happenedWithinYear: z.boolean(),
  needsTwoFaults: z.boolean(),
});
/** @public */
export type Observations = z.infer<typeof observationsSchema>;

/** @public */
export const failureSeveritySchema = z.enum(['minor', 'major', 'severe']);
/** @public */
export type FailureSeverity = z.infer<typeof failureSeveritySchema>;

/** @public */
export const likelihoodSchema = z.enum(['rare', 'occasional', 'frequent']);
/** @public */
export type Likelihood = z.infer<typeof likelihoodSchema>;

/** @public */
export const riskSchema = z.enum(['low', 'medium', 'high']);
/** @public */
export type Risk = z.infer<typeof riskSchema>;

/** What a file says of a failure mode, of the entity beside whose source it lies. */
const contentShape = {
  edge: z
    .strictObject({
      type: edgeTypeSchema.exclude(['partOf']),
      targetRef: entityRefSchema,
    })
    .optional(),
  condition: conditionSchema.optional(),
  plane: planeSchema,
  title: z.string().trim().min(1, 'must say something').max(200),
  cause: text,
  localEffect: text,
  endEffect: text,
  prevention: optionalText,
  detection: optionalText,
  mitigation: optionalText,
  recovery: optionalText,
  observations: observationsSchema,
  evidence: z
    .array(
      z.strictObject({
        url: linkSchema,
        title: z.string().trim().min(1, 'must say something').max(200),
      }),
    )
    .max(50)
    .optional(),
};

const needsCondition = (
  content: { edge?: unknown; condition?: unknown },
  context: z.RefinementCtx,
) => {
  if (content.edge && !content.condition) {
    context.addIssue({
      code: 'custom',
      path: ['condition'],
      message: `must say how the dependency fails: ${conditionSchema.options.join(
        ', ',
      )}`,
    });
  }
};

/**
 * A failure mode as people write it, in the words of FMEA.
 * @public
 */
export const failureModeContentSchema = z
  .strictObject({ entityRef: entityRefSchema, ...contentShape })
  .superRefine(needsCondition);
/** @public */
export type FailureModeContent = z.output<typeof failureModeContentSchema>;

/**
 * A file `failure-modes.yaml` beside the source of an entity.
 * @public
 */
export const failureModeFileSchema = z.strictObject({
  version: z.literal(1),
  failureModes: z
    .array(
      z
        .strictObject({
          /** Stays the same while the text changes, so that tests stay with it. */
          id: z
            .string()
            .regex(
              /^[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?$/,
              'must be lower-case words joined by hyphens, such as ledger-db-down',
            ),
          ...contentShape,
        })
        .superRefine(needsCondition),
    )
    .max(1000)
    .superRefine((modes, context) => {
      const seen = new Set<string>();
      modes.forEach(({ id }, index) => {
        if (seen.has(id)) {
          context.addIssue({
            code: 'custom',
            path: [index, 'id'],
            message: `must be unique, but ${id} occurs twice`,
          });
        }
        seen.add(id);
      });
    }),
});
/** @public */
export type FailureModeFile = z.output<typeof failureModeFileSchema>;

/**
 * A failure mode, with what follows from it.
 * @public
 */
export const failureModeSchema = z.object({
  ...contentShape,
  id: z.string(),
  entityRef: entityRefSchema,
  version: z.number().int().positive(),
  severity: failureSeveritySchema,
  likelihood: likelihoodSchema,
  criticality: riskSchema,
  /** Where it is kept: on the page, or in a file of the repository. */
  origin: z.enum(['page', 'file']),
  /** Kept on the page while a file exists, which wins; it counts for nothing. */
  superseded: z.boolean(),
  createdAt: instantSchema,
  updatedAt: instantSchema,
  /** Absent for readers who may not see names. */
  updatedBy: z.string().optional(),
});
/** @public */
export type FailureMode = z.output<typeof failureModeSchema>;

/** @public */
export const listFailureModesQuerySchema = z.strictObject({
  ...pageQueryShape,
  entity: entityRefSchema.optional(),
  target: entityRefSchema.optional(),
  condition: conditionSchema.optional(),
  plane: planeSchema.optional(),
});
/** @public */
export type ListFailureModesQuery = z.input<typeof listFailureModesQuerySchema>;

/** @public */
export const failureModePageSchema = pageSchema(failureModeSchema);
/** @public */
export type FailureModePage = z.infer<typeof failureModePageSchema>;

/**
 * One field that a version changed.
 * @public
 */
export const differenceSchema = z.object({
  field: z.string(),
  before: z.string().optional(),
  after: z.string().optional(),
});
/** @public */
export type Difference = z.infer<typeof differenceSchema>;

/** @public */
export const failureModeVersionSchema = z.object({
  version: z.number().int().positive(),
  action: z.enum(['created', 'changed', 'removed', 'restored']),
  at: instantSchema,
  by: z.string().optional(),
  differences: z.array(differenceSchema),
});
/** @public */
export type FailureModeVersion = z.infer<typeof failureModeVersionSchema>;

/**
 * Every version, newest first.
 * @public
 */
export const failureModeHistorySchema = z.object({
  items: z.array(failureModeVersionSchema),
  totalItems: z.number().int().nonnegative(),
});
/** @public */
export type FailureModeHistory = z.infer<typeof failureModeHistorySchema>;

/** @public */
export const addCommentRequestSchema = z.strictObject({ text });
/** @public */
export type AddCommentRequest = z.infer<typeof addCommentRequestSchema>;

/** @public */
export const commentSchema = z.object({
  id: z.string(),
  text: z.string(),
  at: instantSchema,
  by: z.string().optional(),
});
/** @public */
export type Comment = z.infer<typeof commentSchema>;

/** @public */
export const commentsSchema = z.object({
  items: z.array(commentSchema),
  totalItems: z.number().int().nonnegative(),
});
/** @public */
export type Comments = z.infer<typeof commentsSchema>;

/**
 * The file of an entity, as it was last read.
 * @public
 */
export const failureModeFileStateSchema = z.object({
  path: z.string(),
  repository: z.string(),
  commit: z.string(),
  readAt: instantSchema,
  /** Why it could not be taken; what was taken before stays. */
  problem: z
    .object({
      message: z.string(),
      line: z.number().int().positive().optional(),
      field: z.string().optional(),
    })
    .optional(),
});
/** @public */
export type FailureModeFileState = z.infer<typeof failureModeFileStateSchema>;

/** @public */
export const failureModeFileResponseSchema = z.object({
  /** Absent where the entity has no such file. */
  file: failureModeFileStateSchema.optional(),
});
/** @public */
export type FailureModeFileResponse = z.infer<
  typeof failureModeFileResponseSchema
>;

/** @public */
export const entityQuerySchema = z.strictObject({ entity: entityRefSchema });
