import {
  HostRepository,
  ShadowEntity,
} from '@understanding-dev/backstage-plugin-understanding-common';
import gitUrlParse from 'git-url-parse';
import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';

/** Where the source of an entity lies on this machine, or why that is unknown. */
export type ResolvedSource =
  | {
      readonly type: 'repository';
      /**
       * Real, absolute folder of the work tree or bare repository; that of a mirror
       * may not be there yet.
       */
      readonly repository: string;
      /** How pages call it. */
      readonly name: string;
      /** Paths inside it; an empty one means all of it. */
      readonly paths: readonly string[];
      /** Where people read it, e.g. https://github.com/acme/ledger. */
      readonly url?: string;
    }
  | { readonly type: 'unknown'; readonly reason: string };

/**
 * Resolves the source of an entity from `backstage.io/source-location` and
 * `understanding.dev/source-paths`.
 *
 * A `file:` location may be relative to the file that declares the entity. A `url:`
 * location is looked for below the roots as `<host>/<owner>/<name>`, with or without
 * `.git` behind it. Nothing outside the roots is read, also not through a symbolic
 * link. What is not there may be fetched.
 *
 * @param localRoots - real, absolute folders
 * @param mirrorOf - the folder of a repository that is fetched from its host; undefined
 * when it is not
 */
export function resolveSource(
  entity: Pick<
    ShadowEntity,
    'sourceLocation' | 'managedByLocation' | 'sourcePaths'
  >,
  localRoots: readonly string[],
  mirrorOf: (repository: HostRepository) => string | undefined,
): ResolvedSource {
  const location = entity.sourceLocation;
  if (!location) {
    return unknown(
      'The catalog does not say where its source is: set the annotation backstage.io/source-location.',
    );
  }
  const separator = location.indexOf(':');
  const type = location.slice(0, separator);
  const target = location.slice(separator + 1);
  switch (type) {
    case 'file':
      return resolveFile(entity, target, localRoots);
    case 'url':
      return resolveUrl(entity, target, localRoots, mirrorOf);
    default:
      return unknown(
        `Its source location ${location} is neither a file: nor a url: location.`,
      );
  }
}

/** Where the source of an entity lies on a change host. */
export interface HostSource extends HostRepository {
  /** Paths inside it; an empty one means all of it. */
  readonly paths: readonly string[];
}

/** The place that a `url:` location names, whether or not a clone of it is here. */
export function hostSourceOf(
  entity: Pick<ShadowEntity, 'sourceLocation' | 'sourcePaths'>,
): HostSource | undefined {
  const [, target] = /^url:(.+)$/.exec(entity.sourceLocation ?? '') ?? [];
  const url = target ? parseUrl(target) : undefined;
  return (
    url && {
      host: url.host.toLowerCase(),
      repository: url.project.toLowerCase(),
      paths: pathsOf(entity, url.path),
    }
  );
}

/** The roots as real paths; those that do not exist are left out. */
export function realRoots(localRoots: readonly string[]): string[] {
  return localRoots.flatMap(root => {
    try {
      return [realpathSync(root)];
    } catch {
      return [];
    }
  });
}

function resolveFile(
  entity: Pick<ShadowEntity, 'managedByLocation' | 'sourcePaths'>,
  target: string,
  localRoots: readonly string[],
): ResolvedSource {
  const declaredIn = entity.managedByLocation?.startsWith('file:')
    ? dirname(entity.managedByLocation.slice('file:'.length))
    : undefined;
  if (!isAbsolute(target) && !declaredIn) {
    return unknown(
      `Its source location ${target} is relative, but the entity was not declared in a local file.`,
    );
  }
  const folder = resolve(declaredIn ?? '/', target);
  const root = localRoots.find(candidate => isBelow(folder, candidate));
  if (!root) {
    return unknown(
      `Its source location ${target} is outside the folders that understanding.repositories.localRoots allows.`,
    );
  }
  if (!existsSync(folder)) {
    return unknown(
      `Its source location ${relative(root, folder)} does not exist.`,
    );
  }
  const repository = findRepository(realpathSync(folder), localRoots);
  if (!repository) {
    return unknown(
      `Its source location ${
        relative(root, folder) || '.'
      } is not in a git repository.`,
    );
  }
  const prefix = toPosix(relative(repository, realpathSync(folder)));
  return {
    type: 'repository',
    repository,
    name: lastSegment(repository),
    paths: pathsOf(entity, prefix),
  };
}

function resolveUrl(
  entity: Pick<ShadowEntity, 'sourcePaths'>,
  target: string,
  localRoots: readonly string[],
  mirrorOf: (repository: HostRepository) => string | undefined,
): ResolvedSource {
  const url = parseUrl(target);
  if (!url) {
    return unknown(
      `Its source location ${target} is not the URL of a repository.`,
    );
  }
  const { host, project, path } = url;
  const found = (repository: string): ResolvedSource => ({
    type: 'repository',
    repository,
    name: project,
    paths: pathsOf(entity, path),
    url: `https://${host}/${project}`,
  });
  for (const root of localRoots) {
    for (const suffix of ['', '.git']) {
      const folder = join(root, host, project) + suffix;
      if (existsSync(folder)) {
        const repository = findRepository(realpathSync(folder), localRoots);
        if (repository && repository === realpathSync(folder)) {
          return found(repository);
        }
      }
    }
  }
  const mirror = mirrorOf({ host, repository: project });
  return mirror
    ? found(mirror)
    : unknown(
        `Its repository ${host}/${project} is not on this machine: clone it to ${host}/${project} below one of understanding.repositories.localRoots, or have it fetched by a change host for ${host}.`,
      );
}

/** Host, project and path of a URL; undefined when it names no repository. */
function parseUrl(
  target: string,
): { host: string; project: string; path: string } | undefined {
  try {
    const { resource, full_name: project, filepath } = gitUrlParse(target);
    const segments = [resource, ...project.split('/')];
    return segments.some(part => ['', '.', '..'].includes(part))
      ? undefined
      : { host: resource, project, path: (filepath ?? '').replace(/\/+$/, '') };
  } catch {
    return undefined;
  }
}

/** The nearest repository at or above a folder, still below a root. */
function findRepository(
  folder: string,
  localRoots: readonly string[],
): string | undefined {
  for (
    let current = folder;
    localRoots.some(root => isBelow(current, root));
    current = dirname(current)
  ) {
    const git = gitFolderOf(current);
    if (git) {
      return localRoots.some(root => isBelow(git, root)) ? current : undefined;
    }
    if (current === dirname(current)) {
      break;
    }
  }
  return undefined;
}

/** Where git keeps the data of a folder, when that is a repository. */
function gitFolderOf(folder: string): string | undefined {
  if (isBareRepository(folder)) {
    return folder;
  }
  const git = join(folder, '.git');
  const stat = statSync(git, { throwIfNoEntry: false });
  // A file, as of a worktree, tells where it is.
  const elsewhere =
    stat?.isFile() && /^gitdir: (.+)$/m.exec(readFileSync(git, 'utf8'))?.[1];
  return elsewhere ? resolve(folder, elsewhere) : stat && git;
}

function isBareRepository(folder: string): boolean {
  return (
    existsSync(join(folder, 'HEAD')) &&
    statSync(join(folder, 'objects'), {
      throwIfNoEntry: false,
    })?.isDirectory() === true
  );
}

function pathsOf(
  entity: Pick<ShadowEntity, 'sourcePaths'>,
  prefix: string,
): string[] {
  return entity.sourcePaths.length > 0
    ? entity.sourcePaths.map(path =>
        path.replace(/^\.?\/+/, '').replace(/\/+$/, ''),
      )
    : [prefix];
}

function isBelow(folder: string, root: string): boolean {
  let real = folder;
  // What does not exist yet cannot be a link; its parents can.
  while (!existsSync(real) && dirname(real) !== real) {
    real = dirname(real);
  }
  const path = relative(root, realpathSync(real));
  return (
    path === '' ||
    (!path.startsWith(`..${sep}`) && path !== '..' && !isAbsolute(path))
  );
}

function toPosix(path: string): string {
  return path.split(sep).join('/');
}

function lastSegment(path: string): string {
  return path.split(sep).filter(Boolean).pop() ?? path;
}

function unknown(reason: string): ResolvedSource {
  return { type: 'unknown', reason };
}
