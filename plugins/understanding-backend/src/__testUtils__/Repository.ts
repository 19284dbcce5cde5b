import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { nameOf } from './catalog';

export interface TestCommit {
  /** `ada` becomes Ada <ada@acme.example>; otherwise a full `Name <address>`. */
  readonly by: string;
  /** ISO 8601 */
  readonly at: string;
  /** Contents by path. */
  readonly write?: Readonly<Record<string, string>>;
  readonly remove?: readonly string[];
}

const TIP = 'refs/heads/main^0';

/** A real repository, written by `git fast-import`. */
export class Repository {
  readonly folder: string;
  #begun = false;

  static create(folder: string): Repository {
    mkdirSync(folder, { recursive: true });
    const repository = new Repository(folder);
    repository.git(['init', '--quiet', '--initial-branch=main']);
    return repository;
  }

  private constructor(folder: string) {
    this.folder = folder;
  }

  commit(...commits: readonly TestCommit[]): this {
    this.git(
      ['fast-import', '--quiet'],
      commits
        .map((commit, index) =>
          stream(commit, index === 0 && this.#begun ? TIP : undefined),
        )
        .join(''),
    );
    this.#begun = true;
    return this;
  }

  git(args: readonly string[], input?: string | Buffer): string {
    return execFileSync('git', args, {
      cwd: this.folder,
      input,
      encoding: 'utf8',
      env: {
        PATH: process.env.PATH,
        HOME: this.folder,
        GIT_CONFIG_GLOBAL: '/dev/null',
        GIT_CONFIG_NOSYSTEM: '1',
      },
    });
  }
}

/** @param from - the commit before; otherwise that of the same stream, if any */
function stream(commit: TestCommit, from?: string): string {
  const { by, at, write = {}, remove = [] } = commit;
  const who = by.includes('<') ? by : `${nameOf(by)} <${by}@acme.example>`;
  const when = `${Math.floor(Date.parse(at) / 1000)} +0000`;
  return [
    'commit refs/heads/main',
    `author ${who} ${when}`,
    `committer ${who} ${when}`,
    'data 6',
    'change',
    ...(from ? [`from ${from}`] : []),
    ...remove.map(path => `D ${JSON.stringify(path)}`),
    ...Object.entries(write).flatMap(([path, content]) => [
      `M 100644 inline ${JSON.stringify(path)}`,
      `data ${Buffer.byteLength(content)}`,
      content,
    ]),
    '',
    '',
  ].join('\n');
}
