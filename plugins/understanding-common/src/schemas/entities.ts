import { z } from 'zod';
import { documentSchema, documentStateSchema } from './documents';
import { coverageSchema, edgeSchema } from './edges';
import { failureModeSchema } from './failureModes';
import { flagMarkSchema, flagRuleIdSchema, flagSchema } from './flags';
import { nobodySchema, onCallSchema } from './lookup';
import { evidenceKindSchema, personUnderstandingSchema } from './people';
import {
  entityRefSchema,
  instantSchema,
  pageQueryShape,
  pageSchema,
  planeSchema,
} from './shared';

/** @public */
export const entityKindSchema = z.enum([
  'component',
  'api',
  'resource',
  'system',
]);
/** @public */
export type EntityKind = z.infer<typeof entityKindSchema>;

/**
 * Where the code of an entity was read, or why it could not be.
 * @public
 */
export const sourceStateSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('read'),
    repository: z.string(),
    paths: z.array(z.string()),
    head: z.string(),
    readAt: instantSchema,
    /** What the reading could not see, e.g. in a shallow clone. */
    notices: z.array(z.string()),
  }),
  z.object({ type: z.literal('unknown'), reason: z.string() }),
]);
/** @public */
export type SourceState = z.infer<typeof sourceStateSchema>;

/**
 * One prepared row for each entity: what lists show.
 * @public
 */
export const entitySummarySchema = z.object({
  entityRef: entityRefSchema,
  kind: entityKindSchema,
  namespace: z.string(),
  name: z.string(),
  title: z.string(),
  type: z.string().optional(),
  ownerRef: entityRefSchema.optional(),
  ownerTitle: z.string().optional(),
  systemRef: entityRefSchema.optional(),
  systemTitle: z.string().optional(),
  plane: planeSchema.optional(),
  /** An entity of the example organisation, which pages label as such. */
  example: z.boolean(),
  /** How many active people understand it; absent when that cannot be seen. */
  understoodBy: z.number().int().nonnegative().optional(),
  /** How many it needs. */
  understoodByMinimum: z.number().int().positive(),
  /** The first ten of them, for readers who may see names. */
  people: z
    .array(
      z.object({
        personRef: entityRefSchema,
        displayName: z.string(),
      }),
    )
    .optional(),
  documentState: documentStateSchema,
  /**
   * Answers for the ways in which its dependencies can fail; absent until it was
   * assessed by a version that knows them.
   */
  coverage: coverageSchema.optional(),
  flags: z.array(flagMarkSchema),
  /** Why something is unknown, in words. */
  unknownReason: z.string().optional(),
  /** Unknown only until its history has been read, which is under way. */
  pending: z.boolean().optional(),
  computedAt: instantSchema,
});
/** @public */
export type EntitySummary = z.infer<typeof entitySummarySchema>;

/** @public */
export const absenceFactorSchema = z.object({
  /** The number of people; 0 when no file has an author. */
  factor: z.number().int().nonnegative(),
  files: z.number().int().nonnegative(),
  /** The share of files that still have an author when the removal stops. */
  coverageAtStop: z.number().min(0).max(1),
});
/** @public */
export type AbsenceFactor = z.infer<typeof absenceFactorSchema>;

/**
 * The whole answer for one entity.
 * @public
 */
export const entityUnderstandingSchema = z.object({
  summary: entitySummarySchema,
  source: sourceStateSchema,
  edges: z.array(edgeSchema),
  /** Edges to entities that the reader may not see; never by name. */
  hiddenEdges: z.number().int().nonnegative(),
  /**
   * Those with evidence of it, the first hundred of those whom one would ask; absent
   * for readers who may not see names.
   */
  people: z.array(personUnderstandingSchema).optional(),
  /** How many others there are; absent where `people` are all. */
  morePeople: z.number().int().positive().optional(),
  /** Set when nobody active understands it, as in a look-up. */
  nobody: nobodySchema.optional(),
  /** Now, by each schedule that covers it; absent where none does. */
  onCall: z.array(onCallSchema).optional(),
  absenceFactor: z
    .object({ allTime: absenceFactorSchema, present: absenceFactorSchema })
    .optional(),
  /** What counts as understanding in this installation, to recompute by hand. */
  understandingRule: z.object({
    collectedKinds: z.array(evidenceKindSchema),
    kindsNeeded: z.number().int().positive(),
    freshDays: z.number().int().positive(),
  }),
  documents: z.array(documentSchema),
  flags: z.array(flagSchema),
  failureModes: z.array(failureModeSchema),
  /** When its changes have to be explained, in words. */
  explanationsAskedFor: z.string().optional(),
});
/** @public */
export type EntityUnderstanding = z.infer<typeof entityUnderstandingSchema>;

/** @public */
export const entityOrderFieldSchema = z.enum([
  'title',
  'owner',
  'system',
  'understoodBy',
  'documentState',
  'flags',
]);
/** @public */
export type EntityOrderField = z.infer<typeof entityOrderFieldSchema>;

/** @public */
export const listEntitiesQuerySchema = z.strictObject({
  ...pageQueryShape,
  flag: flagRuleIdSchema.optional(),
  owner: entityRefSchema.optional(),
  kind: entityKindSchema.optional(),
  system: entityRefSchema.optional(),
  plane: planeSchema.optional(),
  q: z.string().trim().max(200).optional(),
  /** `field` or `field:desc`. */
  orderBy: z
    .string()
    .regex(
      /^(title|owner|system|understoodBy|documentState|flags)(:(asc|desc))?$/,
      `must be one of ${entityOrderFieldSchema.options.join(
        ', ',
      )}, with :asc or :desc behind it if wanted`,
    )
    .default('title:asc'),
});
/** @public */
export type ListEntitiesQuery = z.input<typeof listEntitiesQuerySchema>;

/** @public */
export const entitySummaryPageSchema = pageSchema(entitySummarySchema).extend({
  /** True where nothing is listed while not all of the catalog has been read. */
  stillReading: z.boolean().optional(),
});
/** @public */
export type EntitySummaryPage = z.infer<typeof entitySummaryPageSchema>;

/** @public */
export const entitiesByRefsRequestSchema = z.strictObject({
  entityRefs: z.array(entityRefSchema).min(1).max(200),
});
/** @public */
export type EntitiesByRefsRequest = z.infer<typeof entitiesByRefsRequestSchema>;

/**
 * In the order asked for; `null` where nothing is known under that reference.
 * @public
 */
export const entitiesByRefsResponseSchema = z.object({
  items: z.array(entitySummarySchema.nullable()),
});
/** @public */
export type EntitiesByRefsResponse = z.infer<
  typeof entitiesByRefsResponseSchema
>;

/**
 * The values that the filters of the overview offer.
 * @public
 */
export const entityFacetsSchema = z.object({
  owners: z.array(z.object({ ref: entityRefSchema, title: z.string() })),
  systems: z.array(z.object({ ref: entityRefSchema, title: z.string() })),
});
/** @public */
export type EntityFacets = z.infer<typeof entityFacetsSchema>;
