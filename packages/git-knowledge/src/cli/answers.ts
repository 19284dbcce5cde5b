import { z } from 'zod';
import {
  contributorSchema,
  documentHistorySchema,
  reviewerSchema,
} from '../schemas';

/** Beginning of every answer of the command line. */
const headShape = {
  /** Grows when something that was there changes its meaning or goes. */
  schemaVersion: z.literal(1),
  /** Absolute path. */
  repository: z.string(),
  /** The commit that was read, in full. */
  at: z.string(),
  /** Its committer time, ISO 8601. */
  date: z.string(),
  /** What could not be seen. */
  problems: z.array(z.strictObject({ code: z.string(), message: z.string() })),
};
/** @public */
export const answerHeadSchema = z.strictObject(headShape);
/** @public */
export type AnswerHead = z.infer<typeof answerHeadSchema>;

const personShape = {
  /** `Name <address>`. */
  person: z.string(),
  /** The id in the identities file. */
  personId: z.string().optional(),
};
/** @public */
export const personAnswerSchema = z.strictObject(personShape);
/** @public */
export type PersonAnswer = z.infer<typeof personAnswerSchema>;

const pairShape = {
  /** Of all that was ever changed. */
  allTime: z.number(),
  /** Of active people, with changes that lose weight; null by a published model. */
  present: z.number().nullable(),
};
const factorShape = {
  /** How many people. */
  absenceFactor: z.strictObject(pairShape),
  /** Share of the files that still have an author when the removal stops, 0 to 1. */
  margin: z.strictObject(pairShape),
};

/**
 * `absence-factor --json`
 * @public
 */
export const absenceFactorAnswerSchema = z.strictObject({
  ...headShape,
  model: z.enum(['doa', 'doe', 'avelino2016', 'jetbrains2023']),
  /** Commits, without merges and, by doa, those of bots. */
  commits: z.number().int(),
  /** Files that count, at or below the paths that were asked about. */
  files: z.number().int(),
  /** People who made these commits; by a published model, those it knows. */
  people: z.number().int(),
  ...factorShape,
  /** Who is removed, in that order, in the reading of all time. */
  top: z.array(
    z.strictObject({
      ...personShape,
      files: z.number().int(),
      /** Of all files that count, 0 to 1. */
      share: z.number(),
    }),
  ),
  /** With `--by-directory`; the root is `.`. */
  directories: z
    .array(
      z.strictObject({
        path: z.string(),
        files: z.number().int(),
        ...factorShape,
      }),
    )
    .optional(),
});
/** @public */
export type AbsenceFactorAnswer = z.infer<typeof absenceFactorAnswerSchema>;

// As the library tells of them; a name is that of the identities file where it has one.
const reviewerShape = { ...personShape, ...reviewerSchema.shape };
const contributorShape = { ...personShape, ...contributorSchema.shape };

/**
 * `who --json`; nobody is ranked: whoever changed the files last comes first.
 * @public
 */
export const whoAnswerSchema = z.strictObject({
  ...headShape,
  paths: z.array(z.string()),
  files: z.number().int(),
  /** Whether somebody who is active knows any of these files. */
  knownByActive: z.boolean(),
  people: z.array(z.strictObject(contributorShape)),
  reviewers: z.array(z.strictObject(reviewerShape)),
  /** Commits that say that an agent wrote at least a part of them. */
  assistedCommits: z.number().int(),
});
/** @public */
export type WhoAnswer = z.infer<typeof whoAnswerSchema>;

/**
 * `authors --json`
 * @public
 */
export const authorsAnswerSchema = z.strictObject({
  ...headShape,
  files: z.number().int(),
  people: z.array(z.strictObject(contributorShape)),
  assistedCommits: z.number().int(),
  /** With `--alias-candidates`. */
  aliasCandidates: z
    .array(
      z.strictObject({
        people: z.tuple([personAnswerSchema, personAnswerSchema]),
        reason: z.string(),
      }),
    )
    .optional(),
});
/** @public */
export type AuthorsAnswer = z.infer<typeof authorsAnswerSchema>;

/**
 * `docs --json`
 * @public
 */
export const docsAnswerSchema = z.strictObject({
  ...headShape,
  documents: z.array(documentHistorySchema),
});
/** @public */
export type DocsAnswer = z.infer<typeof docsAnswerSchema>;

const riskShape = {
  path: z.string(),
  /** Files that count at or below the path. */
  files: z.number().int(),
  /** The one present author, or none. */
  authors: z.array(personAnswerSchema),
};

/**
 * `at-risk --json`
 * @public
 */
export const atRiskAnswerSchema = z.strictObject({
  ...headShape,
  paths: z.array(z.string()),
  /** All files that were looked at. */
  countedFiles: z.number().int(),
  files: z.array(z.strictObject(riskShape)),
  directories: z.array(z.strictObject(riskShape)),
});
/** @public */
export type AtRiskAnswer = z.infer<typeof atRiskAnswerSchema>;

const leftShape = {
  path: z.string(),
  /** Files with a present author now, at or below the path. */
  files: z.number().int(),
  /** Its present authors, who all leave. */
  authors: z.array(personAnswerSchema),
  /** Who else knows any of it, active or not. */
  known: z.array(z.strictObject({ ...personShape, active: z.boolean() })),
};

/**
 * `leave --json`
 * @public
 */
export const leaveAnswerSchema = z.strictObject({
  ...headShape,
  /** Who leaves. */
  people: z.array(z.strictObject({ ...personShape, active: z.boolean() })),
  countedFiles: z.number().int(),
  files: z.array(z.strictObject(leftShape)),
  directories: z.array(z.strictObject(leftShape)),
});
/** @public */
export type LeaveAnswer = z.infer<typeof leaveAnswerSchema>;
