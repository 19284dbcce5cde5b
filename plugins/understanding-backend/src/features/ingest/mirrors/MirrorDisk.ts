import { randomUUID } from 'node:crypto';
import {
  mkdir,
  readFile,
  readdir,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { secondsAfter } from '../../../database/instants';
import { StoredMirror } from './planRemovals';

/** Beside git's own files, of which none is called so. */
const STATE_FILE = 'understanding.json';
/** No host is called so. */
const WORK_FOLDER = '.work';

const stateSchema = z.object({
  head: z.string().regex(/^[0-9a-f]{40,64}$/),
  bytes: z.number().nonnegative(),
  fetchedAt: z.iso.datetime(),
  usedAt: z.iso.datetime(),
  busyUntil: z.iso.datetime().optional(),
});

/** What is known of a mirror on this disk, where it lies. */
export type MirrorState = z.infer<typeof stateSchema>;

/**
 * The folder of the mirrors. A mirror appears in it as a whole and goes as a whole, by a
 * rename from or into the work folder; what a dead process left there goes when it is
 * old, since other living ones may share the disk.
 */
export class MirrorDisk {
  readonly #directory: string;

  static create(options: { directory: string }): MirrorDisk {
    return new MirrorDisk(options.directory);
  }

  private constructor(directory: string) {
    this.#directory = directory;
  }

  /** Undefined where no whole mirror lies. */
  async read(folder: string): Promise<MirrorState | undefined> {
    try {
      const text = await readFile(join(folder, STATE_FILE), 'utf8');
      return stateSchema.parse(JSON.parse(text));
    } catch {
      return undefined;
    }
  }

  async write(folder: string, state: MirrorState): Promise<void> {
    const file = join(folder, STATE_FILE);
    const written = `${file}.${randomUUID()}`;
    await writeFile(written, JSON.stringify(state));
    await rename(written, file);
  }

  /** A new folder, to be moved in or removed. */
  async makeWorkFolder(now: string): Promise<string> {
    const folder = this.#workFolder(now);
    // Private repositories lie here.
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return folder;
  }

  /** Gives a mirror its place, whatever lies there; another one that is whole may stay. */
  async moveIn(made: string, folder: string, now: string): Promise<void> {
    await mkdir(dirname(folder), { recursive: true, mode: 0o700 });
    if (!(await this.read(folder))) {
      await this.remove(folder, now);
    }
    try {
      await rename(made, folder);
    } catch (error) {
      // Only where a lease was over did another process make the same meanwhile.
      if (!(await this.read(folder))) {
        throw error;
      }
    }
  }

  async remove(folder: string, now: string): Promise<void> {
    await mkdir(join(this.#directory, WORK_FOLDER), {
      recursive: true,
      mode: 0o700,
    });
    const removed = this.#workFolder(now);
    try {
      await rename(folder, removed);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
        return;
      }
      throw error;
    }
    await rm(removed, { recursive: true, force: true });
  }

  /** Removes what was begun so long ago that nobody is at it any more. */
  async sweep(now: string, ageSeconds: number): Promise<void> {
    const begun = await entriesOf(join(this.#directory, WORK_FOLDER));
    const oldest = Date.parse(secondsAfter(now, -ageSeconds));
    for (const { name } of begun) {
      if (/^\d+-/.test(name) && parseInt(name, 10) < oldest) {
        await rm(join(this.#directory, WORK_FOLDER, name), {
          recursive: true,
          force: true,
        });
      }
    }
  }

  /** All mirrors; one that lost what was known of it was used never. */
  async list(): Promise<StoredMirror[]> {
    const mirrors: StoredMirror[] = [];
    const walk = async (folder: string) => {
      for (const entry of await entriesOf(folder)) {
        const path = join(folder, entry.name);
        if (!entry.isDirectory() || entry.name === WORK_FOLDER) {
          continue;
        }
        if (!entry.name.endsWith('.git')) {
          await walk(path);
          continue;
        }
        const state = await this.read(path);
        mirrors.push({
          folder: path,
          bytes: state?.bytes ?? (await bytesOf(path)),
          usedAt: state?.usedAt ?? '',
          busyUntil: state?.busyUntil,
        });
      }
    };
    await walk(this.#directory);
    return mirrors;
  }

  #workFolder(now: string): string {
    return join(
      this.#directory,
      WORK_FOLDER,
      `${Date.parse(now)}-${randomUUID()}`,
    );
  }
}

/** What a folder takes, by the lengths of its files. */
export async function bytesOf(folder: string): Promise<number> {
  let bytes = 0;
  for (const entry of await entriesOf(folder)) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      bytes += await bytesOf(path);
    } else {
      // It may go meanwhile.
      bytes += await stat(path).then(
        ({ size }) => size,
        () => 0,
      );
    }
  }
  return bytes;
}

async function entriesOf(folder: string) {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return [];
    }
    throw error;
  }
}
