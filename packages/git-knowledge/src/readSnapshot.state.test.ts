import fc from 'fast-check';
import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  TestCommit,
  ann,
  bob,
  commit,
  lines,
  toFastImport,
} from './__testUtils__/commits';
import { NOW, requestFor } from './__testUtils__/reading';
import { git, useRepositories } from './__testUtils__/repositories';
import { readHistory } from './readHistory';

const repositories = useRepositories();

const OLD: TestCommit[] = [
  commit(ann, { 'src/a.ts': lines('a'), 'src/b.ts': lines('b') }),
  commit(bob, { 'src/a.ts': 'x' }),
];
const NEW: TestCommit[] = [
  commit(bob, {}, { moves: { 'src/b.ts': 'src/c.ts' } }),
  commit(ann, { 'src/c.ts': 'y' }),
];

function append(repository: string, commits: readonly TestCommit[]) {
  const stream = toFastImport(commits).toString('latin1');
  git(
    repository,
    ['fast-import', '--quiet', '--date-format=raw-permissive', '--force'],
    Buffer.from(
      stream.replace(
        /(commit refs\/heads\/main\n[^]*?data \d+\n[^]*?\n)/,
        '$1from refs/heads/main^0\n',
      ),
      'latin1',
    ),
  );
}

/** The same reading with a state and without. */
async function readBoth(repository: string, state: string, at?: string) {
  const request = requestFor(repository, { at, now: NOW });
  return {
    kept: await readHistory({ ...request, state }),
    anew: await readHistory(request),
  };
}

describe('a saved state', () => {
  it('gives what a whole reading gives, and grows with the history', async () => {
    const repository = repositories.create(OLD);
    const state = join(repositories.folder(), 'state');
    const first = await readBoth(repository, state);
    expect(first.kept).toEqual(first.anew);
    const before = readFileSync(state);
    append(repository, NEW);
    const second = await readBoth(repository, state);
    expect(second.anew.commits).toBe(4);
    expect(second.kept).toEqual(second.anew);
    expect(readFileSync(state)).not.toEqual(before);
  });

  it('answers for older commits, and stays as it is', async () => {
    const repository = repositories.create(OLD);
    append(repository, NEW);
    const state = join(repositories.folder(), 'state');
    await readBoth(repository, state);
    const before = readFileSync(state);
    const first = git(repository, ['rev-list', '--max-parents=0', 'main']);
    const { kept, anew } = await readBoth(repository, state, first.trim());
    expect(kept.commits).toBe(1);
    expect(kept).toEqual(anew);
    expect(readFileSync(state)).toEqual(before);
  });

  it('is read anew where history was rewritten', async () => {
    const repository = repositories.create([...OLD, ...NEW]);
    const state = join(repositories.folder(), 'state');
    await readBoth(repository, state);
    git(repository, ['update-ref', 'refs/heads/main', 'main~2']);
    append(repository, [commit(bob, { 'src/z.ts': 'z' })]);
    const there = await readBoth(repository, state);
    expect(there.anew.commits).toBe(3);
    expect(there.kept).toEqual(there.anew);
    // Also where the old head is no more.
    git(repository, ['update-ref', 'refs/heads/main', 'main~2']);
    append(repository, [commit(ann, { 'src/y.ts': 'y' })]);
    git(repository, ['reflog', 'expire', '--expire=now', '--all']);
    git(repository, ['gc', '--quiet', '--prune=now']);
    const gone = await readBoth(repository, state);
    expect(gone.anew.commits).toBe(2);
    expect(gone.kept).toEqual(gone.anew);
  });

  it.each<[string, (state: string) => void]>([
    ['of another version', state => writeFileSync(state, 'git-knowledge 0')],
    ['that is empty', state => truncateSync(state, 0)],
    ['that was cut off', state => truncateSync(state, 500)],
    [
      'of which a byte was turned',
      state => {
        const bytes = readFileSync(state);
        bytes[bytes.length - 100] += 1;
        writeFileSync(state, bytes);
      },
    ],
    ['of something else', state => writeFileSync(state, 'x'.repeat(5000))],
  ])('%s is made anew', async (_, spoil) => {
    const repository = repositories.create(OLD);
    const state = join(repositories.folder(), 'state');
    await readBoth(repository, state);
    const whole = readFileSync(state);
    spoil(state);
    expect(readFileSync(state).equals(whole)).toBe(false);
    const { kept, anew } = await readBoth(repository, state);
    expect(kept).toEqual(anew);
    expect(readFileSync(state).length).toBe(whole.length);
  });

  it('of another repository or another way of reading is not used', async () => {
    const state = join(repositories.folder(), 'state');
    await readBoth(repositories.create(NEW.slice(1)), state);
    const repository = repositories.create(OLD);
    const { kept, anew } = await readBoth(repository, state);
    expect(kept).toEqual(anew);
    const similar = requestFor(repository, { renames: 'similar' });
    expect(await readHistory({ ...similar, state })).toEqual(
      await readHistory(similar),
    );
  });

  it('that cannot be saved costs time, and not the answer', async () => {
    const repository = repositories.create(OLD);
    const state = join(repositories.folder(), 'nowhere', 'state');
    const { kept, anew } = await readBoth(repository, state);
    expect(kept.territories).toEqual(anew.territories);
    expect(kept.problems).toMatchObject([
      { code: 'state', message: expect.stringContaining('could not be saved') },
    ]);
  });

  it('gives the same wherever a history is cut in two', async () => {
    const person = fc.constantFrom(ann, bob);
    const file = fc.constantFrom('src/a.ts', 'src/b.ts', 'src/c.ts');
    const change = fc
      .tuple(person, file, fc.string({ maxLength: 3 }), fc.nat(9))
      .map(([by, path, content, day]) =>
        commit(by, { [path]: content }, { at: 1_700_000_000 + day }),
      );
    await fc.assert(
      fc.asyncProperty(
        fc.array(change, { minLength: 1, maxLength: 5 }),
        fc.array(change, { minLength: 1, maxLength: 5 }),
        async (old, more) => {
          const repository = repositories.create(old);
          const state = join(repositories.folder(), 'state');
          await readHistory({ ...requestFor(repository), state });
          append(repository, more);
          const { kept, anew } = await readBoth(repository, state);
          expect(kept).toEqual(anew);
        },
      ),
      { numRuns: 15 },
    );
  });
});
