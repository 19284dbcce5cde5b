import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import {
  ExplanationGate,
  ExplanationHeadings,
  ExplanationPolicy,
  ExplanationPolicyResponse,
  ShadowEntity,
  explanationSectionSchema,
  policyInWords,
  sectionNames,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { Knex } from 'knex';
import { EntityRow } from '../../database/tables';
import { Access } from '../../permissions/Access';

export interface PolicyServiceOptions {
  readonly knex: Knex;
  readonly access: Access;
  /** Where an entity does not say them. */
  readonly policy: ExplanationPolicy;
  readonly gate: ExplanationGate;
  readonly headings: ExplanationHeadings;
}

/** Says when explanations are asked for, and how they are written. */
export class PolicyService {
  readonly #options: PolicyServiceOptions;

  static create(options: PolicyServiceOptions): PolicyService {
    return new PolicyService(options);
  }

  private constructor(options: PolicyServiceOptions) {
    this.#options = options;
  }

  /**
   * What holds for an entity, or where none says otherwise.
   *
   * @throws NotFoundError when it is not known, or the caller may not see it
   */
  async get(
    entityRef: string | undefined,
    credentials: BackstageCredentials,
  ): Promise<ExplanationPolicyResponse> {
    const { access, headings } = this.#options;
    if (entityRef === undefined) {
      await access.ofLists(credentials);
    }
    const entity = entityRef
      ? await this.#visibleEntity(entityRef, credentials)
      : undefined;
    return {
      policy: entity?.explanations ?? this.#options.policy,
      inWords: this.#inWords(entity),
      headings: Object.fromEntries(
        explanationSectionSchema.options.map(section => [
          section,
          headings[section][0] ?? sectionNames[section],
        ]),
      ) as ExplanationPolicyResponse['headings'],
    };
  }

  /** When changes of an entity have to be explained, and what follows otherwise. */
  async inWords(entityRef: string): Promise<string> {
    return this.#inWords(await this.#entity(entityRef));
  }

  #inWords(entity: ShadowEntity | undefined): string {
    const { policy, gate } = this.#options;
    return policyInWords(entity?.explanations ?? policy, entity?.gate ?? gate);
  }

  async #visibleEntity(
    entityRef: string,
    credentials: BackstageCredentials,
  ): Promise<ShadowEntity> {
    const visible = await this.#options.access.ofEntity(credentials, entityRef);
    const entity = visible.entity && (await this.#entity(entityRef));
    if (!entity) {
      throw new NotFoundError(
        `The catalog has no ${entityRef}, or you may not see it.`,
      );
    }
    return entity;
  }

  async #entity(entityRef: string): Promise<ShadowEntity | undefined> {
    const row = await this.#options
      .knex<EntityRow>('entities')
      .where({ entity_ref: entityRef })
      .whereNull('removed_at')
      .first('shadow');
    return row && JSON.parse(row.shadow);
  }
}
