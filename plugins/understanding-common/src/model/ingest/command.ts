import { HostComment } from './HostFact';

/**
 * Whether a comment is a command to us, such as `/understanding genuine`.
 * @public
 */
export function isCommand(body: string): boolean {
  return /^\s*\/understanding(\s|$)/.test(body.slice(0, 200));
}

/**
 * As much of a comment as is kept: commands, and that one may have ceased to be one by
 * an edit or deletion, which can be told before the command itself. What people say to
 * one another is not kept.
 *
 * @returns undefined where nothing has to be kept
 * @public
 */
export function keptComment(comment: HostComment): HostComment | undefined {
  if (isCommand(comment.body)) {
    return comment;
  }
  const { createdAt, updatedAt, deleted } = comment;
  return deleted || updatedAt !== createdAt
    ? { ...comment, body: '' }
    : undefined;
}
