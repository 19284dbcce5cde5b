import { Clock } from '../../../database/instants';
import { ArrivingDelivery, InboxStore } from './InboxStore';

/** Of one transaction; a single delivery may be larger. */
const MAX_DELIVERIES = 100;
const MAX_BYTES = 8 * 1024 * 1024;

interface Waiting {
  readonly delivery: ArrivingDelivery;
  readonly settle: (isNew: boolean) => void;
  readonly fail: (error: unknown) => void;
}

/**
 * Commits deliveries as databases commit transactions, in groups: what arrives while
 * one transaction is under way shares the next one. Each is still committed before it
 * is answered, and a hundred that come at once cost what one costs.
 */
export class InboxWriter {
  readonly #inbox: InboxStore;
  readonly #clock: Clock;
  readonly #maxMillis: number;
  #waiting: Waiting[] = [];
  #isWriting = false;

  /** @param options.maxMillis - after so long, a delivery is given up */
  static create(options: {
    inbox: InboxStore;
    clock: Clock;
    maxMillis: number;
  }): InboxWriter {
    return new InboxWriter(options);
  }

  private constructor(options: {
    inbox: InboxStore;
    clock: Clock;
    maxMillis: number;
  }) {
    this.#inbox = options.inbox;
    this.#clock = options.clock;
    this.#maxMillis = options.maxMillis;
  }

  /**
   * Commits a delivery. One that is given up may be committed later all the same; it
   * is known then when the host delivers it again.
   *
   * @returns whether it is new
   * @throws what the database says, or a `TimeoutError`
   */
  async add(delivery: ArrivingDelivery): Promise<boolean> {
    const signal = AbortSignal.timeout(this.#maxMillis);
    return new Promise((settle, fail) => {
      const waiting = { delivery, settle, fail };
      signal.addEventListener('abort', () => {
        this.#waiting = this.#waiting.filter(one => one !== waiting);
        fail(signal.reason);
      });
      this.#waiting.push(waiting);
      if (!this.#isWriting) {
        this.#write();
      }
    });
  }

  /** Writes until nothing waits. A transaction that hangs holds up no others. */
  async #write(): Promise<void> {
    this.#isWriting = true;
    while (this.#waiting.length > 0) {
      const group = this.#take();
      const signal = AbortSignal.timeout(this.#maxMillis);
      await Promise.race([
        this.#commit(group),
        new Promise(done => signal.addEventListener('abort', done)),
      ]);
    }
    this.#isWriting = false;
  }

  async #commit(group: readonly Waiting[]): Promise<void> {
    try {
      const isNew = await this.#inbox.add(
        group.map(one => one.delivery),
        await this.#clock(),
      );
      group.forEach((one, index) => one.settle(isNew[index]));
    } catch (error) {
      group.forEach(one => one.fail(error));
    }
  }

  #take(): Waiting[] {
    let bytes = 0;
    const end = this.#waiting.findIndex(({ delivery }, index) => {
      bytes += delivery.body.length;
      return index > 0 && (index >= MAX_DELIVERIES || bytes > MAX_BYTES);
    });
    return this.#waiting.splice(0, end < 0 ? this.#waiting.length : end);
  }
}
