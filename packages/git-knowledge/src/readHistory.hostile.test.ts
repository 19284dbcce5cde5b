import childProcess from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { ann, bob, commit, dayText, lines } from './__testUtils__/commits';
import { read } from './__testUtils__/reading';
import { git, useRepositories } from './__testUtils__/repositories';
import { setTraps } from './__testUtils__/traps';

const repositories = useRepositories();
const text = lines('a');
const DOCUMENTS = { renames: 'similar' as const, documents: ['**/*.md'] };

function create(): string {
  return repositories.create([
    commit(ann, {
      'a.ts': text,
      'old/b.ts': lines('b'),
      'old/c.ts': lines('c'),
      'README.md': '# Title\n\nSee `old/b.ts`.\n',
      '.gitattributes': '* diff=evil filter=evil merge=evil\n',
      '.mailmap': 'Änn Smith <ann@example.com>\n',
      evil: 'Evil <ann@example.com>\n',
    }),
    commit(bob, { 'a.ts': `${text}\nmore\n` }),
    commit(ann, {
      'old/b.ts': undefined,
      'old/c.ts': undefined,
      'new/bb.ts': `${lines('b')}// b\n`,
      'new/cc.ts': `${lines('c')}// c\n`,
    }),
    commit(bob, { 'README.md': '# Title\n\nSomething else `old/b.ts`.\n' }),
    commit(ann, {
      'README.md': '# Title\n\nSomething  else\n`old/b.ts`.\n',
      'new/bb.ts': lines('bb'),
      'a.ts': 'x',
    }),
  ]);
}

/** Signs the head, in form at least. */
function sign(repository: string): void {
  const head = git(repository, ['cat-file', 'commit', 'main']);
  const signed = git(
    repository,
    ['hash-object', '-t', 'commit', '-w', '--stdin'],
    head.replace(
      '\n\n',
      '\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n x\n -----END PGP SIGNATURE-----\n\n',
    ),
  );
  git(repository, ['update-ref', 'refs/heads/main', signed.trim()]);
}

describe('a repository that names programs', () => {
  it('has none of them run', async () => {
    const repository = create();
    sign(repository);
    git(repository, ['reset', '--quiet', '--hard']);
    const before = await read(repository, DOCUMENTS);
    const ran = setTraps(repository, repositories.folder());
    expect(await read(repository, DOCUMENTS)).toEqual(before);
    expect(ran()).toEqual([]);

    // They are no empty threat: they do run for git as people use it.
    git(repository, ['log', '-p', '--ext-diff']);
    git(repository, ['status']);
    expect(ran()).toEqual(
      expect.arrayContaining([
        'core.fsmonitor',
        'diff.evil.command',
        'gpg.program',
      ]),
    );
  });

  it('fetches nothing by them, even when something is missing', async () => {
    const repository = create();
    const ran = setTraps(repository, repositories.folder());
    const program = join(repositories.folder(), 'program');
    const marker = join(repositories.folder(), 'marker');
    writeFileSync(program, `#!/bin/sh\ntouch '${marker}/ext'\n`);
    mkdirSync(marker);
    chmodSync(program, 0o755);
    for (const [key, value] of [
      ['core.repositoryFormatVersion', '1'],
      ['extensions.partialClone', 'origin'],
      ['remote.origin.promisor', 'true'],
      ['remote.origin.url', `ext::${program}`],
      ['protocol.allow', 'always'],
      ['protocol.ext.allow', 'always'],
    ]) {
      git(repository, ['config', key, value]);
    }
    const tree = git(repository, ['rev-parse', 'main^{tree}']).trim();
    const pack = join(repository, '.git/objects/pack');
    for (const name of readdirSync(pack)) {
      rmSync(join(pack, name));
    }
    rmSync(join(repository, '.git/objects', tree.slice(0, 2), tree.slice(2)), {
      force: true,
    });
    await expect(read(repository, DOCUMENTS)).rejects.toMatchObject({
      name: 'GitKnowledgeError',
      code: 'failed',
    });
    expect(ran()).toEqual([]);
    expect(readdirSync(marker)).toEqual([]);

    // People who look at it with git as it is do fetch.
    expect(() => git(repository, ['log', '--raw'])).toThrow('unable to read');
    expect(readdirSync(marker)).toEqual(['ext']);
  });
});

describe('a repository that wants git to print something else', () => {
  let repository: string;
  let before: Awaited<ReturnType<typeof read>>;

  beforeAll(async () => {
    repository = create();
    writeFileSync(join(repository, '.git/evil'), 'Evil <ann@example.com>\n');
    before = await read(repository, DOCUMENTS);
  });

  it('tells what happened in it', () => {
    expect(before.territory.documents).toMatchObject([
      {
        path: 'README.md',
        contentChangedAt: dayText(3),
        changesSince: 1,
        brokenCitations: [{ movedTo: 'new/bb.ts' }],
      },
    ]);
    expect(before.territory.people).toMatchObject([
      { name: 'Änn Smith', commits: 3 },
      { name: 'Bob', commits: 1 },
    ]);
  });

  // Those of one case do not undo one another; each case is read once.
  it.each<[string, Record<string, string>]>([
    [
      'colours, and how names are written',
      {
        'color.ui': 'always',
        'color.diff': 'always',
        'color.diff.new': 'red',
        'core.abbrev': '5',
        'core.quotePath': 'true',
        'diff.mnemonicPrefix': 'true',
      },
    ],
    [
      'what a difference holds',
      {
        'core.bigFileThreshold': '1',
        'diff.ignoreSubmodules': 'all',
        'diff.orderFile': '/nowhere/order',
        'diff.relative': 'true',
        'diff.renameLimit': '1',
        'log.showRoot': 'false',
      },
    ],
    [
      'how lines are compared',
      {
        'core.attributesFile': '.gitattributes',
        'core.whitespace': 'tabwidth=1',
        'diff.algorithm': 'patience',
        'diff.colorMoved': 'zebra',
        'diff.context': '50',
        'diff.evil.xfuncname': '(a+)+b',
        'diff.interHunkContext': '50',
        'diff.noprefix': 'true',
        'diff.suppressBlankEmpty': 'true',
        'diff.wsErrorHighlight': 'all',
      },
    ],
    [
      'what is no text, and what no rename',
      {
        'diff.evil.binary': 'true',
        'diff.renames': 'false',
        'diff.submodule': 'log',
      },
    ],
    [
      'how a commit is written',
      {
        'format.pretty': 'oneline',
        'i18n.commitEncoding': 'latin1',
        'log.abbrevCommit': 'true',
        'log.date': 'relative',
        'log.decorate': 'full',
        'mailmap.blob': 'HEAD:evil',
      },
    ],
    [
      'which commits are shown, and how people are called',
      {
        'i18n.logOutputEncoding': 'latin1',
        'log.follow': 'true',
        'mailmap.file': '.git/evil',
        'notes.displayRef': 'refs/*',
      },
    ],
    ['people as they called themselves', { 'log.mailmap': 'false' }],
  ])('does not get it by settings of %s', async (_, settings) => {
    const entries = Object.entries(settings);
    entries.forEach(([key, value]) => git(repository, ['config', key, value]));
    try {
      expect(await read(repository, DOCUMENTS)).toEqual(before);
    } finally {
      entries.forEach(([key]) => git(repository, ['config', '--unset', key]));
    }
  });

  it('does not get it by replaced or grafted commits', async () => {
    const head = git(repository, ['rev-parse', 'main']).trim();
    const first = git(repository, ['rev-parse', 'main~4']).trim();
    git(repository, ['replace', head, first]);
    writeFileSync(join(repository, '.git/info/grafts'), `${head} ${first}\n`);
    expect(git(repository, ['rev-list', '--count', 'main']).trim()).not.toBe(
      '5',
    );
    expect(await read(repository, DOCUMENTS)).toEqual(before);
  });
});

describe('a repository that git refuses', () => {
  it.each([
    ['a configuration that is none', '[core'],
    ['an extension of the future', '[extensions]\n\tmagic = true\n'],
    ['a value that is none', '[core]\n\tbare = perhaps\n'],
  ])('is told by %s', async (_, config) => {
    const repository = create();
    writeFileSync(
      join(repository, '.git/config'),
      `[core]\n\trepositoryformatversion = 1\n${config}`,
    );
    await expect(read(repository)).rejects.toMatchObject({
      name: 'GitKnowledgeError',
      code: 'failed',
      message: expect.stringContaining(`git could not read ${repository}: `),
    });
  });
});

describe('a repository that changes while it is read', () => {
  it.each(['HEAD', 'main'])(
    'is told as at one commit when %s moves',
    async at => {
      const repository = repositories.create([
        commit(ann, { 'a.ts': '1' }),
        commit(bob, { 'b.ts': '1' }, { branch: 'other' }),
        commit(bob, { 'b.ts': '2' }, { branch: 'other' }),
      ]);
      const other = git(repository, ['rev-parse', 'other']).trim();
      const before = await read(repository, { at });
      const after = await read(repository, { at: 'other' });
      expect([before, after]).toMatchObject([{ commits: 1 }, { commits: 2 }]);
      // The branch moves as soon as the first git is started.
      const { spawn } = childProcess;
      const spawned = jest.spyOn(childProcess, 'spawn');
      spawned.mockImplementation((...args) => {
        spawned.mockRestore();
        const child = spawn(...args);
        git(repository, ['update-ref', 'refs/heads/main', other]);
        return child;
      });
      expect([before, after]).toContainEqual(await read(repository, { at }));
    },
  );
});
