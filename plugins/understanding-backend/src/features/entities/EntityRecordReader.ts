import {
  EntityRecord,
  ShadowEntity,
  UnderstandingSettings,
  combineEdges,
} from '@understanding-dev/backstage-plugin-understanding-common';
import type { WalkthroughReader } from '../explanations/walkthroughs/WalkthroughReader';
import type { FlagStore } from '../flags/FlagStore';
import type { AnswerStore } from '../failure-modes/AnswerStore';
import { AssumptionStore, isRefuted } from '../failure-modes/AssumptionStore';
import type { FailureModeStore } from '../failure-modes/FailureModeStore';
import { documentGlobsOf } from '../ingest/historyReading';
import type { HostRepositoryStore } from '../ingest/changes/HostRepositoryStore';
import type { HistoryStore } from '../ingest/HistoryStore';
import type { Owner } from '../people/OwnerStore';
import type { PeopleStore } from '../people/PeopleStore';
import type { RenameStore } from '../people/RenameStore';
import type { StatementStore } from '../people/StatementStore';
import { readWordsAndDeeds } from '../people/wordsAndDeeds';
import type { EdgeStore } from './EdgeStore';
import type { EntityStore, LocatedEntity } from './EntityStore';
import type { ProposalStore } from './ProposalStore';
import type { EntityDetail } from './SummaryStore';

export interface EntityRecordReaderOptions {
  readonly settings: UnderstandingSettings;
  readonly entities: EntityStore;
  readonly edges: EdgeStore;
  readonly people: PeopleStore;
  readonly histories: HistoryStore;
  readonly failureModes: FailureModeStore;
  readonly answers: AnswerStore;
  readonly assumptions: AssumptionStore;
  readonly flags: FlagStore;
  readonly walkthroughs: WalkthroughReader;
  readonly proposals: ProposalStore;
  readonly statements: StatementStore;
  readonly renames: RenameStore;
  readonly repositories: HostRepositoryStore;
}

/** Reads all that the rules are asked about an entity. */
export class EntityRecordReader {
  readonly #options: EntityRecordReaderOptions;

  static create(options: EntityRecordReaderOptions): EntityRecordReader {
    return new EntityRecordReader(options);
  }

  private constructor(options: EntityRecordReaderOptions) {
    this.#options = options;
  }

  /**
   * What the rules are asked about, and what they need not know.
   *
   * @param owner - as the catalog has it
   */
  async read(located: LocatedEntity, owner: Owner | undefined, now: string) {
    const { entity } = located;
    // The evidence of very many people takes longer than all the rest.
    const [{ source, walkthrough, ...loaded }, { openFlags, ...rest }] =
      await Promise.all([
        this.#loadPeople(located, now),
        this.#loadRest(entity),
      ]);
    const record: EntityRecord = {
      ...rest,
      entity,
      ownerTitle: owner?.title,
      owner: toRuleOwner(entity.ownerRef, owner),
      source,
      dependencies: loaded.dependencies,
      walkthroughDueAt: walkthrough?.dueAt,
      openFlags,
    };
    return {
      record,
      flags: openFlags,
      settings: loaded.settings,
      head: loaded.head,
      detail: loaded.detail,
    };
  }

  /** Everybody with evidence, and by what they are judged. */
  async readPeople(located: LocatedEntity, now: string) {
    const { source, settings } = await this.#loadPeople(located, now);
    return { people: source.people, settings };
  }

  async #loadPeople(located: LocatedEntity, now: string) {
    const { entityRef } = located.entity;
    const depending = this.#loadDependencies(entityRef, now);
    const [
      { record: source, head, ...detail },
      { dependencies, walkthrough },
      withWordsAndDeeds,
      settings,
    ] = await Promise.all([
      this.#loadSource(located),
      depending,
      depending.then(one =>
        readWordsAndDeeds(this.#options, {
          entityRef,
          walkthrough: one.walkthrough,
        }),
      ),
      this.#settingsOf(located),
    ]);
    return {
      source: { ...source, people: withWordsAndDeeds(source.people ?? []) },
      ...{ head, detail, dependencies, walkthrough, settings },
    };
  }

  /**
   * Reviews are collected where a host tells of them, and count from when all of the
   * past was read: half of it would lead to false findings.
   */
  async #settingsOf({
    hostRepository,
  }: LocatedEntity): Promise<UnderstandingSettings> {
    const { settings, repositories } = this.#options;
    const progress = hostRepository && (await repositories.get(hostRepository));
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

  /** What says nothing of people. */
  async #loadRest({ entityRef, systemRef }: ShadowEntity) {
    const { entities, flags, answers, proposals, assumptions, failureModes } =
      this.#options;
    const [titles, answered, proposed, assumed, modes, openFlags] =
      await Promise.all([
        entities.titles(systemRef ? [systemRef] : []),
        answers.answersOf(entityRef),
        proposals.proposedTo(entityRef),
        assumptions.list({ entityRef }),
        failureModes.list({ entityRef }),
        flags.listOpen(entityRef),
      ]);
    return {
      systemTitle: systemRef && titles.get(systemRef),
      answers: answered,
      proposed,
      assumptions: assumed.map(one => ({ ...one, refuted: isRefuted(one) })),
      failureModes: modes.filter(mode => !mode.superseded),
      openFlags,
    };
  }

  /** The walkthrough is of the dependencies that there are. */
  async #loadDependencies(entityRef: string, now: string) {
    const { edges, settings, walkthroughs } = this.#options;
    const facts = await edges.factsOf(entityRef);
    const targets = facts.declared.flatMap(({ targetRef }) => [
      targetRef,
      ...(facts.providers.get(targetRef) ?? []),
    ]);
    const [targetsLastSeen, walkthrough] = await Promise.all([
      edges.lastSeenInTraffic(targets),
      walkthroughs.understoodBy(
        entityRef,
        combineEdges(facts, now, settings.edges),
        now,
      ),
    ]);
    return { dependencies: { edges: facts, targetsLastSeen }, walkthrough };
  }

  async #loadSource({ entity, source }: LocatedEntity): Promise<{
    record: EntityRecord['source'];
    /** What was read of its repository, the last time that it could be. */
    head?: string;
    source: EntityDetail['source'];
    absenceFactor?: EntityDetail['absenceFactor'];
  }> {
    const { entities, people, histories } = this.#options;
    if (source.type === 'unknown') {
      return unknownSource(source.reason);
    }
    const { repository, name, paths } = source;
    const [state, reading, shared] = await Promise.all([
      histories.getRepository(repository),
      histories.getEntityReading(entity.entityRef, repository, people),
      entities.sharesSource(entity.entityRef, repository),
    ]);
    const head = state?.head;
    if (state?.problem) {
      return { ...unknownSource(state.problem), head };
    }
    if (!head || !state?.readAt || !reading) {
      const unread = unknownSource('Its history has not been read yet.');
      return { ...unread, head, record: { ...unread.record, pending: true } };
    }
    if (!reading.hasFiles) {
      const message = `The repository ${name} has no file under ${
        paths.join(', ') || '.'
      }`;
      return { ...unknownSource(message), head };
    }
    return {
      record: {
        type: 'read',
        people: reading.people,
        documents: reading.documents,
        documentGlobs: documentGlobsOf({ entity, source }),
      },
      head,
      absenceFactor: reading.absenceFactors,
      source: {
        type: 'read',
        repository: name,
        paths: [...paths],
        head,
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
    source: { type: 'unknown', reason },
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
