import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';

const require = createRequire(import.meta.url);
const ROUNDS = 3;
const SIZES = [1_000, 10_000, 100_000];
const PEOPLE = 40;

/**
 * Reading a history, beside git printing the same history for nobody; in turn, on made
 * up histories of growing size.
 */
export async function readingAHistory() {
  require('@backstage/cli/config/nodeTransform.cjs');
  const { readHistory } = require('../packages/git-knowledge/src');
  for (const commits of SIZES) {
    const repository = mkdtempSync(join(tmpdir(), 'understanding-bench-'));
    try {
      await createHistory(repository, commits);
      const times = { ours: [], git: [] };
      let files = 0;
      for (let round = 0; round <= ROUNDS; round += 1) {
        const git = timed(() =>
          spawnSync('git', ['log', '--raw', '--no-renames', '-z'], {
            cwd: repository,
            stdio: ['ignore', 'ignore', 'inherit'],
          }),
        );
        const start = performance.now();
        const answer = await readHistory({
          repository,
          now: new Date().toISOString(),
          territories: [{ id: 'all', paths: [''], documents: [] }],
        });
        // The first round fills the caches of the file system.
        if (round > 0) {
          times.ours.push(performance.now() - start);
          times.git.push(git);
        }
        files = answer.territories[0].files;
      }
      const [ours, git] = [median(times.ours), median(times.git)];
      console.log(
        `reading ${commits} commits of ${files} files: ${Math.round(
          ours,
        )} ms; git log thrown away: ${Math.round(git)} ms; ratio ${(
          ours / git
        ).toFixed(2)} (medians of ${ROUNDS}); ${Math.round(
          process.memoryUsage.rss() / 2 ** 20,
        )} MiB held afterwards`,
      );
    } finally {
      rmSync(repository, { recursive: true, force: true });
    }
  }
}

/** A file for two commits, in folders of 200, changed again and again by some people. */
async function createHistory(repository, commits) {
  spawnSync('git', ['init', '--quiet', repository]);
  const child = spawn('git', ['fast-import', '--quiet'], {
    cwd: repository,
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  const ended = once(child, 'close');
  const files = Math.ceil(commits / 2);
  let state = 1;
  // Reproducible: the same histories on every machine.
  const below = limit => {
    state = (state * 48_271) % 2_147_483_647;
    return state % limit;
  };
  for (let number = 0; number < commits; number += 1) {
    const person = `P${below(PEOPLE)}`;
    const when = `${1_600_000_000 + number * 600} +0000`;
    const who = `${person} <${person.toLowerCase()}@example.com> ${when}`;
    const changes = [number < files ? number : below(files), below(files)]
      .map(file => {
        const content = `${number}\n${file}\n`;
        return `M 100644 inline src/${Math.floor(
          file / 200,
        )}/f${file}.ts\ndata ${content.length}\n${content}\n`;
      })
      .join('');
    const text = `commit refs/heads/main\nauthor ${who}\ncommitter ${who}\ndata 6\nchange\n${changes}\n`;
    if (!child.stdin.write(text)) {
      await once(child.stdin, 'drain');
    }
  }
  child.stdin.end();
  await ended;
  spawnSync('git', ['symbolic-ref', 'HEAD', 'refs/heads/main'], {
    cwd: repository,
  });
}

function timed(run) {
  const start = performance.now();
  run();
  return performance.now() - start;
}

function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}
