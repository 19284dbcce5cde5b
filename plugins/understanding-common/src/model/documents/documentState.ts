import { DocumentState, Reason } from '../../schemas';
import { UnderstandingSettings, daysAfter } from '../settings';

/**
 * What a history tells of one document.
 * @public
 */
export interface DocumentFacts {
  readonly path: string;
  readonly contentChangedAt: string;
  /** Significant changes in the territory since the last content change. */
  readonly changesSince: number;
  /** How many of the territory's files those touched. */
  readonly filesTouchedSince: number;
  readonly territoryFiles: number;
  readonly lastTerritoryChangeAt?: string;
  readonly brokenCitations: ReadonlyArray<{
    readonly citation: string;
    readonly line: number;
    readonly removedAt: string;
    readonly removedCommit: string;
    readonly movedTo?: string;
  }>;
}

/** @public */
export interface DocumentJudgement {
  readonly state: DocumentState;
  readonly reasons: readonly Reason[];
  /** When the state changes by time alone. */
  readonly until?: string;
}

/** From the worst to the best; an entity's state is that of its worst document. */
const WORST_FIRST: readonly DocumentState[] = [
  'contradicted',
  'changed-since',
  'overdue',
  'unknown',
  'fresh',
];

/**
 * The state of one document: contradiction before change before age, each with the
 * figures from which it can be recomputed by hand.
 * @public
 */
export function documentState(
  facts: DocumentFacts,
  now: string,
  settings: UnderstandingSettings['documents'],
): DocumentJudgement {
  if (facts.brokenCitations.length > 0) {
    return {
      state: 'contradicted',
      reasons: facts.brokenCitations.map(broken => ({
        message: `${facts.path} cites ${broken.citation}, which was ${removal(
          broken,
        )}`,
        file: facts.path,
        line: broken.line,
      })),
    };
  }

  const share =
    facts.territoryFiles > 0
      ? facts.filesTouchedSince / facts.territoryFiles
      : 0;
  const manyChanges = facts.changesSince >= settings.changesSince;
  const wideChanges =
    facts.filesTouchedSince > 0 && share >= settings.filesTouchedShare;
  if (manyChanges || wideChanges) {
    return {
      state: 'changed-since',
      reasons: [
        {
          message: `${facts.path} was last changed on ${day(
            facts.contentChangedAt,
          )}; since then ${plural(
            facts.changesSince,
            'significant change',
          )} touched ${facts.filesTouchedSince} of the ${plural(
            facts.territoryFiles,
            'file',
          )} that it describes`,
          file: facts.path,
        },
      ],
    };
  }

  const territoryChanged =
    facts.lastTerritoryChangeAt !== undefined &&
    facts.lastTerritoryChangeAt > facts.contentChangedAt;
  if (territoryChanged) {
    const overdueAt = daysAfter(facts.contentChangedAt, settings.overdueDays);
    if (now >= overdueAt) {
      return {
        state: 'overdue',
        reasons: [
          {
            message: `${facts.path} was last changed on ${day(
              facts.contentChangedAt,
            )}, ${
              settings.overdueDays
            } days ago or more, and its source has changed since`,
            file: facts.path,
          },
        ],
      };
    }
    return { state: 'fresh', reasons: [], until: overdueAt };
  }
  return { state: 'fresh', reasons: [] };
}

/**
 * The state of an entity whose source could be read, from those of its documents.
 * @public
 */
export function worstDocumentState(
  states: readonly DocumentState[],
): DocumentState {
  return WORST_FIRST.find(state => states.includes(state)) ?? 'missing';
}

function removal(broken: DocumentFacts['brokenCitations'][number]): string {
  const commit = broken.removedCommit.slice(0, 10);
  return broken.movedTo
    ? `moved to ${broken.movedTo} on ${day(broken.removedAt)} (${commit})`
    : `removed on ${day(broken.removedAt)} (${commit})`;
}

function day(instant: string): string {
  return instant.slice(0, 10);
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
