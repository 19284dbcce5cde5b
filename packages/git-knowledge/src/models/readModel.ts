import { z } from 'zod';
import { absenceFactor, removalOrder } from '../authorship/absenceFactor';
import { OnProgress } from '../history/readCommits';
import { readSnapshot } from '../readSnapshot';
import {
  AbsenceFactor,
  HistoryAnswer,
  knowledgeRequestSchema,
} from '../schemas';
import { withTimeLimit } from '../timeLimit';
import { Model, ModelAuthors } from './Model';
import { MODELS } from './models';

/**
 * Which repository is read by which published model. What a model has rules of its own
 * for is refused: `identities` and `bots` by all but `doe`, `include` and `exclude` by
 * `jetbrains2023`.
 * @public
 */
export const modelRequestSchema = knowledgeRequestSchema
  .pick({
    repository: true,
    at: true,
    now: true,
    state: true,
    identities: true,
    bots: true,
    include: true,
    exclude: true,
    limits: true,
  })
  .extend({ model: z.enum(['avelino2016', 'jetbrains2023', 'doe']) })
  .superRefine((request, context) => {
    const model: Model = MODELS[request.model];
    for (const key of ['identities', 'bots', 'include', 'exclude'] as const) {
      if (!model.heeds.includes(key) && (request[key] ?? []).length > 0) {
        context.addIssue({
          code: 'custom',
          path: [key],
          message: `${request.model} has its own rules: leave ${key} out`,
        });
      }
    }
  });
/** @public */
export type ModelRequest = z.input<typeof modelRequestSchema>;
/** @public */
export type ParsedModelRequest = z.output<typeof modelRequestSchema>;

/**
 * The absence factor of some files by a model, and who is removed for it.
 * @public
 */
export interface ModelAbsenceFactor extends AbsenceFactor {
  /**
   * People in the order in which they are removed, until nobody is left, with how many
   * of these files each is author of. The first `factor` of them are the factor's.
   */
  readonly removal: ReadonlyArray<{
    readonly person: string;
    readonly files: number;
  }>;
}

/**
 * What a published model says of a repository.
 * @public
 */
export interface ModelReading {
  readonly head: string;
  /** ISO 8601. */
  readonly headAt: string;
  /** What could not be seen. */
  readonly problems: HistoryAnswer['problems'];
  /** Commits read, without merges. */
  readonly commits: number;
  /** The people that the model knows, as it tells them apart. */
  readonly people: readonly string[];
  /** All files at the head. */
  readonly paths: readonly string[];
  /** Those that count for the model. */
  readonly files: readonly string[];
  /** By file that counts, its authors, as places among the people. */
  readonly authors: ReadonlyArray<readonly number[]>;
  /** @param contains - which of the files that count; all by default */
  absenceFactorOf(contains?: (path: string) => boolean): ModelAbsenceFactor;
}

/**
 * Reads one repository as a published model of authorship does.
 *
 * @param options - `onProgress` is told again and again how many commits are read
 * @throws GitKnowledgeError; ZodError for a request of the wrong form
 * @public
 */
export async function readModel(
  request: ModelRequest,
  options: { signal?: AbortSignal; onProgress?: OnProgress } = {},
): Promise<ModelReading> {
  const parsed = modelRequestSchema.parse(request);
  const { repository, limits, now, at, include, exclude, state } = parsed;
  const model: Model = MODELS[parsed.model];
  return withTimeLimit(
    { repository, seconds: limits.seconds, signal: options.signal },
    async signal => {
      const snapshot = await readSnapshot(
        repository,
        { ...model.reading, limits },
        {
          at,
          now: Date.parse(now),
          include,
          exclude,
          state,
          signal,
          onProgress: options.onProgress,
        },
      );
      const found = await model.authorsIn(snapshot, parsed, { signal });
      await snapshot.saved;
      const { commits, head, files, problems } = snapshot;
      return {
        head: head.head,
        headAt: head.headAt,
        problems,
        commits: commits.order.filter(commit => !commits.isMerge(commit))
          .length,
        people: found.people,
        paths: files.paths,
        files: found.files,
        authors: found.authors,
        absenceFactorOf: contains => absenceFactorBy(found, contains),
      };
    },
  );
}

function absenceFactorBy(
  { people, files, authors, records, inTies }: ModelAuthors,
  contains: (path: string) => boolean = () => true,
): ModelAbsenceFactor {
  const wanted = files.flatMap((path, file) => (contains(path) ? [file] : []));
  // Files that have their record in common are removed as one.
  const byRecord = [
    ...new Map(
      wanted.map(file => [records?.[file] ?? file, authors[file]]),
    ).values(),
  ];
  const { order, filesOf } = removalOrder(byRecord, inTies);
  return {
    ...absenceFactor(byRecord, inTies, wanted.length),
    removal: order.map(person => ({
      person: people[person],
      files: filesOf[person].length,
    })),
  };
}
