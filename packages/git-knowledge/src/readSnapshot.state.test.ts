import fc from 'fast-check';
import { execFileSync, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import {
  lstatSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  watch,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { serialize } from 'node:v8';
import { crc32 } from 'node:zlib';
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

/** Puts something into a folder, and says where. */
function made(make: (path: string) => void) {
  return (folder: string) => {
    const path = join(folder, 'made');
    make(path);
    return path;
  };
}

/** What is in a folder, and when it was written. */
function filesIn(folder: string) {
  return readdirSync(folder).map(name => {
    const { ino, mtimeNs } = lstatSync(join(folder, name), { bigint: true });
    return { name, ino, mtimeNs };
  });
}

/** A state of this version with something in it that is not known. */
function withChecksum(content: Buffer): Buffer {
  const start = `git-knowledge state 4\n${'a'.repeat(40)}\n`;
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32LE(crc32(content, crc32(start)));
  return Buffer.concat([Buffer.from(start), checksum, content]);
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

  it('stays as it is until a five hundredth of the commits is newer', async () => {
    const repository = repositories.create(
      Array.from({ length: 600 }, (_, n) => commit(ann, { 'a.ts': `${n}` })),
    );
    const state = join(repositories.folder(), 'state');
    await readBoth(repository, state);
    const before = readFileSync(state);
    append(repository, [commit(bob, { 'b.ts': '1' })]);
    const one = await readBoth(repository, state);
    expect(one.anew.commits).toBe(601);
    expect(one.kept).toEqual(one.anew);
    expect(readFileSync(state).equals(before)).toBe(true);
    append(repository, [commit(bob, { 'b.ts': '2' })]);
    const two = await readBoth(repository, state);
    expect(two.kept).toEqual(two.anew);
    expect(readFileSync(state).equals(before)).toBe(false);
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
    [
      'of another version',
      state => writeFileSync(state, 'git-knowledge state 0\n...'),
    ],
    [
      'that a newer program wrote',
      state => writeFileSync(state, withChecksum(Buffer.from('\xff\x7fo'))),
    ],
    [
      'with other contents',
      state => writeFileSync(state, withChecksum(serialize({ head: '' }))),
    ],
    ['that is empty', state => truncateSync(state, 0)],
    ['that was cut off', state => truncateSync(state, 500)],
    [
      'of which the head was turned',
      state => {
        const bytes = readFileSync(state);
        bytes.write('a'.repeat(40), bytes.indexOf('\n') + 1);
        writeFileSync(state, bytes);
      },
    ],
    [
      'of which a byte was turned',
      state => {
        const bytes = readFileSync(state);
        bytes[bytes.length - 100] += 1;
        writeFileSync(state, bytes);
      },
    ],
  ])('%s is made anew', async (_, spoil) => {
    const repository = repositories.create(OLD);
    const state = join(repositories.folder(), 'state');
    await readBoth(repository, state);
    const whole = readFileSync(state);
    spoil(state);
    expect(readFileSync(state).equals(whole)).toBe(false);
    const { kept, anew } = await readBoth(repository, state);
    expect(kept).toEqual(anew);
    const again = readFileSync(state);
    await readBoth(repository, state);
    // It was whole, and did not have to be made anew.
    expect(readFileSync(state).equals(again)).toBe(true);
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

  it.each<[string, (folder: string) => string, RegExp]>([
    ['a folder', folder => folder, /is no file: /],
    ['a pipe', made(path => execFileSync('mkfifo', [path])), /is no file: /],
    [
      'what has no folder',
      folder => join(folder, 'no/state'),
      /make the folder/,
    ],
    [
      'what lies in a file',
      folder => join(made(path => writeFileSync(path, ''))(folder), 'state'),
      /cannot be read \(ENOTDIR\)/,
    ],
    [
      'a text',
      made(path => writeFileSync(path, 'x'.repeat(5000))),
      /not one of ours, and is left as it is/,
    ],
    [
      'the beginning of a word',
      made(path => writeFileSync(path, 'git')),
      /not one of ours/,
    ],
  ])('is never %s', async (_, make, message) => {
    const folder = repositories.folder();
    const state = make(folder);
    const before = filesIn(folder);
    const reading = readHistory({
      ...requestFor(repositories.create(OLD)),
      state,
    });
    await expect(reading).rejects.toMatchObject({
      code: 'not-a-state',
      message: expect.stringMatching(message),
    });
    expect(filesIn(folder)).toEqual(before);
  });

  it('may be a link, which is kept', async () => {
    const folder = repositories.folder();
    const state = join(folder, 'link');
    writeFileSync(join(folder, 'file'), '');
    symlinkSync('file', state);
    await readHistory({ ...requestFor(repositories.create(OLD)), state });
    expect(readlinkSync(state)).toBe('file');
    expect(readFileSync(state, 'latin1')).toMatch(/^git-knowledge state \d+\n/);
  });

  it('takes away what killed processes left, and nothing else', async () => {
    const folder = repositories.folder();
    const state = join(folder, 'state');
    const left = `${randomUUID()}.tmp`;
    const old = [`state.${left}`, `other.${left}`, 'state.tmp', 'state.1.tmp'];
    for (const name of [...old, `state.${randomUUID()}.tmp`]) {
      writeFileSync(join(folder, name), '');
    }
    for (const name of old) {
      utimesSync(join(folder, name), 0, 0);
    }
    const before = readdirSync(folder);
    await readHistory({ ...requestFor(repositories.create(OLD)), state });
    expect(readdirSync(folder).sort()).toEqual(
      [...before.filter(name => name !== old[0]), 'state'].sort(),
    );
  });

  it('that cannot be saved costs time, and not the answer', async () => {
    const repository = repositories.create(OLD);
    // The longest name there can be, and for saving it a longer one is needed.
    const state = join(repositories.folder(), 's'.repeat(255));
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

describe('a process that saves a state', () => {
  const MANY = Array.from({ length: 400 }, (_, n) =>
    commit(n % 2 ? ann : bob, { [`src/${n}.ts`]: `${n}` }),
  );
  const PROGRAM = join(__dirname, '../bin/git-knowledge');

  function start(repository: string, state: string, ulimit = 'unlimited') {
    const args = ['authors', '--repository', repository, '--state', state];
    return spawn(
      '/bin/sh',
      [
        '-c',
        'ulimit -f "$0"; exec "$@"',
        ulimit,
        process.execPath,
        PROGRAM,
        ...args,
        '--json',
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
  }

  it('leaves the old one where the disk is full', async () => {
    const repository = repositories.create(MANY);
    const state = join(repositories.folder(), 'state');
    await readHistory({ ...requestFor(repository), state });
    const before = readFileSync(state);
    append(repository, NEW.slice(1));
    // Some of it fits, which git and node say in the number of bytes written only.
    const full = start(repository, state, '64');
    expect(before.length).toBeGreaterThan(64 * 512);
    expect(await json(full.stdout)).toMatchObject({
      problems: [{ code: 'state' }],
    });
    expect(readFileSync(state).equals(before)).toBe(true);
    expect(readdirSync(join(state, '..'))).toEqual(['state']);
  });

  it('leaves a whole one when it is killed', async () => {
    const repository = repositories.create(MANY);
    const folder = repositories.folder();
    const state = join(folder, 'state');
    await readHistory({ ...requestFor(repository), state });
    let interrupted = 0;
    while (interrupted < 3) {
      append(repository, NEW.slice(1));
      const child = start(repository, state);
      child.stdout.resume();
      const ended = once(child, 'exit');
      const watcher = watch(folder, (_, name) => {
        if (name?.endsWith('.tmp')) {
          child.kill('SIGKILL');
        }
      });
      await ended;
      watcher.close();
      const { kept, anew } = await readBoth(repository, state);
      expect(kept.problems).toEqual([]);
      expect(kept).toEqual(anew);
      const left = readdirSync(folder).filter(name => name.endsWith('.tmp'));
      interrupted += left.length;
      left.forEach(name => rmSync(join(folder, name)));
    }
  });

  it('lets others save at the same time', async () => {
    const repository = repositories.create(MANY);
    const folder = repositories.folder();
    const state = join(folder, 'state');
    const request = { ...requestFor(repository), state };
    const [one, ...others] = await Promise.all(
      Array.from({ length: 4 }, () => readHistory(request)),
    );
    expect(one.problems).toEqual([]);
    others.forEach(other => expect(other).toEqual(one));
    const saved = readFileSync(state);
    expect(await readHistory(request)).toEqual(one);
    // It was whole, and did not have to be made anew.
    expect(readFileSync(state).equals(saved)).toBe(true);
    expect(readdirSync(folder)).toEqual(['state']);
  });
});
