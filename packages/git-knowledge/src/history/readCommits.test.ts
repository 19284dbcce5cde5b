import os from 'node:os';
import { day } from '../__testUtils__/commits';
import { git, useRepositories } from '../__testUtils__/repositories';
import { streamGit } from '../git/git';
import { History } from './History';
import { TRAILERS } from './messages';
import { EXACT, commitsCommand, readCommits } from './readCommits';

const repositories = useRepositories();
const LIMITS = { commits: 100_000, filesPerCommit: 5000, pathLength: 4096 };

/** Files that change in turn, and a merge after every tenth commit. */
function create(commits: number): string {
  const repository = repositories.create();
  const lines = Array.from({ length: commits }, (_, number) => {
    const isMerge = number % 10 === 9;
    return [
      'commit refs/heads/main',
      `mark :${number + 1}`,
      `author P${number % 7} <p${number % 7}@x> ${day(0) + number} +0000`,
      // All at the same time: nothing but git's own order tells them apart.
      `committer C <c@x> ${day(0)} +0000`,
      'data 0',
      ...(number > 0 ? [`from :${number}`] : []),
      ...(isMerge ? [`merge :${number - 5}`] : []),
      `M 644 inline f${number % 13}.ts\ndata ${`${number}`.length}\n${number}`,
      '',
    ].join('\n');
  });
  git(repository, ['fast-import', '--quiet'], `${lines.join('\n')}\n`);
  return repository;
}

async function read(repository: string, limits: Partial<typeof LIMITS> = {}) {
  const history = new History();
  const head = git(repository, ['rev-parse', 'main']).trim();
  const reading = {
    renames: EXACT,
    messages: TRAILERS,
    limits: { ...LIMITS, ...limits },
  };
  const output = streamGit(repository, commitsCommand({ head }, reading));
  const { large } = await readCommits(history, reading, {
    repository,
    head,
    output,
  });
  const commits = Array.from({ length: history.commitNumbers }, (_, number) => {
    const hash = history.hashOf(number);
    if (!history.isRead(number)) {
      return { hash };
    }
    const parents: string[] = [];
    const changes: unknown[] = [];
    history.forEachParent(number, one => parents.push(history.hashOf(one)));
    history.forEachChange(number, (status, path) =>
      changes.push([status, history.pathOf(path)]),
    );
    const author = history.contactOf(history.authorOf(number));
    return { hash, author, parents, changes };
  });
  return {
    large,
    commits: commits.sort((a, b) => (a.hash < b.hash ? -1 : 1)),
  };
}

describe('readCommits', () => {
  afterEach(() => jest.restoreAllMocks());

  it.each<[number, Partial<typeof LIMITS>]>([
    [1, {}],
    [2, {}],
    [5000, {}],
    [5000, { commits: 3000 }],
    [50, { pathLength: 1 }],
  ])(
    'reads %d commits within %j the same with one processor as with more',
    async (count, limits) => {
      const repository = create(count);
      const processors = jest.spyOn(os, 'availableParallelism');
      processors.mockReturnValue(1);
      const one = await read(repository, limits);
      processors.mockReturnValue(2);
      const both = await read(repository, limits);
      expect(processors).toHaveBeenCalledTimes(2);
      expect(both).toEqual(one);
      expect(one.commits.filter(commit => 'author' in commit)).toHaveLength(
        Math.min(count, limits.commits ?? count),
      );
    },
  );
});
