import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  Operability,
  operabilityOf,
} from '@understanding-dev/backstage-plugin-understanding-common';
import type { EntityService } from '../entities/EntityService';
import type { DebtStore } from '../explanations/DebtStore';

/** Says whether entities are ready to be operated, as far as the caller may see why. */
export class OperabilityService {
  readonly #entities: EntityService;
  readonly #debts: DebtStore;

  static create(options: {
    entities: EntityService;
    debts: DebtStore;
  }): OperabilityService {
    return new OperabilityService(options);
  }

  private constructor(options: { entities: EntityService; debts: DebtStore }) {
    this.#entities = options.entities;
    this.#debts = options.debts;
  }

  /** @throws NotFoundError when it is not known, or the caller may not see it */
  async get(
    entityRef: string,
    credentials: BackstageCredentials,
  ): Promise<Operability> {
    const known = await this.#entities.get(entityRef, credentials);
    const debts = await this.#debts.count({ state: 'open', entityRef });
    return operabilityOf(known, debts);
  }
}
