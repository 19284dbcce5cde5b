import { Entity } from '@backstage/catalog-model';
import {
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { component, group, user } from './__testUtils__/catalog';
import { Installation } from './__testUtils__/Installation';
import { MigratedDatabases } from './__testUtils__/MigratedDatabases';
import { Repository } from './__testUtils__/Repository';

jest.setTimeout(120_000);

/** Whatever one entity brings, its state is clear and the others go on. */
describe('bad input', () => {
  const databases = MigratedDatabases.create({
    ids: ['SQLITE_3', 'POSTGRES_18'],
  });

  describe.each(databases.eachSupportedId())('on %s', id => {
    let installation: Installation;
    let healthy: Repository;

    beforeEach(async () => {
      installation = Installation.create(await databases.init(id));
      healthy = installation.repository('healthy').commit({
        by: 'ada',
        at: installation.daysAgo(5),
        write: { 'README.md': '# Healthy\n', 'src/index.ts': 'x\n' },
      });
    });

    afterEach(() => installation.dispose());

    /** The state of the entity under test, with a healthy one beside it. */
    async function stateBeside(entity: Entity, ...more: Entity[]) {
      await installation.catalogHolds(
        entity,
        component('healthy', {
          owner: 'payments',
          annotations: installation.sourceIn('healthy'),
        }),
        group('payments', { members: ['ada'] }),
        user('ada'),
        ...more,
      );
      const beside = await installation.understanding(
        'component:default/healthy',
      );
      expect(beside.summary).toMatchObject({
        documentState: 'fresh',
        understoodBy: 1,
      });
      return installation.understanding(
        `component:default/${entity.metadata.name}`,
      );
    }

    const troubled = (folder: string, more: Record<string, string> = {}) =>
      component('troubled', {
        owner: 'payments',
        annotations: installation.sourceIn(folder, more),
      });

    it.each([
      {
        name: 'a repository that is missing',
        prepare: () => {},
        reason: /^Its source location troubled does not exist\.$/,
      },
      {
        name: 'a folder that is not a repository',
        prepare: () => mkdirSync(join(installation.root, 'troubled')),
        reason: /^Its source location troubled is not in a git repository\.$/,
      },
      {
        name: 'an empty repository',
        prepare: () => installation.repository('troubled'),
        reason: /has no commit/,
      },
      {
        name: 'a broken repository',
        prepare: () => {
          const folder = join(installation.root, 'troubled');
          mkdirSync(join(folder, '.git'), { recursive: true });
          writeFileSync(join(folder, '.git/HEAD'), 'nonsense');
        },
        reason: /is not a git repository/,
      },
      {
        name: 'a link that leads out of the allowed folders',
        prepare: () =>
          symlinkSync(tmpdir(), join(installation.root, 'troubled')),
        reason: /is outside the folders/,
      },
    ])('$name is told, and nothing is claimed', async ({ prepare, reason }) => {
      prepare();
      const { summary, source, flags } = await stateBeside(
        troubled('troubled'),
      );
      expect(summary).toMatchObject({
        documentState: 'unknown',
        unknownReason: expect.stringMatching(reason),
      });
      expect(summary.understoodBy).toBeUndefined();
      expect(source).toEqual({
        type: 'unknown',
        reason: summary.unknownReason,
      });
      expect(flags).toEqual([]);
      const { answers } = await installation.ask('troubled');
      expect(answers[0].nobody?.message).toContain('This cannot be known');
    });

    it('a path that the repository has not is told', async () => {
      const { summary } = await stateBeside(
        troubled('healthy', {
          'understanding.dev/source-paths': 'services/gone',
        }),
      );
      expect(summary.unknownReason).toBe(
        'The repository healthy has no file under services/gone',
      );
    });

    it.each([
      [undefined, /set the annotation backstage\.io\/source-location/],
      [
        'file:/etc',
        /outside the folders that understanding\.repositories\.localRoots/,
      ],
      [
        'file:../../..',
        /relative, but the entity was not declared in a local file/,
      ],
      [
        'url:https://github.com/acme/elsewhere/',
        /clone it to github\.com\/acme\/elsewhere below/,
      ],
      [
        'url:https://github.com/../../etc',
        /is not the URL of a repository|not on this machine/,
      ],
      ['svn:somewhere', /neither a file: nor a url: location/],
      ['nonsense', /neither a file: nor a url: location/],
    ])('the source location %p is told', async (location, reason) => {
      const annotations: Record<string, string> = location
        ? { 'backstage.io/source-location': location }
        : {};
      const { summary } = await stateBeside(
        component('troubled', { owner: 'payments', annotations }),
      );
      expect(summary.documentState).toBe('unknown');
      expect(summary.unknownReason).toMatch(reason);
    });

    it('a shallow repository shows what it has, and says what it has not', async () => {
      const whole = installation.repository('whole').commit(
        ...['a.ts', 'b.ts'].map((path, index) => ({
          by: 'ada',
          at: installation.daysAgo(5 - index),
          write: { 'README.md': `# ${path}\n`, [path]: 'x\n' },
        })),
      );
      whole.git([
        'clone',
        '-q',
        '--depth=1',
        `file://${whole.folder}`,
        '../shallow',
      ]);
      const { summary, source } = await stateBeside(troubled('shallow'));
      expect(summary.documentState).not.toBe('unknown');
      expect(source).toMatchObject({
        type: 'read',
        notices: [expect.stringMatching(/shallow/)],
      });
    });

    it('a bare repository of a code host is found by its address', async () => {
      healthy.git(['clone', '-q', '--bare', '.', '../github.com/acme/app.git']);
      const { summary, documents } = await stateBeside(
        component('troubled', {
          owner: 'payments',
          annotations: {
            'backstage.io/source-location':
              'url:https://github.com/acme/app/tree/main/',
          },
        }),
      );
      expect(summary.documentState).toBe('fresh');
      expect(documents[0].url).toMatch(
        /^https:\/\/github\.com\/acme\/app\/blob\/[0-9a-f]{40}\/README\.md$/,
      );
    });

    it('a clone whose data lie elsewhere is not read', async () => {
      const outside = mkdtempSync(join(tmpdir(), 'understanding-outside-'));
      Repository.create(outside).commit({
        by: 'ada',
        at: installation.daysAgo(3),
        write: { 'a.ts': 'x\n' },
      });
      mkdirSync(join(installation.root, 'troubled'));
      writeFileSync(
        join(installation.root, 'troubled/.git'),
        `gitdir: ${outside}/.git\n`,
      );
      const { summary } = await stateBeside(troubled('troubled'));
      rmSync(outside, { recursive: true });
      expect(summary.unknownReason).toBe(
        'Its source location troubled is not in a git repository.',
      );
    });

    it('a clone of a host that writes its addresses otherwise is found', async () => {
      const folder = '../dev.azure.com/org/shop/_git/app';
      healthy.git(['clone', '-q', '.', folder]);
      const { summary } = await stateBeside(
        component('troubled', {
          owner: 'payments',
          annotations: {
            'backstage.io/source-location':
              'url:https://dev.azure.com/org/shop/_git/app',
          },
        }),
      );
      expect(summary.documentState).toBe('fresh');
    });

    it('two entities on one path show the same, and each says so', async () => {
      const { summary, source } = await stateBeside(troubled('healthy'));
      expect(summary.understoodBy).toBe(1);
      expect(source).toMatchObject({
        notices: [
          'Another entity has the same source paths, so that each shows the same history.',
        ],
      });
    });

    it('a user without e-mail is found by login, and otherwise not in the catalog', async () => {
      installation.repository('troubled').commit(
        {
          by: 'Bo <12345+bo-codes@users.noreply.github.com>',
          at: installation.daysAgo(9),
          write: { 'bo.ts': 'x\n' },
        },
        {
          by: 'Cleo <cleo@acme.example>',
          at: installation.daysAgo(8),
          write: { 'cleo.ts': 'x\n' },
        },
      );
      const { people } = await stateBeside(
        troubled('troubled'),
        user('bo', {
          email: null,
          annotations: { 'github.com/user-login': 'bo-codes' },
        }),
        user('cleo', { email: null }),
      );
      expect(
        people?.map(({ displayName, personRef, status }) => [
          displayName,
          personRef,
          status,
        ]),
      ).toEqual([
        ['Bo', 'user:default/bo', 'active'],
        ['Cleo', undefined, 'not-in-catalog'],
      ]);
    });

    it('an address that two people claim counts for neither, and is told', async () => {
      installation.repository('troubled').commit({
        by: 'Shared <shared@acme.example>',
        at: installation.daysAgo(9),
        write: { 'a.ts': 'x\n' },
      });
      const { summary, source, people } = await stateBeside(
        troubled('troubled'),
        user('bo', { email: 'shared@acme.example' }),
        user('cleo', { email: 'shared@acme.example' }),
      );
      expect(summary.understoodBy).toBe(0);
      expect(people).toMatchObject([
        { displayName: 'Shared', status: 'several-users' },
      ]);
      expect(source).toMatchObject({
        notices: [
          'Addresses in its history belong to several people of the catalog (1), so they count for none of them.',
        ],
      });
    });

    it('odd names, dates and paths of a history are read as they are', async () => {
      installation.repository('troubled').commit(
        {
          by: 'Ada <ada@acme.example>',
          at: '1970-01-01T00:00:00Z',
          write: { 'README.md': '# Odd\n', 'src/new\nline.ts': 'x\n' },
        },
        {
          by: 'B\ufffdo"\\ <bo@acme.example>',
          at: '2106-02-07T06:28:15Z',
          write: { 'src/quo"te.ts': 'x\n', 'src/ -rf.ts': 'x\n' },
        },
      );
      const { summary, people } = await stateBeside(
        troubled('troubled'),
        user('bo'),
      );
      expect(summary.documentState).not.toBe('unknown');
      // What lies in the future is no evidence of the past, and what is old is old.
      expect(people?.map(one => one.displayName)).toContain('Ada');
      const { answers } = await installation.ask('src/quo"te.ts');
      expect(answers[0].entityRef).toBe('component:default/troubled');
    });

    it('what was read stays while a repository is away, and is read again after', async () => {
      const repository = installation.repository('troubled').commit({
        by: 'ada',
        at: installation.daysAgo(9),
        write: { 'README.md': '# Here\n', 'a.ts': 'x\n' },
      });
      await stateBeside(troubled('troubled'));
      renameSync(repository.folder, `${repository.folder}.away`);
      expect(
        (await stateBeside(troubled('troubled'))).summary.documentState,
      ).toBe('unknown');
      renameSync(`${repository.folder}.away`, repository.folder);
      expect(
        (await stateBeside(troubled('troubled'))).summary.documentState,
      ).toBe('fresh');
    });
  });
});
