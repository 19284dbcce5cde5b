import { TRAILERS } from './history/messages';
import { OnProgress } from './history/readCommits';
import { Knowledge } from './Knowledge';
import { readSnapshot } from './readSnapshot';
import { KnowledgeRequest, knowledgeRequestSchema } from './schemas';
import { withTimeLimit } from './timeLimit';

/** Least similarity of a renamed file, in percent; 50 is git's own. */
const RENAMES = { exact: 100, similar: 50 };

/**
 * Reads one repository in one pass over its history, to answer who knows what of it.
 * Merges and bots count as nothing, renames are followed, `.mailmap` is honoured,
 * co-authors count as authors. Nothing is checked out, and git is never let to fetch.
 *
 * @param options.onProgress - is told again and again how many commits are read
 * @throws GitKnowledgeError
 */
export async function readKnowledge(
  request: KnowledgeRequest,
  options: { signal?: AbortSignal; onProgress?: OnProgress } = {},
): Promise<Knowledge> {
  const parsed = knowledgeRequestSchema.parse(request);
  const { repository, limits } = parsed;
  return withTimeLimit(
    { repository, seconds: limits.seconds, signal: options.signal },
    async signal => {
      const snapshot = await readSnapshot(
        repository,
        { renames: RENAMES[parsed.renames], messages: TRAILERS, limits },
        {
          at: parsed.at,
          now: Date.parse(parsed.now),
          include: parsed.include,
          exclude: parsed.exclude,
          state: parsed.state,
          signal,
          onProgress: options.onProgress,
        },
      );
      // Nothing of it needs to wait until the state is saved.
      const knowledge = new Knowledge(snapshot, parsed);
      await snapshot.saved;
      return knowledge;
    },
  );
}
