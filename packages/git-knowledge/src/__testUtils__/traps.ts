import { chmodSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { git } from './repositories';

/** Settings by which a repository names programs for git to run. */
const SETTINGS = [
  'core.fsmonitor',
  'core.sshCommand',
  'core.pager',
  'core.editor',
  'core.askPass',
  'core.gitProxy',
  'core.alternateRefsCommand',
  'pager.log',
  'diff.external',
  'diff.evil.command',
  'diff.evil.textconv',
  'filter.evil.clean',
  'filter.evil.smudge',
  'merge.evil.driver',
  'gpg.program',
  'credential.helper',
  'interactive.diffFilter',
  'alias.log',
  'alias.cat-file',
  'alias.ls-tree',
  'remote.origin.uploadpack',
];

/**
 * Makes a repository name programs wherever it can, and returns what tells which of
 * them ran. They lie in a folder of their own.
 */
export function setTraps(repository: string, folder: string): () => string[] {
  const ran = join(folder, 'ran');
  const hooks = join(folder, 'hooks');
  mkdirSync(ran);
  mkdirSync(hooks);
  const program = (name: string, at = join(folder, name)) => {
    writeFileSync(at, `#!/bin/sh\ntouch '${ran}/${name}'\n`);
    chmodSync(at, 0o755);
    return at;
  };
  for (const key of SETTINGS) {
    const path = program(key);
    const value = key.startsWith('alias.') ? `!${path}` : path;
    git(repository, ['config', key, value]);
  }
  for (const hook of ['post-checkout', 'post-index-change', 'pre-auto-gc']) {
    program(hook, join(hooks, hook));
    program(hook, join(repository, '.git/hooks', hook));
  }
  git(repository, ['config', 'core.hooksPath', hooks]);
  git(repository, ['config', 'log.showSignature', 'true']);
  return () => readdirSync(ran).sort();
}
