import { z } from 'zod';

/**
 * Which repository is read, when, and how.
 * @public
 */
export const knowledgeRequestSchema = z.strictObject({
  /** Absolute path of a work tree or of a bare repository. */
  repository: z.string().min(1),
  /**
   * Branch, tag or commit, or a date for what the main line of `HEAD` was then; `HEAD`
   * by default.
   */
  at: z.string().optional(),
  /**
   * The instant of the reading, ISO 8601; nothing reads the clock. A reading `at` a date
   * is as of that date, and one at a branch, tag or commit as of its committer time,
   * where these are earlier.
   */
  now: z.iso.datetime(),
  /**
   * Which renames are followed: of files whose content stays the same, or also of
   * those that keep half of it. For the latter git compares the contents of every
   * commit that both adds and deletes files.
   */
  renames: z.enum(['exact', 'similar']).default('exact'),
  /**
   * A file that keeps what was read, so that the next reading of the repository reads
   * newer commits only. It is made where it is missing; a file that is none is refused.
   */
  state: z.string().min(1).optional(),
  /** Days in which a change loses half of its weight in the present reading. */
  halfLifeDays: z.number().positive().default(150),
  /**
   * Which addresses belong to which person. Addresses that are not listed stand for
   * themselves, and for nobody who is active. Without any list at all, whoever made a
   * change within a year is active.
   */
  identities: z
    .array(
      z.strictObject({
        email: z.string(),
        personId: z.string(),
        active: z.boolean(),
        /**
         * Whether what was done under this address is told apart from what its person
         * did otherwise. Absence factors count one person all the same.
         */
        apart: z.boolean().optional(),
      }),
    )
    .optional(),
  /** Addresses of bots, beside those that are recognised. */
  bots: z.array(z.string()).default([]),
  /** Globs of files that count, whatever the rules say. */
  include: z.array(z.string()).default([]),
  /** Globs of files that do not count; these win. */
  exclude: z.array(z.string()).default([]),
  limits: z
    .strictObject({
      /** Commits read, newest first. */
      commits: z.number().int().positive().default(500_000),
      /** Files of one commit; what a larger one touches beyond is not counted. */
      filesPerCommit: z.number().int().positive().default(5000),
      /** Characters of one path; longer ones are left out. */
      pathLength: z.number().int().positive().default(4096),
      /** Seconds for the whole reading; timers take no more than 24 days. */
      seconds: z.number().positive().max(2_000_000).default(600),
      /** Memory of the child process, in MiB. */
      memoryMb: z.number().int().positive().default(1024),
      /** Paths listed for one territory. */
      listedPaths: z.number().int().positive().default(20_000),
    })
    .prefault({}),
});
/** @public */
export type KnowledgeRequest = z.input<typeof knowledgeRequestSchema>;
/** @public */
export type ParsedKnowledgeRequest = z.output<typeof knowledgeRequestSchema>;

/**
 * What is asked of one repository.
 * @public
 */
export const historyRequestSchema = knowledgeRequestSchema.extend({
  /** The parts of the repository that are asked about. */
  territories: z.array(
    z.strictObject({
      id: z.string(),
      /** Files or folders; an empty one means the whole repository. */
      paths: z.array(z.string()),
      /** Globs of documents, from the root of the repository. */
      documents: z.array(z.string()).default([]),
    }),
  ),
});
/** @public */
export type HistoryRequest = z.input<typeof historyRequestSchema>;
/** @public */
export type ParsedHistoryRequest = z.output<typeof historyRequestSchema>;

/** @public */
export const absenceFactorSchema = z.object({
  /** How many people; 0 when no file has an author. */
  factor: z.number().int().nonnegative(),
  /** How many files were looked at. */
  files: z.number().int().nonnegative(),
  /** Share of files that still have an author when the removal stops. */
  coverageAtStop: z.number(),
});
/** @public */
export type AbsenceFactor = z.infer<typeof absenceFactorSchema>;

/**
 * Somebody who reviewed, acknowledged or tested changes, by their trailers.
 * @public
 */
export const reviewerSchema = z.object({
  /** Of the identities given, the one whose address this is. */
  personId: z.string().optional(),
  /** The name in the newest change. */
  name: z.string(),
  emails: z.array(z.string()),
  /** By the identities given; without any, whether there is a change within a year. */
  active: z.boolean(),
  /** Changes, creations included; merges count as nothing. */
  commits: z.number().int(),
  firstAt: z.string(),
  latestAt: z.string(),
  latestCommit: z.string(),
});

/** @public */
export type Reviewer = z.infer<typeof reviewerSchema>;

/** @public */
export const contributorSchema = reviewerSchema.extend({
  /** Files with a degree of authorship of at least 2.4. */
  knownFiles: z.number().int(),
  /** Files that the person is an author of by the published rule. */
  authoredFiles: z.number().int(),
});
/** @public */
export type Contributor = z.infer<typeof contributorSchema>;

/**
 * Why a contact of a history is nobody: `marked` has `[bot]` in its name or address,
 * `host` commits in the name of a host, `agent` writes code for somebody, and
 * `configured` is among the bots of the request.
 * @public
 */
export const botReasonSchema = z.enum([
  'marked',
  'host',
  'agent',
  'configured',
]);
/** @public */
export type BotReason = z.infer<typeof botReasonSchema>;

/** @public */
export const documentHistorySchema = z.object({
  path: z.string(),
  title: z.string().optional(),
  /** `covers:` of its front matter. */
  covers: z.array(z.string()),
  contentChangedAt: z.string(),
  contentChangedCommit: z.string(),
  /** Who made that commit; empty where nobody but bots did. */
  contentChangedBy: z.array(
    z.object({
      personId: z.string().optional(),
      name: z.string(),
      emails: z.array(z.string()),
    }),
  ),
  /** Commits that touched files of its territory after that. */
  commitsSince: z.number().int(),
  /** Those of them that changed more than white space. */
  changesSince: z.number().int(),
  /** Files of the territory that the latter changed. */
  filesTouchedSince: z.number().int(),
  territoryFiles: z.number().int(),
  lastTerritoryChangeAt: z.string().optional(),
  /** Paths that it cites, that once existed, and that are gone. */
  brokenCitations: z.array(
    z.object({
      citation: z.string(),
      line: z.number().int(),
      removedAt: z.string(),
      removedCommit: z.string(),
      movedTo: z.string().optional(),
    }),
  ),
});
/** @public */
export type DocumentHistory = z.infer<typeof documentHistorySchema>;

/**
 * What was read of one repository.
 * @public
 */
export const historyAnswerSchema = z.object({
  head: z.string(),
  headAt: z.string(),
  shallow: z.boolean(),
  /** Commits read, without merges and those of bots. */
  commits: z.number().int(),
  /** What could not be seen, in words. */
  problems: z.array(z.object({ code: z.string(), message: z.string() })),
  /** Whose changes are nobody's, and why, by address. */
  bots: z.array(
    z.object({ name: z.string(), email: z.string(), reason: botReasonSchema }),
  ),
  territories: z.array(
    z.object({
      id: z.string(),
      /** Source files at the head that count. */
      files: z.number().int(),
      /** Files below the territory's paths, documents included. */
      paths: z.array(z.string()),
      /**
       * For each of these paths, who knows it, as places in `people`; empty for files
       * that do not count.
       */
      knownBy: z.array(z.array(z.number().int().nonnegative())),
      lastChangeAt: z.string().optional(),
      lastChangeCommit: z.string().optional(),
      people: z.array(contributorSchema),
      reviewers: z.array(reviewerSchema),
      /** Commits that say that an agent wrote at least a part of them. */
      assistedCommits: z.number().int(),
      absenceFactor: z.object({
        allTime: absenceFactorSchema,
        present: absenceFactorSchema,
      }),
      /**
       * Who are the authors at present of how many files together, as places in
       * `people`; from these the present factor of several territories follows.
       */
      authorship: z.array(
        z.object({
          authors: z.array(z.number().int().nonnegative()),
          files: z.number().int().positive(),
        }),
      ),
      documents: z.array(documentHistorySchema),
    }),
  ),
});
/** @public */
export type HistoryAnswer = z.infer<typeof historyAnswerSchema>;
