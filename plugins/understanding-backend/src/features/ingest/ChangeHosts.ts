import {
  ChangeHost,
  HookSource,
} from '@understanding-dev/backstage-plugin-understanding-node';

/** Who may deliver: change hosts, each with its instances, and incident tools. */
export class ChangeHosts {
  readonly #byId = new Map<string, HookSource>();
  readonly #byInstance = new Map<string, ChangeHost>();

  /** @throws Error when one of that name, or one for that instance, is there already */
  add(host: ChangeHost): void {
    this.addSource(host);
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

  /** @throws Error when one of that name is there already */
  addSource(source: HookSource): void {
    if (this.#byId.has(source.id)) {
      throw new Error(
        `The change host "${source.id}" is installed twice; install one.`,
      );
    }
    this.#byId.set(source.id, source);
  }

  get(id: string): HookSource | undefined {
    return this.#byId.get(id);
  }

  /** The host that serves an instance, e.g. `github.com`. */
  ofInstance(instance: string): ChangeHost | undefined {
    return this.#byInstance.get(instance);
  }

  /** The instances that a host serves. */
  instancesOf(id: string): string[] {
    return this.instances.filter(one => this.#byInstance.get(one)?.id === id);
  }

  get ids(): string[] {
    return [...this.#byId.keys()];
  }

  get instances(): string[] {
    return [...this.#byInstance.keys()].sort();
  }
}
