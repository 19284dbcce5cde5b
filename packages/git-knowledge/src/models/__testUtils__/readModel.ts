import { removalOrder } from '../../authorship/absenceFactor';
import { Snapshot, SnapshotOptions, readSnapshot } from '../../readSnapshot';
import { AbsenceFactor, knowledgeRequestSchema } from '../../schemas';
import { NOW } from '../../__testUtils__/reading';
import { Model, ModelAuthors, modelAbsenceFactor } from '../Model';

/** What a model says of a repository, with people by their names. */
export interface ModelReading {
  readonly snapshot: Snapshot;
  readonly found: ModelAuthors;
  /** By path, the authors in the order of the alphabet. */
  readonly authors: Readonly<Record<string, readonly string[]>>;
  readonly absenceFactor: AbsenceFactor;
  /** Who would be removed, in turn, until nobody is left. */
  readonly order: readonly string[];
}

/** Reads a repository as a model does. */
export async function readModel(
  model: Model,
  repository: string,
  options: Partial<Omit<SnapshotOptions, 'now'>> & {
    now?: string;
    bots?: string[];
    identities?: Parameters<Model['authorsIn']>[1]['identities'];
  } = {},
): Promise<ModelReading> {
  const { now = NOW, bots = [], identities, ...rest } = options;
  const { limits } = knowledgeRequestSchema.parse({ repository, now });
  const snapshot = await readSnapshot(
    repository,
    { ...model.reading, limits },
    { ...rest, now: Date.parse(now) },
  );
  const found = await model.authorsIn(snapshot, { bots, identities });
  const byRecord = new Map(
    found.files.map((_, file) => [
      found.records?.[file] ?? file,
      found.authors[file],
    ]),
  );
  return {
    snapshot,
    found,
    authors: Object.fromEntries(
      found.files.map((path, file) => [
        path,
        found.authors[file].map(person => found.people[person]).sort(),
      ]),
    ),
    absenceFactor: modelAbsenceFactor(found),
    order: removalOrder([...byRecord.values()], found.inTies).order.map(
      person => found.people[person],
    ),
  };
}
