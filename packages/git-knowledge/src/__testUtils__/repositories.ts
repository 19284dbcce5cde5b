import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestCommit, toFastImport } from './commits';

/** Runs the real git, as nobody in particular, and returns what it prints. */
export function git(
  folder: string,
  args: readonly string[],
  input?: Buffer | string,
): string {
  return execFileSync('git', args, {
    cwd: folder,
    input,
    encoding: 'utf8',
    env: {
      PATH: process.env.PATH,
      HOME: '/nonexistent',
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_AUTHOR_NAME: 'Test',
      GIT_AUTHOR_EMAIL: 'test@example.com',
      GIT_COMMITTER_NAME: 'Test',
      GIT_COMMITTER_EMAIL: 'test@example.com',
    },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
}

/** Takes a content out of a repository, as some clones lack it. */
export function removeContent(repository: string, name: string): void {
  const hash = git(repository, ['rev-parse', name]).trim();
  const packs = join(repository, '.git/objects/pack');
  // What is packed cannot be taken out one by one.
  for (const file of readdirSync(packs)) {
    const path = join(packs, file);
    if (file.endsWith('.pack')) {
      const pack = readFileSync(path);
      rmSync(path);
      git(repository, ['unpack-objects', '-q'], pack);
    } else {
      rmSync(path);
    }
  }
  rmSync(join(repository, '.git/objects', hash.slice(0, 2), hash.slice(2)));
}

/**
 * Folders that are removed after the tests of the file, and real repositories in them.
 * A repository has commits and no work tree files, as servers keep them.
 */
export function useRepositories() {
  // Starting git takes as long as the machine is busy.
  jest.setTimeout(60_000);

  const folders: string[] = [];
  afterAll(() => {
    for (const one of folders) {
      rmSync(one, { recursive: true, force: true });
    }
  });

  function folder(): string {
    // Where the temporary folder is a link, git prints what it leads to.
    const made = realpathSync(mkdtempSync(join(tmpdir(), 'git-knowledge-')));
    folders.push(made);
    return made;
  }

  return {
    folder,
    /** A repository with these commits; without any, an empty one. */
    create(
      commits: readonly TestCommit[] = [],
      options: { init?: readonly string[] } = {},
    ): string {
      const repository = join(folder(), 'repository');
      mkdirSync(repository);
      git(repository, [
        'init',
        '--quiet',
        '--initial-branch=main',
        ...(options.init ?? []),
      ]);
      if (commits.length > 0) {
        git(
          repository,
          ['fast-import', '--quiet', '--date-format=raw-permissive'],
          toFastImport(commits),
        );
      }
      return repository;
    },
  };
}
