import { TestCommit, TestPerson, commit } from './commits';
import { NOW } from './reading';
import { useRepositories } from './repositories';
import type { Knowledge } from '../Knowledge';
import { readKnowledge } from '../readKnowledge';
import { KnowledgeRequest } from '../schemas';

let written = 0;

/** Somebody changes a file, or creates it. */
export function change(by: TestPerson, path = 'a.ts', at?: number): TestCommit {
  written += 1;
  return commit(by, { [path]: `${written}\n` }, { at });
}

export function times(count: number, make: () => TestCommit): TestCommit[] {
  return Array.from({ length: count }, make);
}

/** The place of a file. */
export function fileAt({ paths }: Knowledge, path: string): number {
  return paths.indexOf(path);
}

type Told = 'authors' | 'present' | 'known';

/** Reads small histories, and tells who is what by our own model. */
export function useRules() {
  const repositories = useRepositories();

  async function readAfter(
    commits: readonly TestCommit[],
    options: Partial<KnowledgeRequest> = {},
  ) {
    return readKnowledge({
      repository: repositories.create(commits),
      now: NOW,
      ...options,
    });
  }

  /** Who is what of each file, by first names. */
  async function told(
    what: Told,
    ...asked: Parameters<typeof readAfter>
  ): Promise<Record<string, string>> {
    const knowledge = await readAfter(...asked);
    const { people } = knowledge.people;
    return Object.fromEntries(
      Array.from(knowledge.sources, file => [
        knowledge.paths[file],
        knowledge
          .authorsOf(file)
          [what].map(person => people[person].name)
          .sort()
          .join(' '),
      ]),
    );
  }

  const authorsAfter = (...asked: Parameters<typeof readAfter>) =>
    told('authors', ...asked);

  return { readAfter, told, authorsAfter };
}
