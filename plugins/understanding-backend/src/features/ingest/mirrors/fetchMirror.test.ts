import { ChangeHostError } from '@understanding-dev/backstage-plugin-understanding-node';
import { existsSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  AUTHORIZATION,
  GitServer,
  Misbehaviour,
  PASSWORD,
} from '../../../__testUtils__/GitServer';
import { addressOn, gitHost } from '../../../__testUtils__/gitHost';
import {
  processesWith,
  untilNoProcessWith,
} from '../../../__testUtils__/processes';
import { filesBelow } from '../../../__testUtils__/temporaryFolder';
import {
  addressOf,
  fetchMirror,
  initMirror,
  readRemoteHead,
  tidyMirror,
} from './fetchMirror';
import { bytesOf } from './MirrorDisk';
import {
  MEBIBYTE,
  NAME,
  failure,
  options,
  useMirror,
} from './__testUtils__/useMirror';

jest.setTimeout(120_000);

const mirror = useMirror();
const { fetchIt, folder, git, shop } = mirror;

describe('fetchMirror', () => {
  it('brings the default branch with all its contents, and nothing else', async () => {
    const repository = shop();
    repository.git(['tag', 'v1']);
    repository.git(['branch', 'other']);
    repository.commit({
      by: 'bo',
      at: '2026-01-02T00:00:00Z',
      write: { 'b.ts': '2\n' },
    });
    await fetchIt();
    const head = repository.git(['rev-parse', 'main']).trim();
    expect(await git('for-each-ref', '--format=%(refname) %(objectname)')).toBe(
      `refs/heads/head ${head}`,
    );
    expect(await git('rev-parse', 'HEAD')).toBe(head);
    expect(await git('cat-file', '-s', 'HEAD:big.bin')).toBe(
      String(2 * MEBIBYTE),
    );
    expect(await git('fsck', '--full')).toBe('');
  });

  it('follows a history that was rewritten', async () => {
    const repository = shop();
    await fetchIt();
    const other = repository.git([
      ...['-c', 'user.name=Eve', '-c', 'user.email=eve@acme.example'],
      ...['commit-tree', '-m', 'Another beginning', 'main^{tree}'],
    ]);
    repository.git(['update-ref', 'refs/heads/main', other.trim()]);
    await fetchIt();
    expect(await git('rev-parse', 'HEAD')).toBe(
      repository.git(['rev-parse', 'main']).trim(),
    );
  });

  it('follows another default branch, whatever it is called', async () => {
    const repository = shop();
    await fetchIt();
    repository.git(['branch', '--move', 'main', '--', 'trunk/Ünicode#1']);
    repository.git(['branch', 'main']);
    await fetchIt();
    expect(await git('for-each-ref', '--format=%(refname)')).toBe(
      'refs/heads/head',
    );
  });

  it('tells the head of a repository without fetching it', async () => {
    const repository = shop();
    const head = repository.git(['rev-parse', 'main']).trim();
    await expect(
      readRemoteHead(
        folder(),
        addressOn(mirror.server, 'acme/shop'),
        options(),
      ),
    ).resolves.toBe(head);
    expect(filesBelow(folder()).size).toBe(0);
  });

  it('joins packs when there are many', async () => {
    const repository = shop();
    for (let day = 1; day <= 52; day += 1) {
      repository.commit({
        by: 'ada',
        at: new Date(Date.UTC(2026, 1, day)).toISOString(),
        write: { 'a.ts': `${day}\n` },
      });
      await fetchIt();
      await tidyMirror(folder(), options());
    }
    const packs = [...filesBelow(folder()).keys()].filter(path =>
      path.endsWith('.pack'),
    );
    expect(packs.length).toBeLessThan(10);
    expect(await git('rev-list', '--count', 'HEAD')).toBe('53');
    expect(await git('fsck', '--full')).toBe('');
  });
});

describe('what goes wrong is told in words of ours', () => {
  const status = (code: number): Misbehaviour => ({
    type: 'status',
    status: code,
    body: `${AUTHORIZATION} was refused\nfatal: repository not found`,
  });

  it.each<[string, Misbehaviour, string, RegExp]>([
    ['401', status(401), 'forbidden', /does not let us read/],
    ['403', status(403), 'forbidden', /does not let us read/],
    ['404', status(404), 'not-found', /does not find/],
    ['410', status(410), 'not-found', /does not find/],
    ['429', status(429), 'rate-limited', /asks us to wait/],
    ['500', status(500), 'unavailable', /gives no answer/],
    ['503', status(503), 'unavailable', /gives no answer/],
    ['418', status(418), 'failed', /\(HTTP 418\)/],
    ['half an answer', { type: 'cut' }, 'unavailable', /gives no answer/],
    ['nonsense', status(200), 'unavailable', /gives no answer/],
  ])('after %s', async (_, misbehaviour, code, message) => {
    shop();
    mirror.server.misbehaviour = misbehaviour;
    const failed = await failure(fetchIt());
    expect(failed).toMatchObject({
      code,
      message: expect.stringMatching(message),
    });
    expect(failed.message).toContain(NAME);
    expect(failed.message).not.toContain(AUTHORIZATION);
    expect(
      await failure(
        readRemoteHead(
          folder(),
          addressOn(mirror.server, 'acme/shop'),
          options(),
        ),
      ),
    ).toMatchObject({ code });
  });

  it('where nothing was committed yet, there is none, or nobody listens', async () => {
    mirror.server.repository('acme/empty');
    expect(await failure(fetchIt('acme/empty'))).toMatchObject({
      code: 'empty',
      message: expect.stringContaining('no commit on its default branch'),
    });
    expect(await failure(fetchIt('acme/none'))).toMatchObject({
      code: 'not-found',
    });
    const away = { url: 'http://127.0.0.1:1' };
    expect(
      await failure(
        fetchMirror(folder(), addressOn(away, 'acme/shop'), options()),
      ),
    ).toMatchObject({ code: 'unavailable' });
  });

  it('with a wrong password, without asking for another', async () => {
    shop();
    await initMirror(folder(), options());
    const address = addressOn(mirror.server, 'acme/shop');
    expect(
      await failure(
        fetchMirror(
          folder(),
          { ...address, headers: { Authorization: 'Basic eDp5' } },
          options(),
        ),
      ),
    ).toMatchObject({ code: 'forbidden' });
  });

  it('where it is elsewhere, without going there', async () => {
    shop();
    const elsewhere = await GitServer.create();
    mirror.server.misbehaviour = {
      type: 'redirect',
      to: `${elsewhere.url}/x.git`,
    };
    try {
      expect(await failure(fetchIt())).toMatchObject({ code: 'moved' });
      expect(elsewhere.requests).toEqual([]);
    } finally {
      await elsewhere.dispose();
    }
  });

  it.each<Misbehaviour['type']>(['hang', 'trickle'])(
    'and a host that would %s for ever is left, with nothing running on',
    async type => {
      shop();
      mirror.server.misbehaviour = { type } as Misbehaviour;
      await initMirror(folder(), options());
      const error = await fetchMirror(
        folder(),
        addressOn(mirror.server, 'acme/shop'),
        options({ seconds: 1 }),
      ).catch(reason => reason);
      expect(error.name).toBe('TimeoutError');
      await untilNoProcessWith(mirror.server.url);
    },
  );

  it('and a pack without end is ended at the limit, with nothing of it left', async () => {
    shop();
    await fetchIt();
    const before = filesBelow(folder());
    mirror.server.repository('acme/shop2').commit({
      by: 'eve',
      at: '2026-01-01T00:00:00Z',
      write: { x: 'x' },
    });
    mirror.server.misbehaviour = { type: 'endless' };
    for (const path of ['acme/shop2', 'acme/shop2']) {
      expect(
        await failure(fetchIt(path, options({ maxBytes: 5 * MEBIBYTE }))),
      ).toMatchObject({ code: 'too-large' });
      expect(filesBelow(folder())).toEqual(before);
    }
    mirror.server.misbehaviour = undefined;
    await fetchIt('acme/shop2');
  });

  it('and what a dead process left of a pack goes, but not what one may still write', async () => {
    shop();
    await initMirror(folder(), options());
    const half = (name: string, ageSeconds: number) => {
      const file = join(folder(), 'objects/pack', name);
      writeFileSync(file, 'x'.repeat(1000));
      const at = Date.now() / 1000 - ageSeconds;
      utimesSync(file, at, at);
      return file;
    };
    const old = half('tmp_pack_a', 7200);
    const young = half('tmp_pack_b', 60);
    await fetchIt();
    expect(existsSync(old)).toBe(false);
    expect(existsSync(young)).toBe(true);
  });

  it('and a repository at its limit is not fetched into', async () => {
    const repository = shop();
    await fetchIt();
    repository.commit({
      by: 'ada',
      at: '2026-02-01T00:00:00Z',
      write: { b: 'b' },
    });
    const maxBytes = await bytesOf(folder());
    const { length } = mirror.server.requests;
    expect(
      await failure(fetchIt('acme/shop', options({ maxBytes }))),
    ).toMatchObject({ code: 'too-large' });
    expect(mirror.server.requests).toHaveLength(length);
  });
});

describe('credentials', () => {
  it('are seen in no arguments, no file and no error', async () => {
    shop();
    await fetchIt();
    mirror.server.misbehaviour = { type: 'hang' };
    const asked = mirror.server.nextRequest();
    const fetching = failure(fetchIt('acme/shop', options({ seconds: 2 })));
    await asked;
    const running = processesWith(mirror.server.url);
    const secrets = [
      PASSWORD,
      AUTHORIZATION,
      AUTHORIZATION.slice('Basic '.length),
      encodeURIComponent(AUTHORIZATION),
    ];
    // Where they have to be.
    expect(running.map(one => one.environment).join()).toContain(AUTHORIZATION);
    const { message } = await fetching;
    const written = [...filesBelow(folder()).values()].map(file =>
      file.toString('latin1'),
    );
    for (const secret of secrets) {
      expect(running.map(one => one.args).join()).not.toContain(secret);
      expect(written.join()).not.toContain(secret);
      expect(message).not.toContain(secret);
    }
    // The shell, git, and its helper, all of which give way to others.
    expect(running.length).toBeGreaterThanOrEqual(2);
    expect(
      running.filter(one => !/^\/bin\/sh|^sh /.test(one.args)),
    ).not.toHaveLength(0);
    for (const { args, priority } of running) {
      expect(priority).toBeGreaterThanOrEqual(
        /^\/bin\/sh /.test(args) ? 0 : 10,
      );
    }
  });
});

describe('addressOf', () => {
  const ask = (cloneAddress: () => Promise<{ url: string; headers: {} }>) =>
    addressOf(
      gitHost(mirror.server, { cloneAddress }),
      { host: 'git.acme.example', repository: 'acme/shop' },
      options(),
    );

  it.each([
    'ext::sh -c id',
    'file:///etc',
    '/etc',
    'ssh://git@acme.example/shop',
    'git://acme.example/shop',
    'ftp://acme.example/shop',
    '--upload-pack=touch x',
    '-u',
    'https://ada:secret@acme.example/shop',
    'https://token@acme.example/shop',
    'https://acme.example/shop\n--upload-pack=id',
    'https://acme.example/sh op',
    'https://acme.example/shop\0',
    'https://acme.example/shop?token=1',
    'https://acme.example/shop#x',
    'https://',
    'http::http://acme.example/',
    '',
  ])('refuses %j', async url => {
    expect(
      await failure(ask(async () => ({ url, headers: {} }))),
    ).toMatchObject({
      code: 'refused',
      message: expect.stringContaining('http: or https:'),
    });
  });

  it.each([
    { Authorization: 'Basic x\r\nX-Other: 1' },
    { 'X\nAuthorization': 'x' },
    { 'X: 1': 'x' },
    { Authorization: '' },
    { Authorization: 'Basic \0' },
  ])('refuses the headers %j, without repeating them', async headers => {
    const failed = await failure(
      ask(async () => ({ url: 'https://acme.example/shop', headers })),
    );
    expect(failed).toMatchObject({ code: 'refused' });
    expect(failed.message).not.toContain('Basic');
  });

  it.each([
    ['not-found', 'not-found'],
    ['forbidden', 'forbidden'],
    ['rate-limited', 'rate-limited'],
    ['unavailable', 'unavailable'],
  ] as const)(
    'takes %s of the change host for what it is',
    async (code, same) => {
      expect(
        await failure(
          ask(async () => {
            throw new ChangeHostError(code, `secret ${PASSWORD}`, 7);
          }),
        ),
      ).toMatchObject({
        code: same,
        message: expect.not.stringContaining(PASSWORD),
      });
    },
  );

  it('says nothing of an error that nobody knows', async () => {
    const failed = await failure(
      ask(async () => {
        throw new TypeError(`bad token ${PASSWORD}`);
      }),
    );
    expect(failed).toMatchObject({ code: 'failed' });
    expect(failed.message).not.toContain(PASSWORD);
  });
});
