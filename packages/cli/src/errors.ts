/** The call is wrong. */
export class UsageError extends Error {}

/** Something that was named cannot be read. */
export class UnreadableError extends Error {}
