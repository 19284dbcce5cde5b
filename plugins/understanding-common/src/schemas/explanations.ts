import { z } from 'zod';
import { edgeTypeSchema } from './edges';
import { aiAssistanceSchema } from './ingest';
import {
  entityRefSchema,
  instantSchema,
  pageQueryShape,
  pageSchema,
  planeSchema,
} from './shared';

/** Characters of one section of an explanation; Markdown. */
const MAX_SECTION = 20_000;

/**
 * The parts of an explanation; the first three are needed.
 * @public
 */
export const explanationSectionSchema = z.enum([
  'what',
  'howItFails',
  'why',
  'operate',
  'expected',
]);
/** @public */
export type ExplanationSection = z.infer<typeof explanationSectionSchema>;

const sectionSchema = z.string().max(MAX_SECTION);
const neededSectionSchema = sectionSchema
  .trim()
  .regex(/[\p{L}\p{N}]/u, 'must say something; write at least one word');

/**
 * What a change does, how it can fail, and which alternatives were rejected and why;
 * if wanted, how it is operated and what is expected after its release. Markdown.
 * @public
 */
export const explanationTextSchema = z.object({
  what: neededSectionSchema,
  howItFails: neededSectionSchema,
  why: neededSectionSchema,
  operate: sectionSchema.optional(),
  expected: sectionSchema.optional(),
});
/** @public */
export type ExplanationText = z.infer<typeof explanationTextSchema>;

/**
 * `missing`: nobody has explained it; `submitted`: it waits for a reviewer; `accepted`:
 * a reviewer found that it shows understanding; `returned`: one found that it does
 * not; `stale`: what it explains has changed since.
 * @public
 */
export const explanationStateSchema = z.enum([
  'missing',
  'submitted',
  'accepted',
  'returned',
  'stale',
]);
/** @public */
export type ExplanationState = z.infer<typeof explanationStateSchema>;

/**
 * Whether an explanation shows `genuine` understanding or `surface` familiarity.
 * @public
 */
export const assessmentResultSchema = z.enum([
  'genuine',
  'surface',
  'not-assessable',
]);
/** @public */
export type AssessmentResult = z.infer<typeof assessmentResultSchema>;

/**
 * What a reviewer looked for: the mechanism is named; a condition and its effect are;
 * an alternative was really rejected; a sign that can be observed is named.
 * @public
 */
export const rubricSchema = z.strictObject({
  mechanism: z.boolean(),
  conditionAndEffect: z.boolean(),
  alternativeRejected: z.boolean(),
  observableSign: z.boolean(),
});
/** @public */
export type Rubric = z.infer<typeof rubricSchema>;

/**
 * When an explanation is asked for.
 * @public
 */
export const explanationPolicySchema = z.enum([
  'always',
  'ai-assisted',
  'never',
]);
/** @public */
export type ExplanationPolicy = z.infer<typeof explanationPolicySchema>;

/**
 * What a missing explanation does to a change on its host: no check is shown; one is
 * shown that claims nothing; or one is shown that fails.
 * @public
 */
export const explanationGateSchema = z.enum(['off', 'advisory', 'blocking']);
/** @public */
export type ExplanationGate = z.infer<typeof explanationGateSchema>;

/**
 * What a reviewer should look at; it decides nothing.
 * @public
 */
export const explanationPromptSchema = z.object({
  rule: z.enum([
    'empty',
    'cut',
    'restates-title',
    'restates-commits',
    'names-nothing',
    'near-duplicate',
    'no-failure-modes',
  ]),
  message: z.string(),
  url: z.string().optional(),
});
/** @public */
export type ExplanationPrompt = z.infer<typeof explanationPromptSchema>;

/**
 * What a reviewer could ask, and why just that.
 * @public
 */
export const explanationQuestionSchema = z.object({
  question: z.string(),
  reason: z.string(),
  edge: z
    .object({
      sourceRef: entityRefSchema,
      type: edgeTypeSchema,
      targetRef: entityRefSchema,
    })
    .optional(),
  file: z.string().optional(),
});
/** @public */
export type ExplanationQuestion = z.infer<typeof explanationQuestionSchema>;

/**
 * An https or http address.
 * @public
 */
export const webUrlSchema = z
  .url({ protocol: /^https?$/, error: 'must be a URL with https or http' })
  .max(2000);

/**
 * The change that is explained, by where its host shows it.
 * @public
 */
export const explainedChangeSchema = z.strictObject({
  /** E.g. `github.com`. */
  host: z.string().trim().toLowerCase().min(1).max(255),
  /** E.g. `acme/shop`. */
  repository: z.string().trim().toLowerCase().min(1).max(1000),
  number: z.number().int().positive().max(2_147_483_647),
  url: webUrlSchema,
  headSha: z
    .string()
    .toLowerCase()
    .regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/, 'must be a whole commit hash'),
});
/** @public */
export type ExplainedChange = z.infer<typeof explainedChangeSchema>;

/** @public */
export const createExplanationRequestSchema = z.strictObject({
  ...explanationTextSchema.shape,
  change: explainedChangeSchema.optional(),
  entityRefs: z.array(entityRefSchema).min(1).max(200),
  planes: z.array(planeSchema).max(3).optional(),
  aiAssistance: aiAssistanceSchema.default('unknown'),
});
/** @public */
export type CreateExplanationRequest = z.input<
  typeof createExplanationRequestSchema
>;

/** @public */
export const createAssessmentRequestSchema = z.strictObject({
  result: assessmentResultSchema,
  rubric: rubricSchema,
  note: z.string().max(MAX_SECTION).optional(),
  /** The head that was looked at; refused where there is another by now. */
  headSha: z.string().toLowerCase().max(64).optional(),
});
/** @public */
export type CreateAssessmentRequest = z.input<
  typeof createAssessmentRequestSchema
>;

/**
 * Who had a part in something: a person of the catalog, or an account of a host.
 * @public
 */
export const participantSchema = z.object({
  personRef: entityRefSchema.optional(),
  displayName: z.string(),
});
/** @public */
export type Participant = z.infer<typeof participantSchema>;

const suggestedReviewerSchema = z.object({
  /** Absent where there is nobody to suggest. */
  person: z
    .object({ personRef: entityRefSchema, displayName: z.string() })
    .optional(),
  /** Why this person, or why nobody, in words. */
  reason: z.string(),
});

/**
 * Who could review an open change, so that what one knows spreads: whoever knows most
 * of what it touches, and whoever would learn most where understanding is thin.
 * @public
 */
export const suggestedReviewersSchema = z.object({
  knows: suggestedReviewerSchema,
  learns: suggestedReviewerSchema,
});
/** @public */
export type SuggestedReviewers = z.infer<typeof suggestedReviewersSchema>;

/**
 * An explanation, as lists show it.
 * @public
 */
export const explanationSchema = z.object({
  id: z.string(),
  state: explanationStateSchema,
  /** Absent for what is explained without a change. */
  change: explainedChangeSchema
    .extend({ title: z.string().optional() })
    .optional(),
  entityRefs: z.array(entityRefSchema),
  planes: z.array(planeSchema),
  aiAssistance: aiAssistanceSchema,
  /** Whether an explanation is asked for, and why or why not. */
  required: z.boolean(),
  because: z.string(),
  /** How it was when the change was merged. */
  sealed: z
    .object({
      at: instantSchema,
      state: explanationStateSchema,
      /** The merge commit, where the host tells it. */
      mergeSha: z.string().optional(),
      /** 1 + log10(1 + changed lines); absent until its files are known. */
      weight: z.number().optional(),
    })
    .optional(),
  /** Opened by a merge without an accepted explanation. */
  debt: z.enum(['open', 'paid']).optional(),
  /** The one that stands now; in lists, only where texts were asked for. */
  text: explanationTextSchema.optional(),
  createdAt: instantSchema,
  updatedAt: instantSchema,
});
/** @public */
export type Explanation = z.infer<typeof explanationSchema>;

/**
 * What a change touches, as far as its host told.
 * @public
 */
export const explainedDiffSchema = z.object({
  /** By path; of many, the first. */
  files: z.array(
    z.object({
      path: z.string(),
      previousPath: z.string().optional(),
      status: z.enum(['added', 'modified', 'removed', 'renamed']),
      /** Lines. */
      additions: z.number().int().nonnegative(),
      deletions: z.number().int().nonnegative(),
    }),
  ),
  totalFiles: z.number().int().nonnegative(),
  /** Of all files. */
  additions: z.number().int().nonnegative(),
  deletions: z.number().int().nonnegative(),
  /** Whether the host told of only some of its files. */
  truncated: z.boolean(),
});
/** @public */
export type ExplainedDiff = z.infer<typeof explainedDiffSchema>;

/**
 * One explanation with all that is known of it.
 * @public
 */
export const explanationRecordSchema = explanationSchema.extend({
  /** Paths that the merged change touched, where all are known. */
  sealedFiles: z.array(z.string()).optional(),
  /** What changed since the merge, of that which it is about. */
  changedSince: z
    .array(
      z.object({
        message: z.string(),
        at: instantSchema.optional(),
        /** The dependency that changed. */
        targetRef: entityRefSchema.optional(),
      }),
    )
    .optional(),
  /** What the host shows on the newest head. */
  check: z
    .object({
      headSha: z.string(),
      state: z.enum(['pending', 'success', 'neutral', 'failure']),
      title: z.string(),
      /** Absent until it is written there. */
      writtenAt: instantSchema.optional(),
      /** Why it is not there. */
      problem: z.string().optional(),
    })
    .optional(),
  /** Who let the change through without an accepted explanation, and why. */
  brokenGlass: z
    .array(
      z.object({
        at: instantSchema,
        by: z.enum(['label', 'command']),
        /** For readers who may see names. */
        login: z.string().optional(),
        reason: z.string(),
        headSha: z.string().optional(),
        /** Taken back, or not allowed to; then it lets nothing through. */
        counts: z.boolean(),
      }),
    )
    .optional(),
  /** Absent where nobody has told of it, or there is no change. */
  diff: explainedDiffSchema.optional(),
  /** Whether the reader had a part in it, and somebody else has to assess it. */
  hadPart: z.boolean(),
  prompts: z.array(explanationPromptSchema),
  questions: z.array(explanationQuestionSchema),
  /** Of an open change, for readers who may see names. */
  suggestedReviewers: suggestedReviewersSchema.optional(),
  /** Absent for readers who may not see names. */
  authors: z.array(participantSchema).optional(),
  /** Every text there was, the latest first. */
  versions: z.array(
    z.object({
      at: instantSchema,
      source: z.enum(['description', 'page']),
      headSha: z.string().optional(),
      sections: explanationTextSchema.partial(),
      /** Who wrote it on a page, for readers who may see names. */
      author: participantSchema.optional(),
    }),
  ),
  /** The latest first. */
  assessments: z.array(
    z.object({
      id: z.string(),
      at: instantSchema,
      result: assessmentResultSchema,
      rubric: rubricSchema.optional(),
      note: z.string().optional(),
      headSha: z.string().optional(),
      /** Taken back or edited on the host; then it accepts nothing. */
      withdrawn: z.boolean(),
      /** For readers who may see names. */
      reviewer: participantSchema.optional(),
    }),
  ),
});
/** @public */
export type ExplanationRecord = z.infer<typeof explanationRecordSchema>;

/** @public */
export const createExplanationResponseSchema = explanationRecordSchema.pick({
  id: true,
  state: true,
  prompts: true,
  questions: true,
});
/** @public */
export type CreateExplanationResponse = z.infer<
  typeof createExplanationResponseSchema
>;

/** @public */
export const listExplanationsQuerySchema = z.strictObject({
  ...pageQueryShape,
  entity: entityRefSchema.optional(),
  /** A User of the catalog. */
  author: entityRefSchema.optional(),
  state: explanationStateSchema.optional(),
  changeUrl: webUrlSchema.optional(),
  /** Said of the explanation, or of an entity that it explains. */
  plane: planeSchema.optional(),
  aiAssistance: aiAssistanceSchema.optional(),
  /** With their texts, as for a search index. */
  texts: z.literal('true').optional(),
  /** The other end of a dependency that the change is about. */
  edgeTo: entityRefSchema.optional(),
});
/** @public */
export type ListExplanationsQuery = z.input<typeof listExplanationsQuerySchema>;

/** @public */
export const explanationPageSchema = pageSchema(explanationSchema);
/** @public */
export type ExplanationPage = z.infer<typeof explanationPageSchema>;

/**
 * What waits for the caller: as an author, changes that are open or owe an
 * explanation; as a reviewer, explanations of open changes that nobody has accepted
 * yet, where the caller's review was asked for or given before.
 * @public
 */
export const listMyExplanationsQuerySchema = z.strictObject({
  ...pageQueryShape,
  as: z.enum(['author', 'reviewer']).default('author'),
});
/** @public */
export type ListMyExplanationsQuery = z.input<
  typeof listMyExplanationsQuerySchema
>;
