import { z } from 'zod';
import {
  entityRefSchema,
  instantSchema,
  pageQueryShape,
  pageSchema,
} from './shared';

/**
 * By what histories, hosts and incidents name people: an e-mail address, or an account,
 * as `<host>/<login>`; and the reference of a User whom the catalog had by another name,
 * under which stands what they said then. Lower case, as all of them are compared.
 * @public
 */
export const identifierSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('email'),
    value: z
      .string()
      .trim()
      .min(1)
      .max(255)
      .regex(/^[^\p{C}<>]*$/u, 'must be an e-mail address'),
  }),
  z.strictObject({
    type: z.literal('account'),
    value: z
      .string()
      .trim()
      .max(255)
      .regex(
        /^[^\s/\p{C}]+\/[^\p{C}]+$/u,
        'must be a host and a login, such as github.com/ada',
      ),
  }),
  z.strictObject({
    type: z.literal('user'),
    value: entityRefSchema
      .max(255)
      .regex(/^user:/, 'must be the reference of a User'),
  }),
]);
/** @public */
export type Identifier = z.infer<typeof identifierSchema>;

/** @public */
export const listIdentitiesQuerySchema = z.strictObject({ ...pageQueryShape });
/** @public */
export type ListIdentitiesQuery = z.input<typeof listIdentitiesQuerySchema>;

/**
 * Somebody who is not known, and a User who may be the same one.
 * @public
 */
export const identityCandidateSchema = z.object({
  identifier: identifierSchema,
  /** As the history or host calls them. */
  name: z.string(),
  personRef: entityRefSchema,
  displayName: z.string(),
  reason: z.enum([
    'same-name',
    'same-local-part',
    'name-is-local-part',
    'mailmap',
  ]),
});
/** @public */
export type IdentityCandidate = z.infer<typeof identityCandidateSchema>;
/** @public */
export const identityCandidatePageSchema = pageSchema(identityCandidateSchema);
/** @public */
export type IdentityCandidatePage = z.infer<typeof identityCandidatePageSchema>;

/**
 * What somebody decided about an identifier and a person.
 * @public
 */
export const identityLinkSchema = z.object({
  identifier: identifierSchema,
  personRef: entityRefSchema,
  displayName: z.string(),
  state: z.enum(['confirmed', 'refused']),
  decidedBy: entityRefSchema,
  decidedAt: instantSchema,
  /** Whether a `.mailmap` said so first. */
  fromMailmap: z.boolean(),
});
/** @public */
export type IdentityLinkRecord = z.infer<typeof identityLinkSchema>;
/** @public */
export const identityLinkPageSchema = pageSchema(identityLinkSchema);
/** @public */
export type IdentityLinkPage = z.infer<typeof identityLinkPageSchema>;

/**
 * - `shared`: several people of the catalog claim it, so that it counts for nobody.
 * - `taken-over`: it was of a User who is no longer in the catalog, and counts for the
 *   one who has it now.
 * - `confirmed`: it was confirmed for somebody else than the catalog says.
 *
 * @public
 */
export const contradictionSchema = z.object({
  identifier: identifierSchema,
  type: z.enum(['shared', 'taken-over', 'confirmed']),
  /** Who has it by the catalog. */
  personRefs: z.array(entityRefSchema),
  /** For whom it counts; absent where for nobody. */
  decided: entityRefSchema.optional(),
});
/** @public */
export type Contradiction = z.infer<typeof contradictionSchema>;
/** @public */
export const contradictionPageSchema = pageSchema(contradictionSchema);
/** @public */
export type ContradictionPage = z.infer<typeof contradictionPageSchema>;

/** @public */
export const leaverSchema = z.object({
  personRef: entityRefSchema,
  displayName: z.string(),
  reason: z.enum(['removed', 'no-group']),
  /** When the catalog no longer had them. */
  removedAt: instantSchema.optional(),
});
/** @public */
export type Leaver = z.infer<typeof leaverSchema>;
/** @public */
export const leaverPageSchema = pageSchema(leaverSchema);
/** @public */
export type LeaverPage = z.infer<typeof leaverPageSchema>;

/** @public */
export const botSchema = z.object({
  /** An e-mail address, which may be empty, or an account as `<host>/<login>`. */
  address: z.string(),
  name: z.string(),
  /**
   * `marked` has `[bot]` in its name or address, `host` commits in the name of a host,
   * `agent` writes code for somebody, and `told` is one by what its host says.
   */
  reason: z.enum(['marked', 'host', 'agent', 'told']),
});
/** @public */
export type Bot = z.infer<typeof botSchema>;
/** @public */
export const botPageSchema = pageSchema(botSchema);
/** @public */
export type BotPage = z.infer<typeof botPageSchema>;

/**
 * What concerns the caller alone.
 * @public
 */
export const myIdentitiesSchema = z.object({
  candidates: z.array(identityCandidateSchema),
  links: z.array(identityLinkSchema),
});
/** @public */
export type MyIdentities = z.infer<typeof myIdentitiesSchema>;

/** @public */
export const decideIdentitiesRequestSchema = z.strictObject({
  /** All of them are decided, or none. */
  decisions: z
    .array(
      z.strictObject({
        identifier: identifierSchema,
        personRef: entityRefSchema,
        state: z.enum(['confirmed', 'refused']),
        fromMailmap: z.boolean().default(false),
      }),
    )
    .min(1)
    .max(1000),
});
/** @public */
export type DecideIdentitiesRequest = z.input<
  typeof decideIdentitiesRequestSchema
>;

/**
 * Which decision is taken back.
 * @public
 */
export const undoIdentityQuerySchema = z.strictObject({
  type: z.enum(['email', 'account', 'user']),
  value: z.string().min(1).max(255),
  personRef: entityRefSchema,
});
/** @public */
export type UndoIdentityQuery = z.infer<typeof undoIdentityQuerySchema>;

/** @public */
export const readMailmapRequestSchema = z.strictObject({
  /** The text of a `.mailmap`. */
  text: z
    .string()
    .min(1)
    .max(500_000, 'must have at most 500,000 characters; send it in parts'),
});
/** @public */
export type ReadMailmapRequest = z.infer<typeof readMailmapRequestSchema>;

/**
 * What a `.mailmap` would link, if it were confirmed.
 * @public
 */
export const mailmapReadingSchema = z.object({
  items: z.array(identityCandidateSchema),
  /** How many more there are than are told at once. */
  left: z.number().int().nonnegative(),
  /** How many addresses and names it rewrites to an address that no User has. */
  unknown: z.number().int().nonnegative(),
  /** The same of addresses that several Users have. */
  shared: z.number().int().nonnegative(),
  /** Numbers of lines that git makes nothing of; the first hundred. */
  unusableLines: z.array(z.number().int().positive()),
});
/** @public */
export type MailmapReading = z.infer<typeof mailmapReadingSchema>;
