import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { createHistory, median } from './readingAHistory.mjs';

/** gitinspector 0.4.4 fails where the number of commits is a multiple of 200. */
const COMMITS = 999;
const ROUNDS = 3;
const PROGRAM = join(
  import.meta.dirname,
  '../packages/git-knowledge/bin/git-knowledge',
);

/**
 * `git-knowledge authors` beside `gitinspector`, which tells authors of a history by its
 * changes and by blame: both as commands, from their start to their end, in turn. Only
 * where that command is on the PATH; Debian has it.
 */
export async function readingBesideAPeer() {
  if (spawnSync('gitinspector', ['--version']).error) {
    console.log(
      'gitinspector is not on the PATH, so that nothing is compared with it: install it (Debian: apt-get install gitinspector) to see how long it takes',
    );
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'understanding-bench-'));
  try {
    const repository = join(folder, 'repository');
    await createHistory(repository, COMMITS);
    // It looks at the work tree.
    spawnSync('git', ['checkout', '--quiet'], { cwd: repository });
    const rounds = Array.from({ length: ROUNDS }, () => ({
      peer: secondsOf('gitinspector', ['-f', 'ts', repository]),
      ours: secondsOf(process.execPath, [
        PROGRAM,
        ...['authors', '--repository', repository],
      ]),
    }));
    console.log(
      `authors of ${COMMITS} commits by gitinspector: ${median(
        rounds.map(one => one.peer),
      ).toFixed(1)} s, ${median(rounds.map(one => one.peer / one.ours)).toFixed(
        1,
      )} times as long as git-knowledge (medians of ${ROUNDS} pairs, run in turn, with the start of each)`,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function secondsOf(command, args) {
  const start = performance.now();
  const { status, stderr } = spawnSync(command, args, {
    encoding: 'utf8',
    maxBuffer: 1024 * 1024 * 1024,
  });
  if (status !== 0) {
    throw new Error(`${command} ended with ${status}: ${stderr}`);
  }
  return (performance.now() - start) / 1000;
}
