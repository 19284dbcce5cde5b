import {
  ExplainedDiff,
  HostFile,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { Knex } from 'knex';
import { ChangeRow, ExplanationRow } from '../../database/tables';

/** More files than that are only counted. */
const MAX_FILES = 200;

/** What a change touches, where its host has told of its files. */
export async function diffOf(
  tx: Knex,
  row: ExplanationRow,
): Promise<ExplainedDiff | undefined> {
  const change = row.change_id
    ? await tx<ChangeRow>('changes')
        .where({ id: row.change_id })
        .first('files', 'files_truncated')
    : undefined;
  if (!change?.files) {
    return undefined;
  }
  const files: HostFile[] = JSON.parse(change.files);
  const sum = (of: (file: HostFile) => number) =>
    files.reduce((total, file) => total + of(file), 0);
  return {
    files: files.slice(0, MAX_FILES).map(({ digest: _, ...file }) => file),
    totalFiles: files.length,
    additions: sum(file => file.additions),
    deletions: sum(file => file.deletions),
    truncated: Boolean(change.files_truncated),
  };
}
