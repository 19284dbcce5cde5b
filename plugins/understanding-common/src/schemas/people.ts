import { z } from 'zod';
import { keptDraftSchema } from './drafts';
import { identityLinkSchema } from './identities';
import { entityRefSchema, instantSchema, linkSchema } from './shared';

/** @public */
export const evidenceKindSchema = z.enum([
  'authored',
  'reviewed',
  'explained',
  'documented',
  'operated',
  'taught',
]);
/** @public */
export type EvidenceKind = z.infer<typeof evidenceKindSchema>;

/** @public */
export const freshnessSchema = z.enum(['fresh', 'fading', 'old']);
/** @public */
export type Freshness = z.infer<typeof freshnessSchema>;

/**
 * `active`: a User of the catalog who belongs to a Group; `left`: a User who was
 * removed from the catalog or belongs to no Group; `not-in-catalog`: a name of a
 * history that no User of the catalog claims; `several-users`: one of which several
 * claim the address or account, so that it counts for none of them.
 * @public
 */
export const personStatusSchema = z.enum([
  'active',
  'left',
  'not-in-catalog',
  'several-users',
]);
/** @public */
export type PersonStatus = z.infer<typeof personStatusSchema>;

/** @public */
export const evidenceSchema = z.object({
  kind: evidenceKindSchema,
  freshness: freshnessSchema,
  latestAt: instantSchema,
  count: z.number().int().positive(),
  url: z.string().optional(),
  /** False where only commit metadata says so, which nobody authenticates. */
  verified: z.boolean(),
  /** An accepted walkthrough, which shows understanding alone. */
  walkthrough: z.boolean().optional(),
});
/** @public */
export type Evidence = z.infer<typeof evidenceSchema>;

/**
 * What somebody says of their own understanding of an entity. `no-longer`: evidence up
 * to that instant does not count any more. `from-elsewhere`: counts as one kind of
 * fresh evidence more, claimed, until its end.
 * @public
 */
export const correctionSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('no-longer'), at: instantSchema }),
  z.object({
    type: z.literal('from-elsewhere'),
    at: instantSchema,
    until: instantSchema,
    note: z.string().optional(),
  }),
]);
/** @public */
export type Correction = z.infer<typeof correctionSchema>;

/**
 * How to reach somebody, as far as the catalog says it.
 * @public
 */
export const reachSchema = z.object({
  teams: z.array(z.object({ ref: entityRefSchema, title: z.string() })),
  /** A handle, an id or an address of a chat, as it stands in the catalog. */
  chat: z.string().optional(),
  /** As in the database of IANA, e.g. `Europe/Berlin`. */
  timeZone: z.string().optional(),
});
/** @public */
export type Reach = z.infer<typeof reachSchema>;

/** @public */
export const personUnderstandingSchema = z.object({
  personRef: entityRefSchema.optional(),
  displayName: z.string(),
  status: personStatusSchema,
  active: z.boolean(),
  understands: z.boolean(),
  evidence: z.array(evidenceSchema),
  /** What they say themselves; absent where it says nothing any more. */
  correction: correctionSchema.optional(),
  /** Of the first hundred who are active. */
  reach: reachSchema.optional(),
});

/** @public */
export type PersonUnderstanding = z.infer<typeof personUnderstandingSchema>;

const noteSchema = z
  .string()
  .trim()
  .max(500, 'say it in at most 500 characters');

/** @public */
export const correctRequestSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('no-longer') }),
  z.strictObject({
    type: z.literal('from-elsewhere'),
    /** At most as far away as evidence stays fresh. */
    until: instantSchema,
    /** Where from; shown to those who see the name. */
    note: noteSchema.optional(),
  }),
]);
/** @public */
export type CorrectRequest = z.infer<typeof correctRequestSchema>;

/**
 * The kinds of evidence that people give by hand; the others come from where the work
 * was done.
 * @public
 */
export const handKindSchema = z.enum(['documented', 'taught']);
/** @public */
export type HandKind = z.infer<typeof handKindSchema>;

/** @public */
export const proposeEvidenceRequestSchema = z.strictObject({
  entityRef: entityRefSchema,
  kind: handKindSchema,
  /** Who did it; it counts when they confirm it. */
  personRef: entityRefSchema,
  /** When it was done. */
  at: instantSchema,
  /** Where it can be seen, e.g. a recording or a page. */
  url: linkSchema.optional(),
  note: noteSchema.optional(),
});
/** @public */
export type ProposeEvidenceRequest = z.infer<
  typeof proposeEvidenceRequestSchema
>;

/** @public */
export const handEvidenceSchema = proposeEvidenceRequestSchema.extend({
  id: z.string(),
  state: z.enum(['proposed', 'confirmed', 'declined']),
  proposedBy: entityRefSchema,
  proposedAt: instantSchema,
  /** True where somebody else saw it: proposed by one, confirmed by another. */
  verified: z.boolean(),
});
/** @public */
export type HandEvidence = z.infer<typeof handEvidenceSchema>;

/**
 * All that is stored about the caller.
 * @public
 */
export const aboutMeSchema = z.object({
  personRef: entityRefSchema,
  /** From the catalog; absent where the catalog does not have the caller. */
  catalog: z
    .object({
      displayName: z.string(),
      email: z.string().optional(),
      logins: z.array(z.string()),
      accounts: z.array(z.object({ host: z.string(), login: z.string() })),
      groupRefs: z.array(entityRefSchema),
      chat: z.string().optional(),
      timeZone: z.string().optional(),
      /** When the catalog no longer had them. */
      removedAt: instantSchema.optional(),
    })
    .optional(),
  /** By entity, then by kind. */
  evidence: z.array(
    z.object({
      entityRef: entityRefSchema,
      kind: evidenceKindSchema,
      latestAt: instantSchema,
      count: z.number().int().positive(),
      url: z.string().optional(),
      verified: z.boolean(),
      /** Where it comes from. */
      source: z.enum([
        'history',
        'host',
        'hand',
        'test',
        'incident',
        'on-call',
        'explanation',
      ]),
    }),
  ),
  handEvidence: z.array(handEvidenceSchema),
  /** What was decided about addresses and accounts that may be theirs. */
  identities: z.array(identityLinkSchema),
  corrections: z.array(
    z.object({ entityRef: entityRefSchema, correction: correctionSchema }),
  ),
  /** What else names them, in words, with how many there are. */
  records: z.array(
    z.object({ what: z.string(), count: z.number().int().positive() }),
  ),
  /** What they wrote and did not submit; the latest first. */
  drafts: z.array(keptDraftSchema),
  /** Whether they may be suggested to learn or review something. */
  suggested: z.boolean(),
  /** Days for which evidence is fresh, and at most those of a correction. */
  freshDays: z.number().int().positive(),
  /** For how many days evidence is kept; absent where it is kept for good. */
  keptDays: z.number().positive().optional(),
  /** Whether others see names at all in this installation. */
  namesShown: z.boolean(),
});
/** @public */
export type AboutMe = z.infer<typeof aboutMeSchema>;

/** @public */
export const eraseRequestSchema = z.strictObject({
  /** A User who is no longer in the catalog. */
  personRef: entityRefSchema,
});
/** @public */
export type EraseRequest = z.infer<typeof eraseRequestSchema>;

/** @public */
export const suggestedRequestSchema = z.strictObject({
  suggested: z.boolean(),
});
/** @public */
export type SuggestedRequest = z.infer<typeof suggestedRequestSchema>;

/**
 * Evidence by hand that names the caller, or that they proposed.
 * @public
 */
export const handEvidenceListSchema = z.object({
  /** The caller. */
  personRef: entityRefSchema,
  /** Newest first. */
  items: z.array(handEvidenceSchema),
});
/** @public */
export type HandEvidenceList = z.infer<typeof handEvidenceListSchema>;
