import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesBelow } from '../../../__testUtils__/temporaryFolder';
import { initMirror } from './fetchMirror';
import { runSandboxedGit } from './sandboxedGit';
import {
  MEBIBYTE,
  failure,
  options,
  useMirror,
} from './__testUtils__/useMirror';

jest.setTimeout(120_000);

const mirror = useMirror();
const { fetchIt, folder, git, shop } = mirror;

describe('the sandbox', () => {
  it.each([
    'ext::sh -c "touch pwned"',
    'file:///etc/passwd',
    '/etc/passwd',
    '--upload-pack=touch pwned',
    '-u',
    '--template=/etc',
    'ssh://-oProxyCommand=touch%20pwned/x',
    'ftp://127.0.0.1/',
    'http://127.0.0.1:1/\n',
  ])('fetches nothing from %j, and starts nothing', async url => {
    await initMirror(folder(), options());
    const before = filesBelow(folder());
    for (const args of [
      ['fetch', '--no-write-fetch-head', '--end-of-options', url, 'HEAD'],
      ['ls-remote', '--end-of-options', url, 'HEAD'],
    ]) {
      const { code } = await runSandboxedGit(args, {
        folder: folder(),
        address: { url: 'https://127.0.0.1:1/', headers: {} },
        maxFileBytes: MEBIBYTE,
        signal: options().signal,
      });
      expect(code).not.toBe(0);
    }
    expect(filesBelow(folder())).toEqual(before);
  });

  it('allows no other protocol than that of the address', async () => {
    shop();
    await initMirror(folder(), options());
    const end = await runSandboxedGit(
      [
        'fetch',
        '--end-of-options',
        `${mirror.server.url}/acme/shop.git`,
        'HEAD',
      ],
      {
        folder: folder(),
        address: { url: 'https://git.acme.example/', headers: {} },
        maxFileBytes: MEBIBYTE,
        signal: options().signal,
      },
    );
    expect(end.errors).toContain("transport 'http' not allowed");
    expect(mirror.server.requests).toEqual([]);
  });

  it('runs no hook, and honours nothing of the machine', async () => {
    shop();
    await initMirror(folder(), options());
    const marker = join(folder(), 'ran');
    const script = join(folder(), 'script');
    writeFileSync(script, `#!/bin/sh\ntouch ${marker}\n`, { mode: 0o755 });
    for (const setting of [
      ['core.fsmonitor', script],
      ['core.hooksPath', folder()],
      ['core.askPass', script],
      ['core.sshCommand', script],
      ['core.gitProxy', script],
      ['credential.helper', script],
      ['gc.recentObjectsHook', script],
    ]) {
      await git('config', setting[0], setting[1]);
    }
    writeFileSync(join(folder(), 'reference-transaction'), `#!${script}\n`, {
      mode: 0o755,
    });
    const home = process.env.HOME;
    process.env.HOME = folder();
    process.env.GIT_TRACE_CURL = marker;
    process.env.GIT_ASKPASS = script;
    try {
      await fetchIt();
      mirror.server.misbehaviour = { type: 'status', status: 401 };
      await failure(fetchIt());
    } finally {
      process.env.HOME = home;
      delete process.env.GIT_TRACE_CURL;
      delete process.env.GIT_ASKPASS;
    }
    expect(existsSync(marker)).toBe(false);
  });
});
