import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';

const require = createRequire(import.meta.url);
/**
 * What comes first fills caches and lets Node compile, which is felt on short ones; and
 * on these it takes more rounds until what else a machine does is not felt.
 */
const SIZES = [
  { commits: 1_000, before: 30, rounds: 75 },
  { commits: 10_000, before: 1, rounds: 11 },
  { commits: 100_000, before: 1, rounds: 5 },
];
const PEOPLE = 40;
const GIT_LOG = 'git log --raw --no-renames -z > /dev/null';

/** Commits that are newer than a saved state. */
const NEWER = 100;

/**
 * Reading a history, beside git printing the same history for nobody; in turn, on made
 * up histories of growing size. Then the newest commits alone, upon a saved state.
 */
export async function readingAHistory() {
  require('@backstage/cli/config/nodeTransform.cjs');
  const { readHistory } = require('../packages/git-knowledge/src');
  for (const { commits, before: cold, rounds: count } of SIZES) {
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
      const rounds = [];
      for (let round = 0; round < cold + count; round += 1) {
        const git = timeOfGitLog(repository);
        rounds.push({ git, ours: await timed(() => read({})) });
      }
      const first = rounds.splice(0, cold)[0];
      const cpu = processorTimeOfGitLog(repository, count);
      // In rounds of their own: they leave garbage, which would be taken for the others'.
      const before = runShell(repository, `git rev-parse HEAD~${NEWER}`).trim();
      await read({ state, at: before });
      const newer = [];
      for (let round = 0; round < cold + count; round += 1) {
        const whole = await timed(() => read({}));
        // Of short ones it is written again.
        copyFileSync(state, `${state}.copy`);
        newer.push({
          whole,
          ...(await timed(() => read({ state: `${state}.copy` }))),
        });
      }
      newer.splice(0, cold);
      const of = pick => median(rounds.map(pick));
      const { files } = rounds[0].ours.result.territories[0];
      console.log(
        [
          `reading ${commits} commits of ${files} files: ${of(
            one => one.ours.wall,
          ).toFixed(0)} ms`,
          `git log thrown away: ${of(one => one.git).toFixed(0)} ms`,
          `ratio ${of(one => one.ours.wall / one.git).toFixed(
            2,
          )} (medians of ${count} pairs, run in turn)`,
          `processor time of our own beside that of git log: ${of(
            one => one.ours.cpu / cpu,
          ).toFixed(2)} (of the first reading in this process: ${(
            first.ours.cpu / cpu
          ).toFixed(2)})`,
          `${peakMemory(repository)} MiB at most, in a process of its own`,
          `the newest ${NEWER} commits upon a saved state: ${median(
            newer.map(one => one.wall),
          ).toFixed(0)} ms, ${median(
            newer.map(one => (one.wall / one.whole.wall) * 100),
          ).toFixed(1)} % of it`,
        ].join('; '),
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
export async function createHistory(repository, commits) {
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

/** Milliseconds by the clock, and of the processor in this process. */
async function timed(run) {
  const used = process.cpuUsage();
  const start = performance.now();
  const result = await run();
  const wall = performance.now() - start;
  const { user, system } = process.cpuUsage(used);
  return { result, wall, cpu: (user + system) / 1000 };
}

/** Milliseconds by the clock of git, printing for nobody. */
function timeOfGitLog(repository) {
  const start = performance.now();
  runShell(repository, GIT_LOG);
  return performance.now() - start;
}

/**
 * Milliseconds of the processor for one of several runs of it: a shell counts in
 * hundredths of a second, and one run on a short history takes four.
 */
function processorTimeOfGitLog(repository, runs) {
  const printed = runShell(
    repository,
    `for run in $(seq ${runs}); do ${GIT_LOG}; done; times`,
  );
  // The second line is that of processes that the shell has started: "0m1.50s 0m0.20s".
  const seconds = printed
    .split('\n')[1]
    .match(/\d+m[\d.]+/g)
    .map(time => time.split('m').map(Number))
    .reduce((sum, [minutes, rest]) => sum + minutes * 60 + rest, 0);
  return (seconds * 1000) / runs;
}

function runShell(cwd, script) {
  return spawnSync('sh', ['-c', script], {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  }).stdout;
}

export function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}
