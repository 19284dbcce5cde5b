import { HostAccount } from '@understanding-dev/backstage-plugin-understanding-common';
import { z } from 'zod';

/** What deliveries and answers of the API have in common. */

const INSTANT =
  /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:\.\d{1,9})? ?(Z|UTC|[+-]\d\d:?\d\d)$/;
/** At least two names, none of which leads elsewhere or looks like an option. */
const PATH = /^(?!\/)(?:(?:^|\/)(?!\.{1,2}(?:\/|$))[\w.][\w.-]*){2,}$/;
const ZONE = /^([+-]\d\d):?(\d\d)$/;
/** Bots of access tokens, and service accounts, by the names that GitLab gives them. */
const BOT =
  /^(?:(?:project|group)_\d+_bot(?:_?[0-9a-f]*)|service_account_(?:(?:group|project)_\d+_)?[0-9a-f]+)$/;
/** Accounts that GitLab makes for itself. */
const INTERNAL = new Set([
  'alert-bot',
  'gitlab-admin-bot',
  'gitlab-automation-bot',
  'gitlab-security-bot',
  'gitlabduo',
  'migration-bot',
  'support-bot',
  'visual-review-bot',
]);

/**
 * An instant as GitLab writes it, e.g. `2026-01-01 09:00:00 UTC`,
 * `2026-01-01 10:00:00 +0100` or `2026-01-01T10:00:00.123+01:00`.
 *
 * It is cut to the second, since many deliveries tell no more: otherwise a delivery
 * would look older than an answer of the same second.
 */
export const instantSchema = z.string().transform((text, context) => {
  const [, date, time, zone] = INSTANT.exec(text) ?? [];
  const offset = zone === 'UTC' ? 'Z' : zone?.replace(ZONE, '$1:$2');
  const instant = new Date(`${date}T${time}${offset}`);
  if (Number.isNaN(instant.getTime())) {
    context.addIssue({ code: 'custom', message: 'not an instant' });
    return z.NEVER;
  }
  return instant.toISOString();
});

export const idSchema = z.int().positive();

/** SHA-1 or SHA-256. */
export const shaSchema = z.string().regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/);

/** A project's path: of groups, any number of them, and its own name. */
export const repositorySchema = z
  .string()
  .max(1024)
  .regex(PATH, 'not the path of a project')
  .transform(path => path.toLowerCase());

/** An account; undefined where it was deleted, and GitLab tells its "Ghost User". */
export const userSchema = z
  .object({
    id: idSchema.nullish(),
    username: z.string().min(1).max(255),
    name: z.string().nullish(),
  })
  .transform(({ id, username, name }) => ({
    id: id ?? undefined,
    account: accountOf(username.toLowerCase(), name ?? ''),
  }));

export type User = z.output<typeof userSchema>;

function accountOf(login: string, name: string): HostAccount | undefined {
  // gitlab.com has a person called "ghost", and its Ghost User is "ghost1".
  return /^ghost\d*$/.test(login) && name === 'Ghost User'
    ? undefined
    : { login, bot: BOT.test(login) || INTERNAL.has(login) };
}

/** GitLab locks a merge request while it merges it. */
export const stateSchema = z
  .enum(['opened', 'closed', 'merged', 'locked'])
  .transform(state =>
    state === 'opened' || state === 'locked' ? ('open' as const) : state,
  );

/** Where a value has not the form that is expected; nothing of it is repeated. */
export function problemOf(error: z.ZodError): string {
  const { path, message } = error.issues[0];
  return `${path.join('.') || 'body'}: ${message}`;
}
