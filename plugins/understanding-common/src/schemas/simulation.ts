import { z } from 'zod';
import {
  conditionSchema,
  coverageSchema,
  coverageStateSchema,
  criticalitySchema,
  edgeTypeSchema,
} from './edges';
import { entityRefSchema, planeSchema } from './shared';

/** @public */
export const outageRequestSchema = z.strictObject({
  entityRef: entityRefSchema,
  condition: conditionSchema,
});
/** @public */
export type OutageRequest = z.infer<typeof outageRequestSchema>;

/**
 * One step of a path: the source is hit because of the target.
 * @public
 */
export const outageStepSchema = z.object({
  sourceRef: entityRefSchema,
  targetRef: entityRefSchema,
  criticality: criticalitySchema,
  state: coverageStateSchema,
});
/** @public */
export type OutageStep = z.infer<typeof outageStepSchema>;

/** @public */
export const affectedEntitySchema = z.object({
  entityRef: entityRefSchema,
  title: z.string().optional(),
  /** Steps from the entity that fails. */
  distance: z.number().int().positive(),
  /** HARD where every edge of the path is HARD: it fails, too. */
  via: z.enum(['HARD', 'SOFT']),
  /** From the one that fails to this one; null for one that the reader may not see. */
  path: z.array(entityRefSchema.nullable()),
  /** The edges of the path that the reader may see, with their answers. */
  steps: z.array(outageStepSchema),
  /** Of these, those without an answer; the first is the closest to the cause. */
  unansweredEdges: z.array(outageStepSchema),
  /**
   * How many requests may reach the one that fails for each one here, where retries
   * are declared on the path.
   */
  retryAmplification: z.number().int().positive().optional(),
});
/** @public */
export type AffectedEntity = z.infer<typeof affectedEntitySchema>;

/** @public */
export const outageResponseSchema = z.object({
  affected: z.array(affectedEntitySchema),
  /** True when more are hit than are listed. */
  truncated: z.boolean(),
  /** How many are hit that the reader may see, listed or not, and along which paths. */
  total: z.object({
    hard: z.number().int().nonnegative(),
    soft: z.number().int().nonnegative(),
  }),
  /** How many are hit that the reader may not see. */
  hidden: z.number().int().nonnegative(),
});
/** @public */
export type OutageResponse = z.infer<typeof outageResponseSchema>;

/** @public */
export const departureRequestSchema = z.strictObject({
  /** Users, and Groups for all of their members. */
  people: z.array(entityRefSchema).min(1).max(100),
});
/** @public */
export type DepartureRequest = z.infer<typeof departureRequestSchema>;

/** @public */
export const departureEntitySchema = z.object({
  entityRef: entityRefSchema,
  title: z.string(),
  /** Active people who understand it, with and without those who leave. */
  before: z.number().int().nonnegative(),
  after: z.number().int().nonnegative(),
  minimum: z.number().int().positive(),
});
/** @public */
export type DepartureEntity = z.infer<typeof departureEntitySchema>;

/**
 * `pair`: make its next change with somebody who knows it, or review it.
 * `edge-answers`: write the answers for its dependencies that are missing, which
 * somebody who knows it records as documented. `game-day`: take part in its next
 * failure test. `teach-back`: have it explained, and explain it
 * back to somebody who knows it, who records that as evidence.
 * @public
 */
export const departureActionKindSchema = z.enum([
  'pair',
  'edge-answers',
  'game-day',
  'teach-back',
]);
/** @public */
export type DepartureActionKind = z.infer<typeof departureActionKindSchema>;

/** @public */
export const departureActionSchema = z.object({
  action: departureActionKindSchema,
  personRef: entityRefSchema,
  displayName: z.string(),
  entityRef: entityRefSchema,
  /** Of these entities, the person then understands what they need one more for. */
  restores: z.array(entityRefSchema).min(1),
});
/** @public */
export type DepartureAction = z.infer<typeof departureActionSchema>;

/** @public */
export const departureResponseSchema = z.object({
  /** What falls below its minimum, the worst first. */
  entities: z.array(departureEntitySchema),
  actions: z.array(departureActionSchema),
  /** What these actions do not restore, for lack of people to ask. */
  unrepaired: z.array(
    z.object({
      entityRef: entityRefSchema,
      missing: z.number().int().positive(),
      /** Whether nobody who can be asked and stays has any evidence of it. */
      unknownToOthers: z.boolean(),
    }),
  ),
});
/** @public */
export type DepartureResponse = z.infer<typeof departureResponseSchema>;

/** @public */
export const graphQuerySchema = z.strictObject({
  root: entityRefSchema,
  depth: z.coerce.number<number | string>().int().min(1).max(5).default(2),
  direction: z.enum(['dependencies', 'dependants', 'both']).default('both'),
});
/** @public */
export type GraphQuery = z.input<typeof graphQuerySchema>;

/** @public */
export const graphResponseSchema = z.object({
  nodes: z.array(
    z.object({
      entityRef: entityRefSchema,
      title: z.string().optional(),
      plane: planeSchema.optional(),
      /** Of its own dependencies, drawn or not; absent where it is not known. */
      coverage: coverageSchema.optional(),
      /** Steps from the root. */
      distance: z.number().int().nonnegative(),
    }),
  ),
  edges: z.array(
    z.object({
      sourceRef: entityRefSchema,
      type: edgeTypeSchema,
      targetRef: entityRefSchema,
      criticality: criticalitySchema,
      /** Required conditions, and how many of them are answered. */
      required: z.number().int().nonnegative(),
      answered: z.number().int().nonnegative(),
    }),
  ),
  /** What is not in the answer, and why. */
  leftOut: z.object({
    /** More nodes than are drawn. */
    nodes: z.number().int().nonnegative(),
    /** Nodes that the reader may not see. */
    hidden: z.number().int().nonnegative(),
  }),
});
/** @public */
export type GraphResponse = z.infer<typeof graphResponseSchema>;

/** @public */
export const structureResponseSchema = z.object({
  entities: z.number().int().nonnegative(),
  edges: z.number().int().nonnegative(),
  /** Entities that depend on each other in a circle. */
  cycles: z.array(z.array(entityRefSchema)),
  /** Entities without which the others fall apart into groups. */
  singlePoints: z.array(entityRefSchema),
  /** Entities on which the most others depend at once. */
  hotSpots: z.array(
    z.object({
      entityRef: entityRefSchema,
      dependants: z.number().int().positive(),
    }),
  ),
  truncated: z.boolean(),
});
/** @public */
export type StructureResponse = z.infer<typeof structureResponseSchema>;
