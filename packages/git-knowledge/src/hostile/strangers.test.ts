import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ann, bob, commit } from '../__testUtils__/commits';
import { read } from '../__testUtils__/reading';
import { git, useRepositories } from '../__testUtils__/repositories';
import { outcomeOf } from './__testUtils__/builders';

const repositories = useRepositories();
const DOCUMENTS = { documents: ['**/*.md'] };

function create(): string {
  return repositories.create([
    commit(ann, { 'a.ts': '1', 'README.md': 'one\n', '.mailmap': 'A <a@x>\n' }),
    commit(bob, { 'a.ts': '2', 'README.md': 'two\n' }),
  ]);
}

describe('a repository of somebody else', () => {
  if (process.getuid?.() === 0) {
    it('is read where git itself refuses to', async () => {
      const repository = create();
      const before = await read(repository, DOCUMENTS);
      execFileSync('chown', ['-R', '12345:12345', repository]);
      expect(() => git(repository, ['log'])).toThrow('dubious ownership');
      expect(await read(repository, DOCUMENTS)).toEqual(before);
    });
  } else {
    it.todo('is read where git refuses to: only root can give a folder away');
  }
});

describe('objects that lie elsewhere', () => {
  const borrow = (repository: string, from: string) =>
    writeFileSync(join(repository, '.git/objects/info/alternates'), from);

  it('are read from there, as git reads them', async () => {
    const lender = create();
    const borrower = repositories.create();
    borrow(borrower, `${join(lender, '.git/objects')}\n`);
    const head = git(lender, ['rev-parse', 'main']).trim();
    git(borrower, ['update-ref', 'refs/heads/main', head]);
    expect(await read(borrower, DOCUMENTS)).toEqual(
      await read(lender, DOCUMENTS),
    );
    rmSync(lender, { recursive: true });
    expect(await outcomeOf(read(borrower, DOCUMENTS))).toBe('failed');
  });

  it.each([
    ['nowhere', '/nowhere/at/all\n'],
    ['in itself', '.\n'],
    ['in a file', '/etc/passwd\n'],
    ['in a device', '/dev/zero\n'],
    ['behind an option', '--upload-pack=id\n'],
    ['in bytes', Buffer.alloc(10_000, 0xff).toString('latin1')],
  ])('are not needed when they are said to lie %s', async (_, from) => {
    const repository = create();
    const before = await read(repository, DOCUMENTS);
    borrow(repository, from);
    expect(await read(repository, DOCUMENTS)).toEqual(before);
  });

  it('may lie in two repositories, each in the other', async () => {
    const [one, other] = [create(), create()];
    const before = await read(one, DOCUMENTS);
    borrow(one, `${join(other, '.git/objects')}\n`);
    borrow(other, `${join(one, '.git/objects')}\n`);
    expect(await read(one, DOCUMENTS)).toEqual(before);
  });
});
