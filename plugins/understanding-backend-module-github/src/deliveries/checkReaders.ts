import { z } from 'zod';
import { actionSchema } from '../buttons';
import { GithubRepository, addressOf } from '../facts';
import { account, checkRunSchema, sha } from '../payloads';
import { Readers, byAction, reader } from './reader';

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
    }),
  };
}
