import { z } from 'zod';

/**
 * A full, lower-case Backstage entity reference, e.g. `component:default/ledger`.
 *
 * @remarks
 *
 * As wide as the catalog's own parser, since relations point to whatever a file
 * names: `owner: Team A` makes `group:default/team a`, and must not fail a list.
 * Only what would lead elsewhere in a URL is refused.
 * @public
 */
export const entityRefSchema = z
  .string()
  .max(3 * 64 + 2)
  .regex(
    /^[^\s:/\p{Lu}\p{C}]+:(?!\.\.?\/)[^\s:/\p{Lu}\p{C}]+\/(?!\.\.?$)[^\p{Lu}\p{C}]+$/u,
    'must be a full, lower-case entity reference such as component:default/ledger',
  );

/**
 * An instant, ISO 8601 in UTC.
 * @public
 */
export const instantSchema = z.iso.datetime();

/**
 * Which version of something this is, by whom and when. Who changes it names the
 * version that was read.
 * @public
 */
export const saidShape = {
  /** What was prepared before versions were counted is the first. */
  version: z.number().int().positive().default(1),
  at: instantSchema,
  /** Absent for readers who may not see names. */
  by: entityRefSchema.optional(),
};

/** @public */
export const planeSchema = z.enum(['control', 'data', 'artifact']);
/** @public */
export type Plane = z.infer<typeof planeSchema>;

/**
 * An address that pages may link to.
 * @public
 */
export const linkSchema = z
  .string()
  .max(2000)
  .regex(
    /^(https?:\/\/|mailto:)\S+$/,
    'must be an http:, https: or mailto: address',
  );

/**
 * One sentence of why, with the place where it can be checked.
 * @public
 */
export const reasonSchema = z.object({
  message: z.string(),
  url: z.string().optional(),
  file: z.string().optional(),
  line: z.number().int().positive().optional(),
  /** The other entity that the message names; who may not see it is not told. */
  entityRef: entityRefSchema.optional(),
});
/** @public */
export type Reason = z.infer<typeof reasonSchema>;

/**
 * The cheapest honest repair of a finding.
 * @public
 */
export const repairSchema = z.object({
  message: z.string(),
  url: z.string().optional(),
});
/** @public */
export type Repair = z.infer<typeof repairSchema>;

/**
 * Every list of the API: items, where to go on, and how many there are in all.
 * @public
 */
export function pageSchema<T extends z.ZodType>(item: T) {
  return z.object({
    items: z.array(item),
    nextCursor: z.string().optional(),
    totalItems: z.number().int().nonnegative(),
  });
}

/**
 * The query parameters that every list takes.
 * @public
 */
export const pageQueryShape = {
  limit: z.coerce.number<number | string>().int().min(1).max(200).default(50),
  cursor: z.string().max(2000).optional(),
};
