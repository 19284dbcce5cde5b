/**
 * Whether a comment is a command to us, such as `/understanding genuine`. Other
 * comments are not kept.
 * @public
 */
export function isCommand(body: string): boolean {
  return /^\s*\/understanding(\s|$)/.test(body.slice(0, 200));
}
