/**
 * Counts the lines that a unified diff of one file adds and removes, which GitLab does
 * not tell. What stands before the first hunk is not counted.
 */
export function countLines(diff: string): {
  additions: number;
  deletions: number;
} {
  let additions = 0;
  let deletions = 0;
  let inHunk = false;
  for (let start = 0; start < diff.length; ) {
    const end = diff.indexOf('\n', start);
    inHunk ||= diff.startsWith('@@', start);
    if (inHunk && diff[start] === '+') {
      additions++;
    } else if (inHunk && diff[start] === '-') {
      deletions++;
    }
    start = end < 0 ? diff.length : end + 1;
  }
  return { additions, deletions };
}
