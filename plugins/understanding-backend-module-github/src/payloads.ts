import { z } from 'zod';

/**
 * What is read of the objects of GitHub, which its deliveries and its answers share.
 * Everything else in them is left out.
 */

const id = z.int().positive();

const name = z.string().min(1);

/** GitHub tells seconds only, at times with an offset. */
const instant = z.iso
  .datetime({ offset: true })
  .transform(value => new Date(value).toISOString());

/** SHA-1 or SHA-256. */
export const sha = z.string().regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/);

export const webUrl = z.url({ protocol: /^https?$/ });

/** Where GitHub writes an empty text for none. */
const optionalUrl = webUrl.or(z.literal('')).nullish();

/** `owner/name`; neither may leave a path that it becomes a part of. */
export const fullName = z
  .string()
  .regex(/^[a-z\d][\w-]*\/(?!\.{1,2}$)[\w.-]+$/i)
  .transform(value => value.toLowerCase());

const login = name.transform(value => value.toLowerCase());

/**
 * An account: null or called `ghost` once it was deleted.
 * @see https://docs.github.com/en/account-and-profile/concepts/personal-account-deletion
 */
export const account = z
  .object({ login, type: z.string().optional() })
  .nullable()
  .transform(user =>
    user && user.login !== 'ghost'
      ? { login: user.login, bot: user.type === 'Bot' }
      : undefined,
  );

/** The fork of `head` may be gone, so nothing is read of it. */
export const pullSchema = z.object({
  number: id,
  html_url: webUrl,
  title: z.string(),
  body: z.string().nullish(),
  user: account,
  head: z.object({ sha }),
  base: z.object({
    ref: name,
    repo: z.object({ id, full_name: fullName }),
  }),
  state: z.enum(['open', 'closed']),
  draft: z.boolean().nullish(),
  labels: z.array(z.object({ name: z.string() })),
  // Where a team is among them, it has no login.
  requested_reviewers: z.array(z.object({ login: login.optional() })).nullish(),
  created_at: instant,
  updated_at: instant,
  merged_at: instant.nullish(),
  merge_commit_sha: sha.nullish(),
});
export type Pull = z.output<typeof pullSchema>;

export const reviewSchema = z.object({
  id,
  user: account,
  body: z.string().nullish(),
  commit_id: sha.nullish(),
  // In capitals where it is asked for, and small in deliveries.
  state: z
    .string()
    .transform(value => value.toLowerCase())
    .pipe(
      z.enum([
        'approved',
        'changes_requested',
        'commented',
        'dismissed',
        'pending',
      ]),
    ),
  submitted_at: instant.nullish(),
  html_url: webUrl.nullish(),
});
export type Review = z.output<typeof reviewSchema>;

export const commentSchema = z.object({
  id,
  user: account,
  body: z.string().nullish(),
  created_at: instant,
  updated_at: instant,
  html_url: webUrl.nullish(),
});
export type Comment = z.output<typeof commentSchema>;

export const deploymentSchema = z.object({
  id,
  sha,
  environment: name,
  updated_at: instant,
});
export type Deployment = z.output<typeof deploymentSchema>;

export const deploymentStatusSchema = z.object({
  state: z.enum([
    'pending',
    'queued',
    'waiting',
    'in_progress',
    'success',
    'failure',
    'error',
    'inactive',
  ]),
  updated_at: instant,
  log_url: optionalUrl,
  target_url: optionalUrl,
});
export type DeploymentStatus = z.output<typeof deploymentStatusSchema>;

export const fileSchema = z.object({
  filename: name,
  previous_filename: name.optional(),
  // A word to come is no reason to know nothing of the change.
  status: z
    .enum([
      'added',
      'removed',
      'modified',
      'renamed',
      'copied',
      'changed',
      'unchanged',
    ])
    .catch('changed'),
  additions: z.int().min(0),
  deletions: z.int().min(0),
  /** Of the file as it is on the head. */
  sha: sha.nullish().catch(undefined),
});
export type File = z.output<typeof fileSchema>;

export const commitSchema = z.object({
  sha,
  commit: z.object({
    message: z.string(),
    author: z.object({ email: z.string().nullish() }).nullable(),
  }),
  // `{}` where the account was deleted.
  author: z.object({ login: login.optional() }).nullish(),
});
export type Commit = z.output<typeof commitSchema>;

export const hookDeliverySchema = z.object({
  id,
  guid: name,
  delivered_at: instant,
  redelivery: z.boolean(),
  // None while it is on its way.
  status_code: z.int().nullish(),
});
export type HookDelivery = z.output<typeof hookDeliverySchema>;

export const checkRunSchema = z.object({
  id,
  status: z.string(),
  conclusion: z.string().nullish(),
  output: z.object({ title: z.string().nullish() }).nullish(),
  app: z.object({ id }).nullish(),
});

/**
 * Which fields are not as expected, for people. A field's content is not repeated.
 */
export function namesOf(error: z.ZodError): string {
  const paths = error.issues.map(issue =>
    issue.path.length === 0 ? 'the payload' : issue.path.join('.'),
  );
  return [...new Set(paths)].slice(0, 5).join(', ');
}
