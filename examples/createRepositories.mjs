#!/usr/bin/env node
/**
 * Turns the histories of the example organisation, which are described as data in
 * `examples/histories`, into real git repositories. See README.md for the format.
 */
import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

const here = dirname(fileURLToPath(import.meta.url));
const DAY = 24 * 60 * 60;
/** Raised when the same data would give other repositories. */
const FORMAT = 1;
const STAMP = 'example-history';
/** Of what somebody else still writes into. */
const MAX_REMOVALS = 50;
const REMOVAL_PAUSE_MILLIS = 100;

const GIT_ENVIRONMENT = {
  PATH: process.env.PATH,
  HOME: '/nonexistent',
  LC_ALL: 'C',
  TZ: 'UTC',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_TERMINAL_PROMPT: '0',
};

const COMMIT_KEYS = new Set([
  'ago',
  'by',
  'message',
  'write',
  'grow',
  'delete',
  'rename',
  'branch',
  'merge',
]);
const ROUNDS_KEYS = new Set([
  'rounds',
  'from',
  'to',
  'by',
  'messages',
  'files',
  'lines',
]);

/**
 * Creates every repository that is missing or whose data changed. Each is built
 * beside its place and then renamed, so that a crash leaves no half repository.
 *
 * @param {{ target?: string, now?: Date, histories?: string }} options
 * @returns {Promise<{ created: string[], kept: string[] }>}
 */
export async function createExampleRepositories(options = {}) {
  const target = resolve(
    options.target ?? join(here, '../.data/example-repositories'),
  );
  const histories = options.histories ?? join(here, 'histories');
  const now = Math.floor((options.now ?? new Date()).getTime() / 1000);
  mkdirSync(target, { recursive: true });
  for (const leftover of readdirSync(target)) {
    if (leftover.startsWith('.building-')) {
      await removeLeftover(join(target, leftover));
    }
  }

  const created = [];
  const kept = [];
  for (const file of readdirSync(histories).sort()) {
    if (!file.endsWith('.yaml')) {
      continue;
    }
    const text = readFileSync(join(histories, file), 'utf8');
    const name = basename(file, '.yaml');
    const place = join(target, name);
    const stamp = createHash('sha256')
      .update(`${FORMAT}\n${text}`)
      .digest('hex');
    const stampFile = join(place, '.git', STAMP);
    if (
      existsSync(stampFile) &&
      readFileSync(stampFile, 'utf8').trim() === stamp
    ) {
      kept.push(name);
      continue;
    }
    const history = readHistory(file, text);
    const building = mkdtempSync(join(target, '.building-'));
    git(building, ['init', '--quiet', '--initial-branch=main']);
    await fastImport(building, history, now);
    git(building, ['reset', '--quiet', '--hard', 'main']);
    writeFileSync(join(building, '.git', STAMP), `${stamp}\n`);
    rmSync(place, { recursive: true, force: true });
    renameSync(building, place);
    created.push(name);
  }
  return { created, kept };
}

/**
 * Removes what a process that was killed left. Its git may still be writing its last
 * files: then all is removed once more, since Node.js' own retries wait for a folder to
 * be empty that they do not look into again.
 */
async function removeLeftover(folder) {
  for (let tries = 1; existsSync(folder); tries += 1) {
    try {
      rmSync(folder, { recursive: true, force: true });
    } catch (error) {
      if (error.code !== 'ENOTEMPTY' || tries === MAX_REMOVALS) {
        throw error;
      }
      await setTimeout(REMOVAL_PAUSE_MILLIS);
    }
  }
}

/** Parses one history and expands its rounds; errors name file, commit and field. */
function readHistory(file, text) {
  let data;
  try {
    data = parse(text);
  } catch (error) {
    throw new Error(`${file} is not valid YAML: ${error.message}`);
  }
  const fail = (where, message) => {
    throw new Error(`${file}, ${where}: ${message}`);
  };
  if (!data?.people || !Array.isArray(data.commits)) {
    fail('top level', 'needs "people" and a list of "commits"');
  }
  const people = new Map(Object.entries(data.people));
  for (const [key, person] of people) {
    if (!/^.+ <\S+@\S+>$/.test(person)) {
      fail(`people.${key}`, 'must have the form "Name <address>"');
    }
  }
  const commits = data.commits.flatMap((commit, index) => {
    const where = `commit ${index + 1}`;
    const keys = commit.rounds ? ROUNDS_KEYS : COMMIT_KEYS;
    for (const key of Object.keys(commit)) {
      if (!keys.has(key)) {
        fail(where, `unknown field "${key}"`);
      }
    }
    if (!commit.rounds) {
      return [commit];
    }
    for (const key of ['by', 'messages', 'files']) {
      if (!Array.isArray(commit[key]) || commit[key].length === 0) {
        fail(where, `rounds need a list of "${key}"`);
      }
    }
    return expandRounds(commit);
  });
  commits.forEach((commit, index) => {
    const where = `commit ${index + 1} (rounds counted one by one)`;
    if (typeof commit.ago !== 'number' || commit.ago < 0) {
      fail(where, '"ago" must be a number of days, 0 or more');
    }
    if (!people.has(commit.by)) {
      fail(where, `"by" names ${commit.by}, who is not among the people`);
    }
    if (typeof commit.message !== 'string' || commit.message === '') {
      fail(where, '"message" is missing');
    }
    if (commit.merge && !commits.some(one => one.branch === commit.merge)) {
      fail(where, `"merge" names ${commit.merge}, on which no commit is`);
    }
  });
  return {
    // Rounds overlap with what is written after them.
    commits: commits
      .map(commit => ({ ...commit, author: people.get(commit.by) }))
      .sort((a, b) => b.ago - a.ago),
  };
}

/** `rounds: 5` makes five commits, evenly spread, people and files taking turns. */
function expandRounds({ rounds, from, to, by, messages, files, lines = 6 }) {
  return Array.from({ length: rounds }, (_, index) => ({
    ago: rounds === 1 ? from : from + ((to - from) * index) / (rounds - 1),
    by: by[index % by.length],
    message: messages[index % messages.length],
    grow: { [files[index % files.length]]: lines },
  }));
}

async function fastImport(repository, history, now) {
  const child = spawn('git', ['fast-import', '--quiet', '--done'], {
    cwd: repository,
    env: GIT_ENVIRONMENT,
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  let errors = '';
  child.stderr.on('data', chunk => {
    errors += chunk;
  });
  child.stdin.on('error', () => {});
  const ended = new Promise((done, fail) => {
    child.on('error', fail);
    child.on('close', code =>
      code === 0
        ? done()
        : fail(new Error(`git fast-import failed: ${errors}`)),
    );
  });
  child.stdin.end(toFastImport(history, now));
  await ended;
}

function toFastImport({ commits }, now) {
  const parts = [];
  const branches = new Map([['main', { tip: undefined, files: new Map() }]]);
  commits.forEach((commit, index) => {
    const mark = index + 1;
    const name = commit.branch ?? 'main';
    const main = branches.get('main');
    if (!branches.has(name)) {
      branches.set(name, { tip: main.tip, files: new Map(main.files) });
    }
    const branch = branches.get(name);
    const parent = branch.tip;
    const merged = commit.merge ? branches.get(commit.merge) : undefined;
    for (const [path, content] of merged?.files ?? []) {
      branch.files.set(path, content);
    }
    edit(branch.files, commit);
    branch.tip = mark;
    const seconds = Math.round(now - commit.ago * DAY);
    parts.push(
      `commit refs/heads/${name}\nmark :${mark}\n`,
      `author ${commit.author} ${seconds} +0000\n`,
      `committer ${commit.author} ${seconds} +0000\n`,
      data(`${commit.message}\n`),
      parent ? `from :${parent}\n` : '',
      merged ? `merge :${merged.tip}\n` : '',
      'deleteall\n',
      ...[...branch.files].map(
        ([path, content]) =>
          `M 100644 inline ${JSON.stringify(path)}\n${data(content)}`,
      ),
      '\n',
    );
  });
  parts.push('done\n');
  return parts.join('');
}

function edit(files, commit) {
  for (const [from, to] of Object.entries(commit.rename ?? {})) {
    files.set(to, files.get(from) ?? '');
    files.delete(from);
  }
  for (const path of commit.delete ?? []) {
    files.delete(path);
  }
  for (const [path, content] of Object.entries(commit.write ?? {})) {
    files.set(path, content);
  }
  for (const [path, lines] of Object.entries(commit.grow ?? {})) {
    files.set(path, grown(path, files.get(path) ?? '', lines));
  }
}

/** Appends lines that read like code, and are the same at every run. */
function grown(path, content, lines) {
  const subject = basename(path).replace(/\W.*$/, '');
  const start = content.split('\n').length;
  const added = Array.from(
    { length: lines },
    (_, index) =>
      `export const ${subject}Step${start + index} = step('${subject}', ${
        start + index
      });\n`,
  );
  return content + added.join('');
}

function data(text) {
  return `data ${Buffer.byteLength(text)}\n${text}\n`;
}

function git(cwd, args) {
  execFileSync('git', args, { cwd, env: GIT_ENVIRONMENT, stdio: 'pipe' });
}

if (
  process.argv[1] &&
  resolve(process.argv[1]) === fileURLToPath(import.meta.url)
) {
  const { created, kept } = await createExampleRepositories({
    target: process.argv[2],
  });
  created.forEach(name => console.log(`created ${name}`));
  kept.forEach(name => console.log(`kept    ${name}`));
}
