import {
  ChangeReading,
  HostChange,
  HostFact,
  HostRepository,
  keptComment,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { Knex } from 'knex';
import { TicketQueue } from '../../../database/TicketQueue';
import type { EntityStore } from '../../entities/EntityStore';
import type { ProposalStore } from '../../entities/ProposalStore';
import type { CheckStore } from '../../explanations/checks/CheckStore';
import type { MergeGroupStore } from '../../explanations/checks/MergeGroupStore';
import { ExplanationWriter } from '../../explanations/ExplanationWriter';
import type { OperationStore } from '../incidents/OperationStore';
import type { Mirrors } from '../mirrors/Mirrors';
import { ChangeStore, TellingOptions } from './ChangeStore';
import { EvidenceStore } from './EvidenceStore';
import { HostRepositoryStore, keyOf } from './HostRepositoryStore';

export interface FactWriterOptions {
  readonly queue: TicketQueue;
  readonly entities: EntityStore;
  readonly changes: ChangeStore;
  readonly evidence: EvidenceStore;
  readonly repositories: HostRepositoryStore;
  readonly operations: OperationStore;
  /** Absent where nothing is fetched. */
  readonly mirrors?: Mirrors;
  readonly explanations: ExplanationWriter;
  readonly checks: CheckStore;
  readonly mergeGroups: MergeGroupStore;
  readonly proposals: ProposalStore;
}

/** Writes what hosts tell, and makes due what follows from it, in one transaction. */
export class FactWriter {
  readonly #options: FactWriterOptions;

  static create(options: FactWriterOptions): FactWriter {
    return new FactWriter(options);
  }

  private constructor(options: FactWriterOptions) {
    this.#options = options;
  }

  /** @returns why nothing of it is needed, or undefined when something is */
  async write(
    tx: Knex,
    facts: readonly HostFact[],
    now: string,
  ): Promise<string | undefined> {
    let unused: string | undefined = 'It tells nothing that is needed here';
    for (const fact of facts) {
      const reason = await this.#writeFact(tx, fact, now);
      unused = reason && unused ? reason : undefined;
    }
    return unused;
  }

  /**
   * Writes what is told of a change of a repository that entities name.
   */
  async writeChange(
    tx: Knex,
    change: HostChange,
    options: TellingOptions,
    now: string,
  ): Promise<void> {
    const { queue, changes, explanations } = this.#options;
    const { changed, readDue } = await changes.apply(tx, change, options);
    const { asked, untold = [] } = options;
    // What is listed again is known, most of it.
    if (asked && !changed && !readDue) {
      if (await explanations.isKnown(tx, change.id)) {
        return;
      }
    }
    if (!untold.includes('description') && !untold.includes('headSha')) {
      const known = await changes.get(tx, change.id);
      const told = { ...change, author: change.author ?? known?.author };
      await explanations.writeChange(tx, told, { asked }, now);
    }
    if (changed) {
      await this.attribute(tx, [change.id], now);
    } else {
      await explanations.refresh(tx, change.id, now);
    }
    // What the host was asked for in bulk is read within the budget of that run.
    if (readDue && !options.asked) {
      await queue.mark(tx, 'change', [change.id], now);
    }
  }

  /**
   * Writes all that a host tells of a change when it is asked.
   */
  async writeReading(
    tx: Knex,
    reading: ChangeReading,
    now: string,
  ): Promise<void> {
    await this.#options.changes.applyReading(tx, reading);
    await this.#options.explanations.writeReading(tx, reading, now);
    await this.attribute(tx, [reading.change.id], now);
  }

  /** Writes whom changes affect, and what they prove of whom once they are merged. */
  async attribute(
    tx: Knex,
    changeIds: readonly string[],
    now: string,
  ): Promise<void> {
    const { queue, entities, changes, evidence, explanations, proposals } =
      this.#options;
    const touched = new Map<string, { in: HostRepository; refs: string[] }>();
    for (const id of changeIds) {
      const change = await changes.get(tx, id);
      if (change) {
        const sources = await entities.sourcesIn(tx, change);
        const refs = await changes.attribute(tx, id, sources);
        await explanations.refresh(tx, id, now);
        await proposals.follow(tx, change, now);
        if (change.state === 'merged') {
          await explanations.writeMerged(tx, id, now);
          const key = keyOf(change);
          const before = touched.get(key)?.refs ?? [];
          touched.set(key, { in: change, refs: [...before, ...refs] });
        }
      }
    }
    for (const { in: repository, refs } of touched.values()) {
      await evidence.refresh(tx, repository, refs, now);
      await queue.mark(tx, 'entity', refs, now);
    }
  }

  /** Computes anew what a repository proves of whatever it has proved anything of. */
  async refreshEvidence(
    tx: Knex,
    repository: HostRepository,
    now: string,
  ): Promise<void> {
    const { queue, evidence } = this.#options;
    const refs = await evidence.entitiesOf(tx, repository);
    await evidence.refresh(tx, repository, refs, now);
    await queue.mark(tx, 'entity', refs, now);
  }

  async #writeFact(
    tx: Knex,
    fact: HostFact,
    now: string,
  ): Promise<string | undefined> {
    const { queue, entities, changes, mirrors, repositories, explanations } =
      this.#options;
    const unnamed = async (repository: HostRepository) =>
      (await entities.sourcesIn(tx, repository)).length === 0
        ? 'No entity of the catalog names its repository'
        : undefined;
    switch (fact.type) {
      case 'change': {
        const { change, untold = [] } = fact;
        const reason = await unnamed(change);
        if (!reason) {
          await this.writeChange(tx, change, { asked: false, untold }, now);
        }
        return reason;
      }
      case 'review': {
        const reason = await unnamed(fact);
        if (!reason && (await changes.applyReview(tx, fact.review))) {
          await explanations.writeReview(tx, fact.review, now);
          await this.attribute(tx, [fact.review.changeId], now);
        }
        return reason;
      }
      case 'comment': {
        const comment = keptComment(fact.comment);
        if (!comment) {
          return 'The comment is no command';
        }
        const reason = await unnamed(fact);
        if (!reason) {
          await changes.applyComment(tx, comment);
          await explanations.writeComment(tx, comment, now);
        }
        return reason;
      }
      case 'press': {
        const reason = await unnamed(fact);
        if (!reason) {
          await explanations.writePress(tx, fact, fact.press, now);
        }
        return reason;
      }
      case 'check-reset': {
        const changeIds = await this.#options.checks.resetHead(tx, fact);
        await queue.mark(tx, 'check', changeIds, now);
        return changeIds.length > 0 ? undefined : 'It is not a check of ours';
      }
      case 'merge-group': {
        const reason = await unnamed(fact.group);
        if (!reason) {
          await this.#options.mergeGroups.write(tx, fact.group, now);
        }
        return reason;
      }
      case 'deployment': {
        const reason = await unnamed(fact.deployment);
        if (!reason) {
          await changes.applyDeployment(tx, fact.deployment);
        }
        return reason;
      }
      case 'operation': {
        const { operations } = this.#options;
        const refs = await operations.add(tx, fact.operation, now);
        await queue.mark(tx, 'entity', refs, now);
        return refs.length === 0
          ? 'No entity of the catalog is what it is about'
          : undefined;
      }
      case 'push': {
        const folders = await entities.foldersOf(tx, fact);
        await mirrors?.markPushed(tx, folders, now);
        await queue.mark(tx, 'repository', folders, now);
        return unnamed(fact);
      }
      case 'moved': {
        const from = { host: fact.host, repository: fact.from };
        await changes.move(tx, from, fact);
        await queue.mark(tx, 'attribution', [from, fact].map(keyOf), now);
        return undefined;
      }
      default: {
        await repositories.setAccess(tx, fact);
        await queue.mark(tx, 'host', [fact.host], now);
        return undefined;
      }
    }
  }
}
