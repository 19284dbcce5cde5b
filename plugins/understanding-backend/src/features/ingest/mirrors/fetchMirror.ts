import { HostRepository } from '@understanding-dev/backstage-plugin-understanding-common';
import {
  ChangeHost,
  ChangeHostError,
  CloneAddress,
} from '@understanding-dev/backstage-plugin-understanding-node';
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fetchError } from './fetchError';
import { MirrorError } from './MirrorError';
import { bytesOf } from './MirrorDisk';
import { runSandboxedGit } from './sandboxedGit';

/** Beyond which git finds things slowly. */
const MAX_PACKS = 50;
/** What a bare repository without a commit takes, and more. */
const SMALL_BYTES = 64 * 1024;
/** Nobody writes for so long without writing. */
const STALE_MS = 60 * 60 * 1000;

export interface FetchOptions {
  /** How pages call the repository. */
  readonly name: string;
  readonly maxBytes: number;
  readonly signal: AbortSignal;
}

/**
 * Asks a change host where git fetches a repository from, and checks what it says.
 *
 * @throws MirrorError
 */
export async function addressOf(
  host: ChangeHost,
  repository: HostRepository,
  { name, signal }: Pick<FetchOptions, 'name' | 'signal'>,
): Promise<CloneAddress> {
  let address: CloneAddress;
  try {
    address = await host.cloneAddress(repository, {
      signal,
      onRequest: () => {},
    });
  } catch (error) {
    signal.throwIfAborted();
    throw error instanceof ChangeHostError
      ? MirrorError.create(error.code, name, {
          retryAfterSeconds: error.retryAfterSeconds,
        })
      : MirrorError.create('failed', name);
  }
  if (!isSafe(address)) {
    throw MirrorError.create('refused', name);
  }
  return address;
}

/** The head of the default branch, which costs one request and no disk. */
export async function readRemoteHead(
  folder: string,
  address: CloneAddress,
  options: FetchOptions,
): Promise<string> {
  const output = await run(
    folder,
    ['ls-remote', '--quiet', '--end-of-options', address.url, 'HEAD'],
    { ...options, address },
  );
  const head = /^([0-9a-f]{40,64})\tHEAD$/m.exec(output)?.[1];
  if (!head) {
    throw MirrorError.create('empty', options.name);
  }
  return head;
}

/** Makes an empty folder a mirror of nothing yet. */
export async function initMirror(
  folder: string,
  options: FetchOptions,
): Promise<void> {
  await run(
    folder,
    ['init', '--quiet', '--bare', '--template=', '--initial-branch=head'],
    { ...options, maxBytes: SMALL_BYTES },
  );
}

/**
 * Brings the history of the default branch into a mirror, whatever that branch is called
 * and wherever it was before. The one branch of a mirror has a name of ours, so that no
 * name that a host gives becomes a reference here. References change at the end, all at
 * once; what an interrupted fetch left is removed.
 *
 * @throws MirrorError
 */
export async function fetchMirror(
  folder: string,
  address: CloneAddress,
  options: FetchOptions,
): Promise<void> {
  // Of processes that died; one that lives may be at it though its lease is over.
  await removeHalves(folder, STALE_MS);
  const room = options.maxBytes - (await bytesOf(folder));
  if (room < SMALL_BYTES) {
    throw MirrorError.create('too-large', options.name);
  }
  try {
    await run(
      folder,
      [
        'fetch',
        '--quiet',
        '--no-tags',
        '--no-recurse-submodules',
        '--no-write-fetch-head',
        '--no-auto-maintenance',
        '--no-show-forced-updates',
        '--end-of-options',
        address.url,
        '+HEAD:refs/heads/head',
      ],
      { ...options, address, maxBytes: room },
    );
  } catch (error) {
    // git does not say that its file was not allowed to grow.
    const half = await removeHalves(folder);
    throw error instanceof MirrorError && half > room - SMALL_BYTES
      ? MirrorError.create('too-large', options.name)
      : error;
  }
}

/** Joins packs where there are many; a mirror is whole with or without that. */
export async function tidyMirror(
  folder: string,
  options: FetchOptions,
): Promise<void> {
  const files = await packFiles(folder);
  if (files.filter(name => name.endsWith('.pack')).length > MAX_PACKS) {
    try {
      await run(folder, ['gc', '--quiet'], options);
    } finally {
      await removeHalves(folder);
    }
  }
}

async function run(
  folder: string,
  args: readonly string[],
  options: FetchOptions & { address?: CloneAddress },
): Promise<string> {
  const { name, address, maxBytes, signal } = options;
  const end = await runSandboxedGit(args, {
    folder,
    address,
    maxFileBytes: maxBytes,
    signal,
  });
  signal.throwIfAborted();
  if (end.code !== 0) {
    throw fetchError(name, end);
  }
  return end.stdout;
}

/** Removes packs that were never finished; returns how large they were, in bytes. */
async function removeHalves(folder: string, minimumAgeMs = 0): Promise<number> {
  let bytes = 0;
  for (const name of await packFiles(folder)) {
    if (name.startsWith('tmp_') || name.startsWith('.tmp-')) {
      const file = join(folder, 'objects/pack', name);
      const found = await stat(file).catch(() => undefined);
      if (found && Date.now() - found.mtimeMs >= minimumAgeMs) {
        bytes += found.size;
        await rm(file, { force: true });
      }
    }
  }
  return bytes;
}

async function packFiles(folder: string): Promise<string[]> {
  return readdir(join(folder, 'objects/pack')).catch(() => []);
}

/** Whether git may be given it: a URL that holds no secret, and headers of one line. */
function isSafe({ url, headers }: CloneAddress): boolean {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  return (
    parsed !== undefined &&
    /^https?:\/\/[\x21-\x7e]+$/.test(url) &&
    parsed.username === '' &&
    parsed.password === '' &&
    parsed.search === '' &&
    parsed.hash === '' &&
    Object.entries(headers).every(
      ([name, value]) =>
        /^[A-Za-z0-9-]+$/.test(name) && /^[\x20-\x7e]+$/.test(value),
    )
  );
}
