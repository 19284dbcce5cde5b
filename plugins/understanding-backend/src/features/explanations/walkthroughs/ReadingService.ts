import {
  BackstageCredentials,
  BackstageUserPrincipal,
} from '@backstage/backend-plugin-api';
import {
  Explanation,
  ReadingPath,
  Readings,
  ShadowEntity,
  readingPath,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { Knex } from 'knex';
import { Clock } from '../../../database/instants';
import { batches } from '../../../database/shadow';
import { EntityRow, ExplanationEdgeRow } from '../../../database/tables';
import { Access, isVisible } from '../../../permissions/Access';
import { ExplanationList } from '../ExplanationList';
import { ExplanationStore } from '../ExplanationStore';
import { toExplanation } from '../toExplanation';
import { seenAmong, visibleExplanation } from '../visibleExplanation';
import { ReadingStore } from './ReadingStore';
import { WalkthroughService } from './WalkthroughService';

/** Records among which a newcomer's path is chosen, the last ones. */
const MAX_RECORDS = 200;

export interface ReadingServiceOptions {
  readonly knex: Knex;
  readonly clock: Clock;
  readonly access: Access;
  readonly explanations: ExplanationStore;
  readonly list: ExplanationList;
  readonly readings: ReadingStore;
  readonly walkthroughs: WalkthroughService;
}

/** What a newcomer reads of an entity, and whether it helped. */
export class ReadingService {
  readonly #options: ReadingServiceOptions;

  static create(options: ReadingServiceOptions): ReadingService {
    return new ReadingService(options);
  }

  private constructor(options: ReadingServiceOptions) {
    this.#options = options;
  }

  /**
   * The walkthrough's state first, then the last records by plane and dependency.
   *
   * @throws NotFoundError when the entity is not known, or the caller may not see it
   */
  async path(
    entityRef: string,
    credentials: BackstageCredentials,
  ): Promise<ReadingPath> {
    const { access, knex, list, readings, walkthroughs } = this.#options;
    const walkthrough = await walkthroughs.get(entityRef, credentials);
    const { entities } = await access.ofLists(credentials);
    const rows = (
      await list.list({ entityRef }, { limit: MAX_RECORDS })
    ).filter(({ row }) => row.digest !== null);
    const ids = rows.map(({ row }) => row.id);
    const readingsOf = await readings.of(
      knex,
      ids,
      access.callerOf(credentials),
    );
    const targets = await targetsOf(knex, entityRef, ids);
    const ownPlane = await planeOf(knex, entityRef);
    const records = rows.map(({ entityRefs, row }) => {
      const explanation = toExplanation(row, seenAmong(entities, entityRefs));
      return {
        explanation,
        readings: readingsOf(row.id),
        planes: planesOf(explanation, ownPlane),
        targetRefs: (targets.get(row.id) ?? []).filter(ref =>
          isVisible(entities, ref),
        ),
        ...helpOf(readingsOf(row.id)),
      };
    });
    const targetRefs = [...new Set(records.flatMap(one => one.targetRefs))];
    return {
      walkthrough: { state: walkthrough.state, due: walkthrough.due },
      groups: readingPath(records, targetRefs.sort()).map(group => ({
        plane: group.plane,
        targetRef: group.targetRef,
        items: group.items.map(one => ({
          explanation: one.explanation,
          readings: one.readings,
        })),
      })),
    };
  }

  /** How many readers a record helped, and what the caller said. */
  async get(id: string, credentials: BackstageCredentials): Promise<Readings> {
    const { access, explanations, knex, readings } = this.#options;
    const { entities } = await access.ofLists(credentials);
    await visibleExplanation(knex, explanations, id, entities);
    const caller = access.callerOf(credentials);
    return (await readings.of(knex, [id], caller))(id);
  }

  /**
   * Takes whether a record helped its reader.
   *
   * @throws NotFoundError when there is none, or the caller may see none of its entities
   */
  async read(
    id: string,
    helped: boolean,
    credentials: BackstageCredentials<BackstageUserPrincipal>,
  ): Promise<Readings> {
    const { access, clock, explanations, knex, readings } = this.#options;
    const { entities } = await access.ofLists(credentials);
    await visibleExplanation(knex, explanations, id, entities);
    await readings.set(knex, {
      record_id: id,
      reader_ref: credentials.principal.userEntityRef,
      helped,
      at: await clock(),
    });
    return this.get(id, credentials);
  }
}

function helpOf({ helped, notHelped }: Readings) {
  return { helped, notHelped };
}

/** What is said of a record; else that of the entity. */
function planesOf(
  { planes }: Explanation,
  own: ShadowEntity['plane'],
): Explanation['planes'] {
  return planes.length === 0 && own ? [own] : planes;
}

async function planeOf(
  knex: Knex,
  entityRef: string,
): Promise<ShadowEntity['plane']> {
  const row = await knex<EntityRow>('entities')
    .where({ entity_ref: entityRef })
    .first('shadow');
  const shadow: ShadowEntity | undefined = row && JSON.parse(row.shadow);
  return shadow?.plane;
}

async function targetsOf(
  knex: Knex,
  entityRef: string,
  ids: readonly string[],
): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  for (const batch of batches(ids)) {
    const rows = await knex<ExplanationEdgeRow>('explanation_edges')
      .whereIn('explanation_id', batch)
      .andWhere({ source_ref: entityRef })
      .orderBy('target_ref');
    for (const { explanation_id: id, target_ref: ref } of rows) {
      found.set(id, [...(found.get(id) ?? []), ref]);
    }
  }
  return found;
}
