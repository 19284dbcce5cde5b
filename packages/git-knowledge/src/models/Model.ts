import { CommitReading } from '../history/readCommits';
import { Snapshot } from '../readSnapshot';
import { ParsedKnowledgeRequest } from '../schemas';

/** Who are the authors of which files, by a model. */
export interface ModelAuthors {
  /** The people, as the model tells them apart. */
  readonly people: readonly string[];
  /** The files that count. */
  readonly files: readonly string[];
  /** Of every one of these files, its authors, as numbers of people. */
  readonly authors: ReadonlyArray<readonly number[]>;
  /**
   * Of every file, the record of changes that tells its authors, where some files have
   * theirs in common: those count as several files, and as one when their authors left.
   */
  readonly records?: readonly number[];
  /** Which of two people with equally many files is removed first. */
  readonly inTies?: (a: number, b: number) => number;
}

/** A published way of telling authors, with what it needs to be read. */
export interface Model {
  /** What of a request it heeds; it has rules of its own for the rest. */
  readonly heeds: ReadonlyArray<'identities' | 'bots' | 'include' | 'exclude'>;
  readonly reading: Pick<CommitReading, 'renames' | 'messages'>;
  /**
   * @param request - who is who, for models that do not say so themselves
   * @throws GitKnowledgeError
   */
  authorsIn(
    snapshot: Snapshot,
    request: Pick<ParsedKnowledgeRequest, 'identities' | 'bots'>,
    options?: { signal?: AbortSignal },
  ): Promise<ModelAuthors>;
}
