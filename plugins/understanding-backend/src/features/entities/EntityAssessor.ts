import {
  EntityAssessment,
  EntityRecord,
  PersonRecord,
  UnderstandingSettings,
  WalkthroughStanding,
  addCorrections,
  addEvidence,
  assessEntity,
  combineEdges,
  flagRules,
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
import type { WalkthroughReader } from '../explanations/walkthroughs/WalkthroughReader';
import type { FlagStore } from '../flags/FlagStore';
import type { AnswerStore } from '../failure-modes/AnswerStore';
import { AssumptionStore, isRefuted } from '../failure-modes/AssumptionStore';
import type { FailureModeFileStore } from '../failure-modes/FailureModeFileStore';
import type { FailureModeStore } from '../failure-modes/FailureModeStore';
import type { HostRepositoryStore } from '../ingest/changes/HostRepositoryStore';
import { documentGlobsOf } from '../ingest/historyReading';
import type { HistoryStore } from '../ingest/HistoryStore';
import type { Owner, PeopleStore } from '../people/PeopleStore';
import type { ReachStore } from '../people/ReachStore';
import type { RenameStore } from '../people/RenameStore';
import type { StatementStore } from '../people/StatementStore';
import type { GraphStore } from '../simulation/GraphStore';
import type { EdgeStore } from './EdgeStore';
import type { EntityStore, LocatedEntity } from './EntityStore';
import type { ProposalStore } from './ProposalStore';
import type { EntityDetail, SummaryStore } from './SummaryStore';

export interface EntityAssessorOptions {
  readonly knex: Knex;
  readonly clock: Clock;
  readonly queue: TicketQueue;
  readonly settings: UnderstandingSettings;
  readonly entities: EntityStore;
  readonly edges: EdgeStore;
  readonly people: PeopleStore;
  readonly reach: ReachStore;
  readonly histories: HistoryStore;
  readonly failureModes: FailureModeStore;
  readonly answers: AnswerStore;
  readonly assumptions: AssumptionStore;
  readonly files: FailureModeFileStore;
  readonly flags: FlagStore;
  readonly alerts: AlertStore;
  readonly summaries: SummaryStore;
  readonly repositories: HostRepositoryStore;
  readonly graphs: GraphStore;
  readonly explained: ExplainedEdgeStore;
  readonly walkthroughs: WalkthroughReader;
  readonly proposals: ProposalStore;
  readonly statements: StatementStore;
  readonly renames: RenameStore;
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
    const { knex, clock, queue, entities, flags, alerts, summaries } =
      this.#options;
    const entityRef = claim.key;
    const now = await clock();
    const located = await entities.get(entityRef);
    if (!located) {
      await knex.transaction(async tx => {
        await flags.resolveAll(tx, entityRef, now);
        await summaries.remove(tx, entityRef);
        await this.#replaceEdges(tx, entityRef, [], now);
        await queue.complete(tx, claim);
      });
      return;
    }

    const { entity } = located;
    const owner = entity.ownerRef
      ? await this.#options.people.getOwner(entity.ownerRef)
      : undefined;
    const loaded = await this.#load(located, owner, now);
    const told = await alerts.toldOf(loaded.flags.map(flag => flag.id));
    const settings = await this.#settingsOf(entityRef);
    const assessment = assessEntity(loaded.record, now, settings);
    const people = await this.#options.reach.withReach(assessment.people);
    const titles = await entities.titles(
      assessment.edges.map(edge => edge.targetRef),
    );
    const fileBehind = await this.#isFileBehind(located);
    const toldOpenly = await openToTeams(
      this.#options,
      owner?.type === 'team' ? [owner.ref] : [],
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
              ? {
                  teamRef: owner.ref,
                  channels: owner.channels,
                  maySee: ref => isVisible(toldOpenly, ref),
                }
              : undefined,
        }),
        now,
      );
      await summaries.write(tx, entity, {
        summary: { ...assessment.summary, flags: marksOf(open) },
        understanding: {
          people,
          understandingRule: {
            collectedKinds: [...settings.understands.collectedKinds],
            kindsNeeded: kindsNeeded(settings.understands),
            freshDays: settings.evidence.freshDays,
          },
        },
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
      if (fileBehind) {
        await queue.mark(tx, 'failure-mode-file', [entityRef], now);
      }
      await queue.complete(tx, claim, assessment.nextDueAt);
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

  /**
   * Reviews are collected where a host tells of them, and count from when all of the
   * past was read: half of it would lead to false findings.
   */
  async #settingsOf(entityRef: string): Promise<UnderstandingSettings> {
    const { settings, entities, repositories } = this.#options;
    const repository = await entities.hostRepositoryOf(entityRef);
    const progress = repository && (await repositories.get(repository));
    return progress?.backfilledAt === undefined
      ? settings
      : {
          ...settings,
          understands: {
            ...settings.understands,
            collectedKinds: [
              ...settings.understands.collectedKinds,
              'reviewed',
            ],
          },
        };
  }

  async #load(located: LocatedEntity, owner: Owner | undefined, now: string) {
    const { entities, histories, flags } = this.#options;
    const { entity } = located;
    const { entityRef } = entity;
    const openFlags = await flags.listOpen(entityRef);
    const { record: recordSource, detail } = await this.#loadSource(located);
    const dependencies = await this.#loadDependencies(entityRef);
    const walkthrough = await this.#options.walkthroughs.understoodBy(
      entityRef,
      combineEdges(dependencies.edges, now, this.#options.settings.edges),
      now,
    );
    const record: EntityRecord = {
      entity,
      ownerTitle: owner?.title,
      systemTitle: entity.systemRef
        ? (await entities.titles([entity.systemRef])).get(entity.systemRef)
        : undefined,
      owner: toRuleOwner(entity.ownerRef, owner),
      source: {
        ...recordSource,
        people: await this.#withStatements(
          entityRef,
          recordSource.people,
          walkthrough,
        ),
      },
      dependencies,
      walkthroughDueAt: walkthrough?.dueAt,
      answers: await this.#options.answers.answersOf(entityRef),
      proposed: await this.#options.proposals.proposedTo(entityRef),
      assumptions: (await this.#options.assumptions.list({ entityRef })).map(
        one => ({ ...one, refuted: isRefuted(one) }),
      ),
      failureModes: (
        await this.#options.failureModes.list({ entityRef })
      ).filter(mode => !mode.superseded),
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

  /** Adds what people did and say that needs no history, whatever is known of that. */
  async #withStatements(
    entityRef: string,
    found: readonly PersonRecord[] = [],
    walkthrough?: Pick<WalkthroughStanding, 'authors' | 'confirmedAt'>,
  ): Promise<PersonRecord[]> {
    const { people, statements } = this.#options;
    return addCorrections(
      addEvidence(found, [
        ...(await this.#loadOperated(entityRef)),
        ...(await this.#explainedBy(walkthrough)),
      ]),
      await statements.correctionsOf(entityRef, people),
    );
  }

  /** Who wrote a walkthrough of it that somebody else accepted. */
  async #explainedBy({
    authors = [],
    confirmedAt,
  }: Partial<Pick<WalkthroughStanding, 'authors' | 'confirmedAt'>> = {}) {
    const presentOf = await this.#options.renames.presentRefs(authors);
    const refs = [...new Set(authors.map(ref => presentOf(ref).personRef))];
    const known = await this.#options.people.getPeople(refs);
    return confirmedAt === undefined
      ? []
      : refs.map(personRef => {
          const person = known.get(personRef);
          return {
            personRef,
            displayName: person?.displayName ?? personRef,
            status: person?.active ? ('active' as const) : ('left' as const),
            evidence: {
              kind: 'explained' as const,
              latestAt: confirmedAt,
              count: 1,
              verified: true,
              walkthrough: true,
            },
          };
        });
  }

  /** Who took part in tests of it, and confirmed that while signed in. */
  async #loadOperated(entityRef: string) {
    const { answers, people, renames } = this.#options;
    const operated = await answers.operatedBy(entityRef);
    const presentOf = await renames.presentRefs(
      operated.map(one => one.personRef),
    );
    const known = await people.getPeople(
      operated.map(one => presentOf(one.personRef).personRef),
    );
    return operated.map(({ personRef: called, latestAt, count }) => {
      const { personRef, ownWord } = presentOf(called);
      const person = known.get(personRef);
      return {
        personRef,
        displayName: person?.displayName ?? personRef,
        status: person?.active ? ('active' as const) : ('left' as const),
        evidence: {
          kind: 'operated' as const,
          latestAt,
          count,
          verified: !ownWord,
        },
      };
    });
  }

  /** Whether its history was read up to another commit than its file. */
  async #isFileBehind({ entity, source }: LocatedEntity): Promise<boolean> {
    const { files, histories } = this.#options;
    if (source.type === 'unknown') {
      return false;
    }
    const state = await histories.getRepository(source.repository);
    return (
      state?.head !== undefined &&
      state.head !== (await files.headOf(entity.entityRef))
    );
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
    const shared = await entities.sharesSource(entity.entityRef, repository);
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
