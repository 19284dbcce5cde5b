import { FailureModeContent, FailureModeFile } from '../../schemas';
import { differencesBetween } from './differences';
import { failureModeInWords } from './inWords';

/**
 * A failure mode that an earlier reading of the file left.
 * @public
 */
export interface ImportedMode {
  readonly id: string;
  /** Its `id` in the file. */
  readonly fileKey: string;
  readonly content: FailureModeContent;
  readonly removed: boolean;
}

/** @public */
export interface FileImportPlan {
  readonly create: ReadonlyArray<{
    fileKey: string;
    content: FailureModeContent;
  }>;
  readonly update: ReadonlyArray<{ id: string; content: FailureModeContent }>;
  readonly remove: ReadonlyArray<{ id: string }>;
}

/**
 * The changes that make stored failure modes say what a file says. One that comes
 * back is the same as before, with its versions and tests. Applying a plan and
 * planning again gives an empty plan.
 *
 * @param file - undefined when there is no file any more
 * @public
 */
export function planFileImport(
  entityRef: string,
  file: FailureModeFile | undefined,
  present: readonly ImportedMode[],
): FileImportPlan {
  const known = new Map(present.map(one => [one.fileKey, one]));
  const entries = (file?.failureModes ?? []).map(({ id, ...content }) => ({
    known: known.get(id),
    fileKey: id,
    content: { entityRef, ...content },
  }));
  const kept = new Set(entries.map(one => one.fileKey));
  return {
    create: entries
      .filter(one => !one.known)
      .map(({ fileKey, content }) => ({ fileKey, content })),
    update: entries.flatMap(({ known: before, content }) =>
      before &&
      (before.removed ||
        differencesBetween(
          failureModeInWords(before.content),
          failureModeInWords(content),
        ).length > 0)
        ? [{ id: before.id, content }]
        : [],
    ),
    remove: present
      .filter(one => !one.removed && !kept.has(one.fileKey))
      .map(({ id }) => ({ id })),
  };
}
