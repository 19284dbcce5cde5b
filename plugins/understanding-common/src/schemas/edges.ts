import { z } from 'zod';
import { entityRefSchema, instantSchema, saidShape } from './shared';

/** @public */
export const edgeTypeSchema = z.enum(['dependsOn', 'consumesApi', 'partOf']);
/** @public */
export type EdgeType = z.infer<typeof edgeTypeSchema>;

/** @public */
export const criticalitySchema = z.enum(['HARD', 'SOFT', 'UNCLASSIFIED']);
/** @public */
export type Criticality = z.infer<typeof criticalitySchema>;

/**
 * How a dependency can fail.
 * @public
 */
export const conditionSchema = z.enum([
  'down',
  'slow',
  'wrong-data',
  'partial',
  'recovery',
]);
/** @public */
export type Condition = z.infer<typeof conditionSchema>;

/** @public */
export const coverageStateSchema = z.enum([
  'none',
  'described',
  'tested',
  'test-expired',
  'accepted',
]);
/** @public */
export type CoverageState = z.infer<typeof coverageStateSchema>;

/**
 * How much one entity depends on another, as somebody said.
 * @public
 */
export const classificationSchema = z.object({
  criticality: criticalitySchema,
  comment: z.string().optional(),
  ...saidShape,
});
/** @public */
export type Classification = z.infer<typeof classificationSchema>;

/**
 * Why nothing is done about a condition of an edge, and until when that holds.
 * @public
 */
export const acceptanceSchema = z.object({
  reason: z.string(),
  until: instantSchema,
  ...saidShape,
});
/** @public */
export type Acceptance = z.infer<typeof acceptanceSchema>;

/**
 * The answer for one edge and one condition.
 * @public
 */
export const edgeConditionSchema = z.object({
  condition: conditionSchema,
  state: coverageStateSchema,
  /** Whether coverage asks for it. */
  required: z.boolean(),
  /** The failure mode that answers; of several, the best. */
  failureModeId: z.string().optional(),
  /** Until when a test or an acceptance counts, or counted. */
  validUntil: instantSchema.optional(),
  /** Why nothing is done about it, where that was accepted. */
  acceptance: acceptanceSchema.omit({ until: true }).optional(),
});
/** @public */
export type EdgeCondition = z.infer<typeof edgeConditionSchema>;

/**
 * Pairs of an edge and a condition that need an answer, and have one.
 * @public
 */
export const coverageSchema = z.object({
  required: z.number().int().nonnegative(),
  answered: z.number().int().nonnegative(),
  tested: z.number().int().nonnegative(),
});
/** @public */
export type Coverage = z.infer<typeof coverageSchema>;

/** @public */
export const coverageQuerySchema = z.strictObject({
  by: z.enum(['team', 'system']),
});
/** @public */
export type CoverageQuery = z.infer<typeof coverageQuerySchema>;

/**
 * The coverage of all entities of a team or system.
 * @public
 */
export const coverageGroupSchema = z.object({
  /** Absent for entities without a team or system. */
  ref: entityRefSchema.optional(),
  title: z.string().optional(),
  entities: z.number().int().positive(),
  coverage: coverageSchema,
});
/** @public */
export type CoverageGroup = z.infer<typeof coverageGroupSchema>;

/** @public */
export const coverageResponseSchema = z.object({
  items: z.array(coverageGroupSchema),
  totalItems: z.number().int().nonnegative(),
});
/** @public */
export type CoverageResponse = z.infer<typeof coverageResponseSchema>;

/**
 * A directed dependency of one entity on another. Between two entities there is at
 * most one, whatever declares it; `partOf` is shown beside it and never counted.
 * @public
 */
export const edgeSchema = z.object({
  sourceRef: entityRefSchema,
  type: edgeTypeSchema,
  targetRef: entityRefSchema,
  /** Absent where the catalog has no such entity. */
  targetTitle: z.string().optional(),
  /** The APIs through which the source consumes the target. */
  apiRefs: z.array(entityRefSchema).default([]),
  origin: z.enum(['declared', 'observed', 'both']),
  criticality: criticalitySchema,
  /** Set where people said on the page what the criticality is. */
  classified: z.object(saidShape).optional(),
  comment: z.string().optional(),
  firstSeen: instantSchema,
  lastSeen: instantSchema,
  /** None for `partOf`, which cannot fail. */
  conditions: z.array(edgeConditionSchema).default([]),
});
/** @public */
export type Edge = z.infer<typeof edgeSchema>;

/**
 * A change on its host, as far as one needs to know it to go there.
 * @public
 */
export const openChangeSchema = z.object({
  url: z.string(),
  title: z.string(),
});
/** @public */
export type OpenChange = z.infer<typeof openChangeSchema>;

/**
 * A HARD dependency that an open change would add.
 * @public
 */
export const proposedEdgeSchema = z.object({
  targetRef: entityRefSchema,
  change: openChangeSchema,
  /** Required conditions that nobody has answered yet. */
  unanswered: z.array(conditionSchema),
});
/** @public */
export type ProposedEdge = z.infer<typeof proposedEdgeSchema>;

/**
 * The edges of one entity, as far as the reader may see their targets.
 * @public
 */
export const edgePageSchema = z.object({
  items: z.array(edgeSchema),
  totalItems: z.number().int().nonnegative(),
  /** Edges to entities that the reader may not see; never by name. */
  hidden: z.number().int().nonnegative(),
  /** What open changes would add. */
  proposed: z.array(proposedEdgeSchema).default([]),
  /** Open changes of the catalog file that could not be read, and why. */
  unread: z
    .array(z.object({ change: openChangeSchema, problem: z.string() }))
    .default([]),
});
/** @public */
export type EdgePage = z.infer<typeof edgePageSchema>;

/** @public */
export const classifyEdgeRequestSchema = z.strictObject({
  type: edgeTypeSchema.exclude(['partOf']),
  targetRef: entityRefSchema,
  criticality: criticalitySchema,
  comment: z.string().trim().max(2000).optional(),
});
/** @public */
export type ClassifyEdgeRequest = z.infer<typeof classifyEdgeRequestSchema>;

/**
 * Says why nothing is done about a condition, and until when that holds.
 * @public
 */
export const acceptRiskRequestSchema = z.strictObject({
  targetRef: entityRefSchema,
  condition: conditionSchema,
  reason: z.string().trim().min(10, 'say why in a sentence').max(2000),
  until: instantSchema,
});
/** @public */
export type AcceptRiskRequest = z.infer<typeof acceptRiskRequestSchema>;

/** @public */
export const withdrawAcceptanceQuerySchema = z.strictObject({
  targetRef: entityRefSchema,
  condition: conditionSchema,
});
/** @public */
export type WithdrawAcceptanceQuery = z.infer<
  typeof withdrawAcceptanceQuerySchema
>;

/**
 * What became of posted service-graph metrics.
 * @public
 */
export const edgeObservationsResponseSchema = z.object({
  /** Pairs of entities of the catalog that were read. */
  pairs: z.number().int().nonnegative(),
  /** How many of them had traffic since the same source last reported. */
  seen: z.number().int().nonnegative(),
  /** Names of services for which the catalog has no entity, or several. */
  unknownServices: z.array(z.string()),
});
/** @public */
export type EdgeObservationsResponse = z.infer<
  typeof edgeObservationsResponseSchema
>;
