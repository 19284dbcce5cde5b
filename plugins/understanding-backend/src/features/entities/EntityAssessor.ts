import {
  EntityRecord,
  UnderstandingSettings,
  assessEntity,
  flagRules,
  marksOf,
  planAlerts,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { Knex } from 'knex';
import { Clock } from '../../database/instants';
import { Claim, TicketQueue } from '../../database/TicketQueue';
import { TicketHandler } from '../../database/TicketWorker';
import type { AlertStore } from '../alerts/AlertStore';
import type { FlagStore } from '../flags/FlagStore';
import { documentGlobsOf } from '../ingest/historyReading';
import type { HistoryStore } from '../ingest/HistoryStore';
import type { Owner, PeopleStore } from '../people/PeopleStore';
import type { EdgeStore } from './EdgeStore';
import type { EntityStore, LocatedEntity } from './EntityStore';
import type { EntityDetail, SummaryStore } from './SummaryStore';

export interface EntityAssessorOptions {
  readonly knex: Knex;
  readonly clock: Clock;
  readonly queue: TicketQueue;
  readonly settings: UnderstandingSettings;
  readonly entities: EntityStore;
  readonly edges: EdgeStore;
  readonly people: PeopleStore;
  readonly histories: HistoryStore;
  readonly flags: FlagStore;
  readonly alerts: AlertStore;
  readonly summaries: SummaryStore;
}

/**
 * Assesses one entity whenever something that it depends on has changed, or time
 * alone changes it: loads its record, asks the rules, and writes flags, alerts and
 * summary in one transaction.
 */
export class EntityAssessor implements TicketHandler {
  readonly queue = 'entity';
  // Half of a catalog, say without its Users, would lead to false findings.
  readonly waitsFor = 'catalog';
  readonly concurrency = 4;
  readonly leaseSeconds = 60;
  readonly #options: EntityAssessorOptions;

  static create(options: EntityAssessorOptions): EntityAssessor {
    return new EntityAssessor(options);
  }

  private constructor(options: EntityAssessorOptions) {
    this.#options = options;
  }

  async handle(claim: Claim): Promise<void> {
    const { knex, clock, queue, entities, flags, alerts, summaries } =
      this.#options;
    const entityRef = claim.key;
    const now = await clock();
    const located = await entities.get(entityRef);
    if (!located) {
      await knex.transaction(async tx => {
        await flags.resolveAll(tx, entityRef, now);
        await summaries.remove(tx, entityRef);
        await queue.complete(tx, claim);
      });
      return;
    }

    const { entity } = located;
    const owner = entity.ownerRef
      ? await this.#options.people.getOwner(entity.ownerRef)
      : undefined;
    const loaded = await this.#load(located, owner);
    const told = await alerts.toldOf(loaded.flags.map(flag => flag.id));
    const assessment = assessEntity(loaded.record, now, this.#options.settings);
    const titles = await entities.titles(
      assessment.edges.map(edge => edge.targetRef),
    );
    await knex.transaction(async tx => {
      const { opened, resolved } = await flags.apply(
        tx,
        entityRef,
        assessment.flags,
        now,
      );
      const open = loaded.flags
        .filter(flag => !resolved.some(one => one.id === flag.id))
        .map(flag => {
          const update = assessment.flags.update.find(
            one => one.id === flag.id,
          );
          return update
            ? {
                ...flag,
                ...update.content,
                reasons: [...update.content.reasons],
              }
            : flag;
        })
        .concat(opened);
      await alerts.enqueue(
        tx,
        planAlerts({
          changes: [
            ...open.map(flag => ({ transition: 'opened' as const, flag })),
            ...resolved
              .filter(flag => told.has(flag.id))
              .map(flag => ({ transition: 'resolved' as const, flag })),
          ].map(change => ({
            ...change,
            ruleTitle:
              flagRules.find(rule => rule.id === change.flag.rule)?.title ??
              change.flag.rule,
          })),
          entity: {
            entityRef,
            title: entity.title,
            example: entity.example,
            path: `/catalog/${entity.namespace}/${entity.kind}/${entity.name}/understanding`,
          },
          team:
            owner?.type === 'team'
              ? { teamRef: owner.ref, channels: owner.channels }
              : undefined,
        }),
        now,
      );
      await summaries.write(
        tx,
        entity,
        { ...assessment.summary, flags: marksOf(open) },
        {
          ...loaded.detail,
          people: [...assessment.people],
          documents: [...assessment.documents],
          edges: assessment.edges.map(edge => ({
            ...edge,
            targetTitle: titles.get(edge.targetRef),
          })),
          flags: open,
        },
      );
      await queue.complete(tx, claim, assessment.nextDueAt);
    });
  }

  async #load(located: LocatedEntity, owner: Owner | undefined) {
    const { entities, histories, flags } = this.#options;
    const { entity } = located;
    const { entityRef } = entity;
    const openFlags = await flags.listOpen(entityRef);
    const { record: recordSource, detail } = await this.#loadSource(located);
    const record: EntityRecord = {
      entity,
      ownerTitle: owner?.title,
      systemTitle: entity.systemRef
        ? (await entities.titles([entity.systemRef])).get(entity.systemRef)
        : undefined,
      owner: toRuleOwner(entity.ownerRef, owner),
      source: recordSource,
      dependencies: await this.#loadDependencies(entityRef),
      openFlags,
    };
    return {
      record,
      flags: openFlags,
      detail: {
        source: detail,
        absenceFactor:
          recordSource.type === 'read'
            ? await histories.getAbsenceFactors(entityRef)
            : undefined,
      },
    };
  }

  async #loadDependencies(
    entityRef: string,
  ): Promise<EntityRecord['dependencies']> {
    const { edges } = this.#options;
    const facts = await edges.factsOf(entityRef);
    const targets = facts.declared.flatMap(({ targetRef }) => [
      targetRef,
      ...(facts.providers.get(targetRef) ?? []),
    ]);
    return {
      edges: facts,
      targetsLastSeen: await edges.lastSeenInTraffic(targets),
    };
  }

  async #loadSource({ entity, source }: LocatedEntity): Promise<{
    record: EntityRecord['source'];
    detail: EntityDetail['source'];
  }> {
    const { entities, people, histories } = this.#options;
    if (source.type === 'unknown') {
      return unknownSource(source.reason);
    }
    const { repository, name, paths } = source;
    const state = await histories.getRepository(repository);
    if (state?.problem) {
      return unknownSource(state.problem);
    }
    const reading = await histories.getEntityReading(
      entity.entityRef,
      repository,
      people,
    );
    if (!state?.head || !state.readAt || !reading) {
      const { record, detail } = unknownSource(
        'Its history has not been read yet.',
      );
      return { record: { ...record, pending: true }, detail };
    }
    if (!reading.hasFiles) {
      return unknownSource(
        `The repository ${name} has no file under ${paths.join(', ') || '.'}`,
      );
    }
    const shared = await entities.sharesSource(entity.entityRef);
    return {
      record: {
        type: 'read',
        people: reading.people,
        documents: reading.documents,
        documentGlobs: documentGlobsOf({ entity, source }),
      },
      detail: {
        type: 'read',
        repository: name,
        paths: [...paths],
        head: state.head,
        readAt: state.readAt,
        notices: [
          ...state.notices,
          ...(shared
            ? [
                'Another entity has the same source paths, so that each shows the same history.',
              ]
            : []),
        ],
      },
    };
  }
}

function unknownSource(reason: string) {
  return {
    record: { type: 'unknown', reason },
    detail: { type: 'unknown', reason },
  } as const;
}

function toRuleOwner(
  ownerRef: string | undefined,
  owner: Owner | undefined,
): EntityRecord['owner'] {
  if (!ownerRef) {
    return { type: 'none' };
  }
  return owner ?? { type: 'unknown-team', ref: ownerRef };
}
