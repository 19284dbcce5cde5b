import { logFormat } from './LogParser';

/** Which commits are meant. */
export interface Revisions {
  /** A commit; it and all before it. */
  readonly head: string;
  /** A commit that is left out, with all before it. */
  readonly known?: string;
}

/** In which order git lists commits: by the committer's time, as far as parents allow. */
export type Order = 'newest-first' | 'oldest-first';

/**
 * What lets git print commits and what they change, for `LogParser`: with renames of
 * files whose content stays the same, which needs no content. Merges have no changes.
 *
 * @param options.placeholder - for what is wanted of the message
 * @param options.commits - the newest of so many
 */
export function logCommand(
  { head, known }: Revisions,
  options: { placeholder: string; commits: number; order?: Order },
): string[] {
  const { placeholder, commits, order = 'newest-first' } = options;
  return [
    'log',
    ...(order === 'oldest-first' ? ['--reverse'] : []),
    '-z',
    '--raw',
    '--no-abbrev',
    '-M100%',
    '-l0',
    '--root',
    '--no-ext-diff',
    '--no-textconv',
    `--max-count=${commits}`,
    `--format=${logFormat(placeholder)}`,
    '--end-of-options',
    head,
    ...(known === undefined ? [] : [`^${known}`]),
    '--',
  ];
}
