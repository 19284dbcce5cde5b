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

const NEWER = 100;

/**
 * Reading a history, beside git printing the same history for nobody; in turn, on made
 * up histories of growing size. Then the newest commits alone, upon a saved state.
 */
export async function readingAHistory() {
  require('@backstage/cli/config/nodeTransform.cjs');
  const { readHistory } = require('../packages/git-knowledge/src');
  for (const commits of SIZES) {
    const folder = mkdtempSync(join(tmpdir(), 'understanding-bench-'));
    const repository = join(folder, 'repository');
    const state = join(folder, 'state');
    try {
      await createHistory(repository, commits);
      const read = options =>
        readHistory({
          repository,
          now: new Date().toISOString(),
          territories: [{ id: 'all', paths: [''], documents: [] }],
          ...options,
        });
      const before = spawnSync('git', ['rev-parse', `HEAD~${NEWER}`], {
        cwd: repository,
        encoding: 'utf8',
      }).stdout.trim();
      const times = { ours: [], git: [], newer: [] };
      let files = 0;
      for (let round = 0; round <= ROUNDS; round += 1) {
        const git = await timed(() =>
          spawnSync('git', ['log', '--raw', '--no-renames', '-z'], {
            cwd: repository,
            stdio: ['ignore', 'ignore', 'inherit'],
          }),
        );
        const ours = await timed(async () => {
          const answer = await read({});
          files = answer.territories[0].files;
        });
        rmSync(state, { force: true });
        await read({ state, at: before });
        const newer = await timed(() => read({ state }));
        // The first round fills the caches of the file system.
        if (round > 0) {
          times.ours.push(ours);
          times.git.push(git);
          times.newer.push(newer);
        }
      }
      const [ours, git, newer] = [times.ours, times.git, times.newer].map(
        median,
      );
      console.log(
        `reading ${commits} commits of ${files} files: ${Math.round(
          ours,
        )} ms; git log thrown away: ${Math.round(git)} ms; ratio ${(
          ours / git
        ).toFixed(2)} (medians of ${ROUNDS}); ${peakMemory(
          repository,
        )} MiB at most, in a process of its own; the newest ${NEWER} commits upon a saved state: ${Math.round(
          newer,
        )} ms, ${((newer / ours) * 100).toFixed(1)} % of it`,
      );
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
}

/** Of one reading, in MiB; half of it is what runs the sources as they are. */
function peakMemory(repository) {
  const program = `
    require('@backstage/cli/config/nodeTransform.cjs');
    require('./packages/git-knowledge/src').readHistory({
      repository: ${JSON.stringify(repository)},
      now: new Date().toISOString(),
      territories: [{ id: 'all', paths: [''], documents: [] }],
    }).then(() => console.log(process.resourceUsage().maxRSS));
  `;
  const { stdout } = spawnSync(process.execPath, ['-e', program], {
    cwd: join(import.meta.dirname, '..'),
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return Math.round(Number(stdout) / 1024);
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

async function timed(run) {
  const start = performance.now();
  await run();
  return performance.now() - start;
}

function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}
