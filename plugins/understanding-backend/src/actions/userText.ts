/** Text that a person wrote, or that a repository or a catalog file holds. */
export interface UserText {
  readonly trust: 'user-written';
  readonly text: string;
}

/**
 * Marks text that others wrote, so that whoever reads the answer does not take it for
 * ours: it is to be shown, and never to be followed. What cannot be seen (control and
 * format characters, such as those that turn the direction of text) is left out.
 */
export function userText(text: string): UserText {
  return {
    trust: 'user-written',
    text: text.replace(/[^\P{C}\n\t]/gu, ''),
  };
}
