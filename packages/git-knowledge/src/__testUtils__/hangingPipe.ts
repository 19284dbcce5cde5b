import { execFileSync } from 'node:child_process';
import { closeSync, constants, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Puts a named pipe where git looks for `.mailmap`: git waits there, for as long as
 * nobody ends what it reads.
 */
export function hangingPipe(repository: string) {
  const path = join(repository, '.mailmap');
  execFileSync('mkfifo', [path]);

  /** Opens it for writing, which works only while somebody reads. */
  function open(): number | undefined {
    try {
      return openSync(path, constants.O_WRONLY | constants.O_NONBLOCK);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENXIO') {
        return undefined;
      }
      throw error;
    }
  }

  return {
    /** Waits until git hangs; the result tells whether it still does, and lets it go. */
    async reached(): Promise<{ isLeft(): boolean }> {
      let writer = open();
      while (writer === undefined) {
        await sleep(5);
        writer = open();
      }
      const opened = writer;
      return {
        isLeft() {
          try {
            writeSync(opened, '\n');
            return false;
          } catch (error) {
            if ((error as NodeJS.ErrnoException).code === 'EPIPE') {
              return true;
            }
            throw error;
          } finally {
            closeSync(opened);
          }
        },
      };
    },
  };
}
