import {
  EntityAssessment,
  assessEntity,
  kindsNeeded,
  marksOf,
  planAlerts,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { Knex } from 'knex';
import { Clock } from '../../database/instants';
import { Claim, TicketQueue } from '../../database/TicketQueue';
import { TicketHandler } from '../../database/TicketWorker';
import { isVisible } from '../../permissions/Access';
import { openToTeams } from '../../permissions/openToTeams';
import type { AlertStore } from '../alerts/AlertStore';
import type { ExplainedEdgeStore } from '../explanations/ExplainedEdgeStore';
import type { FlagStore } from '../flags/FlagStore';
import type { FailureModeFileStore } from '../failure-modes/FailureModeFileStore';
import type { OwnerStore } from '../people/OwnerStore';
import type { ReachStore } from '../people/ReachStore';
import type { GraphStore } from '../simulation/GraphStore';
import type { EntityRecordReader } from './EntityRecordReader';
import type { EntityStore } from './EntityStore';
import type { SummaryStore } from './SummaryStore';

/** Whoever asks turns to one of the first, and not to the hundredth. */
const MAX_PREPARED = 100;

export interface EntityAssessorOptions {
  readonly knex: Knex;
  readonly clock: Clock;
  readonly queue: TicketQueue;
  readonly records: EntityRecordReader;
  readonly entities: EntityStore;
  readonly owners: OwnerStore;
  readonly reach: ReachStore;
  readonly files: FailureModeFileStore;
  readonly flags: FlagStore;
  readonly alerts: AlertStore;
  readonly summaries: SummaryStore;
  readonly graphs: GraphStore;
  readonly explained: ExplainedEdgeStore;
  /** Whether permissions may keep entities from some readers. */
  readonly hasPermissions: boolean;
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
    const { knex, clock, queue, entities, files, flags, alerts } =
      this.#options;
    const { reach, summaries } = this.#options;
    const entityRef = claim.key;
    const now = await clock();
    const located = await entities.get(entityRef);
    if (!located) {
      await this.#forget(claim, now);
      return;
    }

    const { entity } = located;
    const owner = entity.ownerRef
      ? await this.#options.owners.get(entity.ownerRef)
      : undefined;
    const loaded = await this.#options.records.read(located, owner, now);
    const { settings } = loaded;
    const assessment = assessEntity(loaded.record, now, settings);
    const { people, experts } = assessment;
    const [told, first, titles, fileHead, toldOpenly] = await Promise.all([
      alerts.toldOf(loaded.flags.map(flag => flag.id)),
      reach.withReach(people.slice(0, MAX_PREPARED)),
      entities.titles(assessment.edges.map(edge => edge.targetRef)),
      files.headOf(entityRef),
      openToTeams(this.#options, owner?.type === 'team' ? [owner.ref] : []),
    ]);
    await knex.transaction(async tx => {
      const { open, resolved } = await flags.apply(
        tx,
        entityRef,
        loaded.flags,
        assessment.flags,
        now,
      );
      await alerts.enqueue(
        tx,
        planAlerts({
          changes: [
            ...open.map(flag => ({ transition: 'opened' as const, flag })),
            ...resolved
              .filter(flag => told.has(flag.id))
              .map(flag => ({ transition: 'resolved' as const, flag })),
          ],
          entity: {
            entityRef,
            title: entity.title,
            example: entity.example,
            path: `/catalog/${entity.namespace}/${entity.kind}/${entity.name}/understanding`,
          },
          team:
            owner?.type === 'team'
              ? {
                  teamRef: owner.ref,
                  channels: owner.channels,
                  maySee: ref => isVisible(toldOpenly, ref),
                }
              : undefined,
        }),
        now,
      );
      await summaries.write(tx, located, {
        summary: { ...assessment.summary, flags: marksOf(open) },
        understanding: {
          people: first,
          morePeople: people.length - first.length || undefined,
          understandingRule: {
            collectedKinds: [...settings.understands.collectedKinds],
            kindsNeeded: kindsNeeded(settings.understands),
            freshDays: settings.evidence.freshDays,
          },
        },
        experts,
        detail: {
          ...loaded.detail,
          documents: [...assessment.documents],
          edges: assessment.edges.map(edge => ({
            ...edge,
            targetTitle: titles.get(edge.targetRef),
          })),
          flags: open,
        },
      });
      await this.#replaceEdges(tx, entityRef, assessment.edges, now);
      // Its history was read up to another commit than its file.
      if (loaded.head !== undefined && loaded.head !== fileHead) {
        await queue.mark(tx, 'failure-mode-file', [entityRef], now);
      }
      await queue.complete(tx, claim, assessment.nextDueAt);
    });
  }

  /** It is no longer in the catalog. */
  async #forget(claim: Claim, now: string): Promise<void> {
    const { knex, flags, summaries, queue } = this.#options;
    await knex.transaction(async tx => {
      await flags.resolveAll(tx, claim.key, now);
      await summaries.remove(tx, claim.key);
      await this.#replaceEdges(tx, claim.key, [], now);
      await queue.complete(tx, claim);
    });
  }

  async #replaceEdges(
    tx: Knex,
    entityRef: string,
    edges: EntityAssessment['edges'],
    now: string,
  ): Promise<void> {
    const { explained, graphs, queue } = this.#options;
    await graphs.replace(tx, entityRef, edges);
    const older = await explained.follow(tx, entityRef, edges, now);
    await queue.mark(tx, 'judge', older, now);
  }
}
