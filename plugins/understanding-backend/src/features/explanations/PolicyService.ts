import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import {
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
  /** Where an entity does not say it. */
  readonly policy: ExplanationPolicy;
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
    const policy = entityRef
      ? await this.#policyOf(entityRef, credentials)
      : this.#options.policy;
    return {
      policy,
      inWords: policyInWords(policy),
      headings: Object.fromEntries(
        explanationSectionSchema.options.map(section => [
          section,
          headings[section][0] ?? sectionNames[section],
        ]),
      ) as ExplanationPolicyResponse['headings'],
    };
  }

  /** When changes of an entity have to be explained, in one sentence. */
  async inWords(entityRef: string): Promise<string> {
    const { knex, policy } = this.#options;
    const row = await knex<EntityRow>('entities')
      .where({ entity_ref: entityRef })
      .first('shadow');
    const shadow: ShadowEntity | undefined = row && JSON.parse(row.shadow);
    return policyInWords(shadow?.explanations ?? policy);
  }

  async #policyOf(
    entityRef: string,
    credentials: BackstageCredentials,
  ): Promise<ExplanationPolicy> {
    const { access, knex, policy } = this.#options;
    const { entity } = await access.ofEntity(credentials, entityRef);
    const row =
      entity &&
      (await knex<EntityRow>('entities')
        .where({ entity_ref: entityRef })
        .whereNull('removed_at')
        .first('shadow'));
    if (!row) {
      throw new NotFoundError(
        `The catalog has no ${entityRef}, or you may not see it.`,
      );
    }
    const shadow: ShadowEntity = JSON.parse(row.shadow);
    return shadow.explanations ?? policy;
  }
}
