import {
  mkdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { ann, commit } from '../__testUtils__/commits';
import { git, useRepositories } from '../__testUtils__/repositories';
import { readPlainClone } from './readPlainClone';

const repositories = useRepositories();
const COMMITS = ['one', 'two'].map(name => commit(ann, { [name]: name }));

function saidByGit(repository: string) {
  const [shallow, folder, head] = git(repository, [
    'rev-parse',
    '--is-shallow-repository',
    '--path-format=absolute',
    '--git-common-dir',
    'HEAD^{commit}',
  ]).split('\n');
  return { head, folder, shallow: shallow === 'true' };
}

describe('readPlainClone', () => {
  it.each<[string, (repository: string) => string | void]>([
    ['as git makes it', () => {}],
    [
      'with packed references',
      clone => void git(clone, ['pack-refs', '--all']),
    ],
    [
      'whose packed reference is old',
      clone => {
        git(clone, ['pack-refs', '--all']);
        git(clone, ['update-ref', 'refs/heads/main', 'main~1']);
      },
    ],
    [
      'on a branch in folders',
      clone => {
        git(clone, ['branch', 'one/main', 'main~1']);
        git(clone, ['pack-refs', '--all']);
        git(clone, ['symbolic-ref', 'HEAD', 'refs/heads/one/main']);
      },
    ],
    [
      'without a branch',
      clone => void git(clone, ['update-ref', '--no-deref', 'HEAD', 'main~1']),
    ],
    [
      'that is bare',
      clone => {
        const bare = join(clone, 'bare.git');
        git(clone, ['clone', '--quiet', '--bare', '.', bare]);
        return bare;
      },
    ],
    [
      'that is shallow',
      clone => {
        const shallow = join(clone, 'shallow');
        const url = `file://${clone}`;
        git(clone, ['clone', '--quiet', '--depth=1', url, shallow]);
        return shallow;
      },
    ],
    [
      'below a link',
      clone => {
        const link = join(repositories.folder(), 'link');
        symlinkSync(clone, link);
        return link;
      },
    ],
  ])('says of a clone %s what git says', (_, change) => {
    const repository = repositories.create(COMMITS);
    const clone = change(repository) ?? repository;
    expect(readPlainClone(clone)).toEqual(saidByGit(clone));
  });

  it.each<[string, (repository: string) => string | void]>([
    [
      'is a worktree',
      clone => {
        const other = join(clone, 'other');
        git(clone, ['worktree', 'add', '--quiet', '--detach', other]);
        return other;
      },
    ],
    [
      'is the folder of a worktree',
      clone => {
        const other = join(clone, 'other');
        git(clone, ['worktree', 'add', '--quiet', '--detach', other]);
        return join(clone, '.git/worktrees/other');
      },
    ],
    ['has no commit', () => repositories.create([])],
    ['is not there', clone => join(clone, 'none')],
    ['has no head', clone => rmSync(join(clone, '.git/HEAD'))],
    [
      'has a linked head',
      clone => {
        const head = join(clone, '.git/HEAD');
        renameSync(head, `${head}.real`);
        symlinkSync(`${head}.real`, head);
      },
    ],
    [
      'has a folder in place of a head',
      clone => {
        rmSync(join(clone, '.git/HEAD'));
        mkdirSync(join(clone, '.git/HEAD'));
      },
    ],
    [
      'leads out of itself',
      clone =>
        writeFileSync(
          join(clone, '.git/HEAD'),
          'ref: refs/heads/../../../../etc/passwd\n',
        ),
    ],
    [
      'keeps its references otherwise',
      clone =>
        writeFileSync(join(clone, '.git/HEAD'), 'ref: refs/heads/.invalid\n'),
    ],
    [
      'lost a reference in a crash',
      clone => truncateSync(join(clone, '.git/refs/heads/main'), 0),
    ],
    [
      'has a very large head',
      clone => truncateSync(join(clone, '.git/HEAD'), 2 ** 31),
    ],
  ])('leaves to git what %s', (_, change) => {
    const repository = repositories.create(COMMITS);
    expect(readPlainClone(change(repository) ?? repository)).toBeUndefined();
  });
});
