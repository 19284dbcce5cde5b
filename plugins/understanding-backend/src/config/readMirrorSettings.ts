import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { relative, resolve } from 'node:path';
import type { MirrorSettings } from '../features/ingest/mirrors/Mirrors';
import { checked, seconds, size } from './values';

/** Undefined where nothing is fetched. */
export function readMirrorSettings(
  config: Config | undefined,
  localRoots: readonly string[],
): MirrorSettings | undefined {
  const key = 'repositories.mirrors';
  const set = config?.getOptionalString(`${key}.directory`);
  if (!set) {
    return undefined;
  }
  const directory = resolve(set);
  if (localRoots.some(root => isIn(directory, root) || isIn(root, directory))) {
    throw new InputError(
      `understanding.${key}.directory must not be below one of localRoots, nor above one: what is there is removed when there is no room`,
    );
  }
  const maxBytes = size(config, `${key}.maxSize`, '50GB');
  return {
    directory,
    maxBytes,
    maxRepositoryBytes: checked(
      `${key}.maxRepositorySize`,
      size(config, `${key}.maxRepositorySize`, '2GB'),
      value => value <= maxBytes,
      `at most maxSize (${maxBytes})`,
    ),
    fetchSeconds: seconds(config, `${key}.fetchInterval`, 3600),
    timeoutSeconds: seconds(config, `${key}.timeout`, 600),
  };
}

function isIn(folder: string, other: string): boolean {
  return !/^\.\.(\/|$)/.test(relative(other, folder));
}
