import { ChangeHost } from '@understanding-dev/backstage-plugin-understanding-node';

/** The change hosts that are installed, each with its instances. */
export class ChangeHosts {
  readonly #byId = new Map<string, ChangeHost>();
  readonly #byInstance = new Map<string, ChangeHost>();

  /** @throws Error when one of that name, or one for that instance, is there already */
  add(host: ChangeHost): void {
    if (this.#byId.has(host.id)) {
      throw new Error(
        `The change host "${host.id}" is installed twice; install one.`,
      );
    }
    this.#byId.set(host.id, host);
    for (const instance of host.instances) {
      const other = this.#byInstance.get(instance);
      if (other) {
        throw new Error(
          `The change hosts "${other.id}" and "${host.id}" both serve ${instance}; let one of them do it.`,
        );
      }
      this.#byInstance.set(instance, host);
    }
  }

  get(id: string): ChangeHost | undefined {
    return this.#byId.get(id);
  }

  /** The host that serves an instance, e.g. `github.com`. */
  ofInstance(instance: string): ChangeHost | undefined {
    return this.#byInstance.get(instance);
  }

  get ids(): string[] {
    return [...this.#byId.keys()];
  }

  get instances(): string[] {
    return [...this.#byInstance.keys()].sort();
  }
}
