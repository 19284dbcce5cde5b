import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { GitServer } from '../../../../__testUtils__/GitServer';
import { addressOn } from '../../../../__testUtils__/gitHost';
import { useTemporaryFolder } from '../../../../__testUtils__/temporaryFolder';
import { fetchMirror, initMirror } from '../fetchMirror';
import { runSandboxedGit } from '../sandboxedGit';

export const NAME = 'git.acme.example/acme/shop';
export const MEBIBYTE = 1024 * 1024;

/** How a fetch is done, where a test says nothing else. */
export const options = (
  more: { maxBytes?: number; seconds?: number } = {},
) => ({
  name: NAME,
  maxBytes: more.maxBytes ?? 50 * MEBIBYTE,
  signal: AbortSignal.timeout((more.seconds ?? 60) * 1000),
});

/** The error of a fetch that fails. */
export async function failure(fetching: Promise<unknown>) {
  const error = await fetching.then(
    () => new Error('It did not fail'),
    reason => reason,
  );
  return { code: error.code, message: error.message };
}

/** A git server, and a folder for a mirror of what it holds, for each test. */
export function useMirror() {
  let server: GitServer;
  beforeEach(async () => {
    server = await GitServer.create();
  });
  afterEach(() => server.dispose());
  const folder = useTemporaryFolder();

  function shop() {
    return server.repository('acme/shop').commit({
      by: 'ada',
      at: '2026-01-01T00:00:00Z',
      write: { 'a.ts': '1\n', 'big.bin': 'x'.repeat(2 * MEBIBYTE) },
    });
  }

  async function fetchIt(path = 'acme/shop', asked = options()): Promise<void> {
    if (!existsSync(join(folder(), 'HEAD'))) {
      await initMirror(folder(), options());
    }
    await fetchMirror(folder(), addressOn(server, path), asked);
  }

  async function git(...args: string[]): Promise<string> {
    const { stdout } = await runSandboxedGit(args, {
      folder: folder(),
      maxFileBytes: 50 * MEBIBYTE,
      signal: options().signal,
    });
    return stdout.trim();
  }

  return {
    get server() {
      return server;
    },
    folder,
    shop,
    fetchIt,
    git,
  };
}
