import { readFileSync, readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** A process of this machine. */
export interface RunningProcess {
  readonly pid: number;
  /** Its arguments, as everybody on the machine may see them. */
  readonly args: string;
  readonly environment: string;
  readonly priority: number;
}

/** Processes in whose arguments a text stands, this one left out. */
export function processesWith(text: string): RunningProcess[] {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name) && Number(name) !== process.pid)
    .flatMap(name => {
      try {
        const read = (file: string) =>
          readFileSync(`/proc/${name}/${file}`, 'utf8');
        const args = read('cmdline').replaceAll('\0', ' ');
        return args.includes(text)
          ? [
              {
                pid: Number(name),
                args,
                environment: read('environ'),
                // Behind the name, which may hold anything; proc(5).
                priority: Number(
                  read('stat').replace(/^.*\)/s, '').split(' ')[17],
                ),
              },
            ]
          : [];
      } catch {
        return [];
      }
    });
}

/** Waits until no such process is there. */
export async function untilNoProcessWith(text: string): Promise<void> {
  while (processesWith(text).length > 0) {
    await sleep(20);
  }
}
