import { HostFact } from '@understanding-dev/backstage-plugin-understanding-common';
import { z } from 'zod';
import { actionSchema } from '../buttons';
import { GithubRepository, addressOf, toMergeGroup } from '../facts';
import { account, checkRunSchema, sha } from '../payloads';
import { Readers, byAction, reader } from './reader';

/** The branch of a group names the change that it adds to those before it. */
const QUEUED =
  /^refs\/heads\/gh-readonly-queue\/.+\/pr-([1-9]\d{0,8})-[0-9a-f]+$/;

/** Readers of what merge queues wait for, and what they gave up or merged. */
export function mergeGroupReaders(
  repository: z.ZodType<GithubRepository>,
): Readers {
  const told = (over: boolean) =>
    reader(
      z.object({
        repository,
        merge_group: z.object({
          head_sha: sha,
          head_ref: z.string(),
          base_sha: sha,
        }),
      }),
      ({ repository: at, merge_group: group }) => {
        const number = QUEUED.exec(group.head_ref)?.[1];
        if (!number) {
          return 'Its branch names no pull request';
        }
        return [
          {
            type: 'merge-group',
            group: toMergeGroup(at, {
              number: Number(number),
              headSha: group.head_sha,
              baseSha: group.base_sha,
              over,
            }),
          },
        ];
      },
    );
  return {
    merge_group: byAction({
      checks_requested: told(false),
      destroyed: told(true),
    }),
  };
}

/**
 * Readers of what happens to the checks that an App of ours has written.
 *
 * @param appIds - of the Apps that are configured, by instance
 */
export function checkReaders(
  repository: z.ZodType<GithubRepository>,
  appIds: ReadonlyMap<string, readonly number[]>,
): Readers {
  return {
    check_run: byAction({
      requested_action: reader(
        z.object({
          repository,
          check_run: checkRunSchema.extend({
            head_sha: sha,
            external_id: z.string().nullish(),
          }),
          requested_action: z.object({ identifier: z.string() }),
          sender: account,
        }),
        ({
          repository: at,
          check_run: run,
          requested_action: asked,
          sender,
        }) => {
          const ours = appIds.get(at.host) ?? [];
          if (!run.app || !ours.includes(run.app.id)) {
            return 'The check is one of somebody else';
          }
          const result = actionSchema.safeParse(asked.identifier);
          if (!result.success || !run.external_id) {
            return 'The button assesses nothing';
          }
          return [
            {
              type: 'press',
              ...addressOf(at),
              press: {
                id: [at.host, 'check-runs', run.id, result.data, sender?.login]
                  .filter(Boolean)
                  .join('/'),
                author: sender,
                result: result.data,
                headSha: run.head_sha,
                explanation: run.external_id,
              },
            },
          ];
        },
      ),
      rerequested: reader(
        z.object({ repository, check_run: z.object({ head_sha: sha }) }),
        payload => resetOn(payload.repository, payload.check_run),
      ),
    }),
    check_suite: byAction({
      rerequested: reader(
        z.object({ repository, check_suite: z.object({ head_sha: sha }) }),
        payload => resetOn(payload.repository, payload.check_suite),
      ),
    }),
  };
}

/** Whoever has a check run again takes its outcome away until it is written anew. */
function resetOn(
  repository: GithubRepository,
  { head_sha: headSha }: { readonly head_sha: string },
): HostFact[] {
  return [{ type: 'check-reset', ...addressOf(repository), headSha }];
}
