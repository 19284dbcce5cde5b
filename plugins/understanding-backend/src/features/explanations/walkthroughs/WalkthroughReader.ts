import {
  Edge,
  UnderstandingSettings,
  WalkthroughQuestion,
  WalkthroughStanding,
  isDependency,
  unansweredQuestions,
  walkthroughQuestions,
  walkthroughStanding,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { Knex } from 'knex';
import { significantChanges } from './significantChanges';
import { StoredWalkthrough, WalkthroughStore } from './WalkthroughStore';

/** Changes that are counted at most, as many times what makes a walkthrough due. */
const COUNTED = 5;

export interface WalkthroughReaderOptions {
  readonly knex: Knex;
  readonly walkthroughs: WalkthroughStore;
  readonly settings: UnderstandingSettings;
}

/** Reads how walkthroughs stand. */
export class WalkthroughReader {
  readonly #options: WalkthroughReaderOptions;

  static create(options: WalkthroughReaderOptions): WalkthroughReader {
    return new WalkthroughReader(options);
  }

  private constructor(options: WalkthroughReaderOptions) {
    this.#options = options;
  }

  /** Whose accepted walkthrough shows that they understand an entity, and until when. */
  async understoodBy(
    entityRef: string,
    edges: ReadonlyArray<Pick<Edge, 'type' | 'targetRef' | 'criticality'>>,
    now: string,
  ): Promise<
    Pick<WalkthroughStanding, 'authors' | 'confirmedAt' | 'dueAt'> | undefined
  > {
    const { knex, walkthroughs } = this.#options;
    const stored = await walkthroughs.get(knex, entityRef);
    if (stored.versions.length === 0) {
      return undefined;
    }
    // What it is called here is not read; only whether it is answered.
    const asked = walkthroughQuestions({
      title: entityRef,
      edges: edges
        .filter(isDependency)
        .map(edge => ({ ...edge, targetTitle: edge.targetRef })),
      callers: [],
      limits: [],
    });
    const standing = await this.standingOf(entityRef, stored, asked, now);
    return standing.state === 'accepted' ? standing : undefined;
  }

  async standingOf(
    entityRef: string,
    stored: StoredWalkthrough,
    asked: readonly WalkthroughQuestion[],
    now: string,
  ): Promise<WalkthroughStanding> {
    const { versions, assessments } = stored;
    const latest = versions[versions.length - 1];
    const digests = new Map(versions.map(one => [one.version, one.digest]));
    return walkthroughStanding(
      {
        versions: versions.map(one => ({
          at: one.at,
          text: one.digest,
          author: one.author_ref,
        })),
        assessments: assessments.map(one => ({
          at: one.at,
          text: digests.get(one.version) ?? '',
          reviewer: one.reviewer_ref,
          result: one.result as 'genuine',
        })),
        unanswered: unansweredQuestions(
          asked,
          latest ? JSON.parse(latest.answers) : [],
        ),
        changesSince: await this.#changesSince(entityRef, stored),
      },
      now,
      this.#options.settings.walkthroughs,
    );
  }

  async #changesSince(
    entityRef: string,
    { versions }: StoredWalkthrough,
  ): Promise<(instant: string) => number> {
    const { knex, settings } = this.#options;
    const latest = versions[versions.length - 1];
    const mergedAt = latest
      ? await significantChanges(
          knex,
          entityRef,
          latest.at,
          settings.walkthroughs.dueChanges * COUNTED,
        )
      : [];
    return instant => mergedAt.filter(at => at > instant).length;
  }
}
