import { z } from 'zod';
import { absenceFactorSchema } from './entities';
import {
  entityRefSchema,
  instantSchema,
  pageQueryShape,
  pageSchema,
} from './shared';

/** @public */
export const absenceQuerySchema = z.strictObject({
  by: z.enum(['team', 'system']).default('team'),
});
/** @public */
export type AbsenceQuery = z.input<typeof absenceQuerySchema>;

/**
 * Who is left of the authors of what a team owns, or of what a system is made of, as
 * far as the reader may see it.
 * @public
 */
export const absenceGroupSchema = z.object({
  /** Absent for what has no owner, or no system. */
  ref: entityRefSchema.optional(),
  title: z.string().optional(),
  /** Whose files are counted. */
  entities: z.number().int().nonnegative(),
  /** Whose histories cannot be read; of them nothing is counted. */
  unread: z.number().int().nonnegative(),
  /** At present, of all their files together. */
  factor: absenceFactorSchema,
  /** Entities of which fewer than half of the files have an active author. */
  nobodyLeft: z.number().int().nonnegative(),
  /** Entities that one person's leaving makes so. */
  oneLeft: z.number().int().nonnegative(),
  /** When the history that was read longest ago was read. */
  readAt: instantSchema.optional(),
});
/** @public */
export type AbsenceGroup = z.infer<typeof absenceGroupSchema>;

/** @public */
export const absenceResponseSchema = z.object({
  /** Those with most entities that nobody, then one person, is left of, first. */
  items: z.array(absenceGroupSchema),
  totalItems: z.number().int().nonnegative(),
});
/** @public */
export type AbsenceResponse = z.infer<typeof absenceResponseSchema>;

const namedEntitySchema = z.object({
  entityRef: entityRefSchema,
  title: z.string(),
});

/**
 * The same of one team or system, with the entities by title; of many, the first.
 * @public
 */
export const absenceOfGroupSchema = absenceGroupSchema.extend({
  entitiesWithNobody: z.array(namedEntitySchema),
  entitiesWithOne: z.array(namedEntitySchema),
});
/** @public */
export type AbsenceOfGroup = z.infer<typeof absenceOfGroupSchema>;

/**
 * What a team owns and nobody of it understands, or what somebody of it understands
 * and others own.
 * @public
 */
export const teamListSchema = z.enum([
  'owned-not-understood',
  'understood-not-owned',
]);
/** @public */
export type TeamList = z.infer<typeof teamListSchema>;

/** @public */
export const teamEntitiesQuerySchema = z.strictObject({
  ...pageQueryShape,
  list: teamListSchema,
});
/** @public */
export type TeamEntitiesQuery = z.input<typeof teamEntitiesQuerySchema>;

/** @public */
export const teamEntitiesSchema = pageSchema(
  namedEntitySchema.extend({
    ownerRef: entityRefSchema.optional(),
    ownerTitle: z.string().optional(),
    /** How many active people understand it, of whatever team. */
    understoodBy: z.number().int().nonnegative(),
  }),
).extend({
  /**
   * Whose understanding was looked at. `anybody` for a team of few: what its members
   * know would tell what single people know.
   */
  among: z.enum(['team', 'anybody']),
  /** Entities that the team owns, and of which it is not known who understands them. */
  unknown: z.number().int().nonnegative(),
});
/** @public */
export type TeamEntities = z.infer<typeof teamEntitiesSchema>;
