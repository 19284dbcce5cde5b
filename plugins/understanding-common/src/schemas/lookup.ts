import { z } from 'zod';
import {
  personStatusSchema,
  personUnderstandingSchema,
  reachSchema,
} from './people';
import { entityRefSchema, instantSchema } from './shared';

/** @public */
export const whoUnderstandsQuerySchema = z.strictObject({
  query: z
    .string()
    .trim()
    .min(2, 'ask with at least two characters')
    .max(500, 'ask with at most 500 characters'),
});
/** @public */
export type WhoUnderstandsQuery = z.infer<typeof whoUnderstandsQuerySchema>;

/**
 * What may be meant by what somebody is typing; `query` is what to ask then.
 * @public
 */
export const suggestionSchema = z.object({
  type: z.enum(['entity', 'path', 'link']),
  query: z.string(),
  title: z.string(),
  description: z.string(),
});
/** @public */
export type Suggestion = z.infer<typeof suggestionSchema>;

/** @public */
export const suggestionsResponseSchema = z.object({
  items: z.array(suggestionSchema),
});
/** @public */
export type SuggestionsResponse = z.infer<typeof suggestionsResponseSchema>;

/**
 * Somebody as the catalog has them, or a name that nobody of it claims.
 * @public
 */
export const knownPersonSchema = z.object({
  personRef: entityRefSchema.optional(),
  displayName: z.string(),
  status: personStatusSchema,
});
/** @public */
export type KnownPerson = z.infer<typeof knownPersonSchema>;

/**
 * Who is on call by a schedule.
 * @public
 */
export const onCallSchema = z.object({
  /** As the configuration calls it. */
  schedule: z.string(),
  /** When it was read; absent where it never was. */
  readAt: instantSchema.optional(),
  /** Why it could not be read since; who is on call is told as it was read then. */
  problem: z.string().optional(),
  /** Of those who are on call now; who has to hand over soonest comes first. */
  shifts: z.array(
    z.object({
      until: instantSchema,
      /** Absent for readers who may not see names. */
      person: knownPersonSchema
        .extend({
          /** Of those who are active. */
          reach: reachSchema.optional(),
        })
        .optional(),
    }),
  ),
});
/** @public */
export type OnCall = z.infer<typeof onCallSchema>;

/**
 * Where nobody active understands an entity: an answer, not an error.
 * @public
 */
export const nobodySchema = z.object({
  message: z.string(),
  lastAt: instantSchema.optional(),
  /** Who left the last evidence; absent for readers who may not see names. */
  lastPeople: z.array(knownPersonSchema).optional(),
  /** How to get it back, the cheapest first. */
  rebuild: z.array(z.string()),
});
/** @public */
export type Nobody = z.infer<typeof nobodySchema>;

/** @public */
export const whoUnderstandsAnswerSchema = z.object({
  entityRef: entityRefSchema,
  title: z.string(),
  example: z.boolean(),
  /** How the question led here, e.g. `path src/posting.ts of payments-core`. */
  matchedBy: z.string(),
  /**
   * Those with evidence of it, the first hundred of those whom one would ask; absent
   * for readers who may not see names.
   */
  people: z.array(personUnderstandingSchema).optional(),
  /** How many others there are; absent where `people` are all. */
  morePeople: z.number().int().positive().optional(),
  understoodBy: z.number().int().nonnegative().optional(),
  /** What a path or a link names inside of it, where it is not all of it. */
  part: z
    .object({
      path: z.string(),
      /**
       * Those who know files of this part: whoever is active comes first, then
       * whoever changed the entity last.
       */
      people: z.array(knownPersonSchema).optional(),
      /** True where it holds more files than are looked at: `people` know the first. */
      truncated: z.boolean().optional(),
    })
    .optional(),
  /** Set when nobody active understands it. */
  nobody: nobodySchema.optional(),
  /** By each schedule that covers it; absent where none does. */
  onCall: z.array(onCallSchema).optional(),
  /** Whom to turn to otherwise: owners, in words and with links. */
  fallback: z.array(
    z.object({
      message: z.string(),
      entityRef: entityRefSchema.optional(),
    }),
  ),
});
/** @public */
export type WhoUnderstandsAnswer = z.infer<typeof whoUnderstandsAnswerSchema>;

/** @public */
export const whoUnderstandsResponseSchema = z.object({
  query: z.string(),
  answers: z.array(whoUnderstandsAnswerSchema),
  /** True when more entities matched than are answered. */
  truncated: z.boolean(),
  /**
   * True where nothing is answered while not all of the catalog and of the histories
   * has been read, or none of it: what was meant may still come.
   */
  stillReading: z.boolean().optional(),
});
/** @public */
export type WhoUnderstandsResponse = z.infer<
  typeof whoUnderstandsResponseSchema
>;
