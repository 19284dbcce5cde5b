import { CliIo } from './CliIo';
import { thousands } from './text';

const QUIET_MS = 500;
const BETWEEN_MS = 100;
const ERASE = '\r\u001b[K';

/** Says how far a reading is, on a terminal, once it takes long. */
export class Progress {
  readonly #io: Pick<CliIo, 'fail' | 'showsProgress'>;
  readonly #clock: () => number;
  #next: number;
  #isShown = false;

  /** @param clock - milliseconds */
  constructor(
    io: Pick<CliIo, 'fail' | 'showsProgress'>,
    clock: () => number = () => performance.now(),
  ) {
    this.#io = io;
    this.#clock = clock;
    this.#next = clock() + QUIET_MS;
  }

  tell(commits: number): void {
    const now = this.#clock();
    if (this.#io.showsProgress && now >= this.#next) {
      this.#next = now + BETWEEN_MS;
      this.#isShown = true;
      this.#io.fail(`${ERASE}reading… ${thousands(commits)} commits`);
    }
  }

  erase(): void {
    if (this.#isShown) {
      this.#isShown = false;
      this.#io.fail(ERASE);
    }
  }
}
