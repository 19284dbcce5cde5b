import { HostFact } from '@understanding-dev/backstage-plugin-understanding-common';
import { z } from 'zod';
import { GithubRepository, addressOf, toDeployment } from '../facts';
import {
  deploymentSchema,
  deploymentStatusSchema,
  fullName,
} from '../payloads';
import { Readers, Told, absent, byAction, reader } from './reader';

/** Readers of what is deployed. */
export function deploymentReaders(
  repository: z.ZodType<GithubRepository>,
): Readers {
  const deployed = z.object({ repository, deployment: deploymentSchema });
  return {
    deployment: reader(
      deployed.extend({ deployment_status: absent, workflow_job: absent }),
      ({ deployment, repository: at }) => [
        {
          type: 'deployment',
          deployment: toDeployment(deployment, undefined, at),
        },
      ],
    ),
    deployment_status: reader(
      deployed.extend({ deployment_status: deploymentStatusSchema }),
      ({ deployment, deployment_status: status, repository: at }) => [
        {
          type: 'deployment',
          deployment: toDeployment(deployment, status, at),
        },
      ],
    ),
  };
}

/** Readers of what happens to a repository as a whole. */
export function repositoryReaders(
  repository: z.ZodType<GithubRepository>,
): Readers {
  const from = z.object({ login: z.string().min(1) }).optional();
  return {
    push: reader(
      z.object({
        repository,
        ref: z.string().startsWith('refs/'),
        deleted: z.boolean(),
      }),
      ({ ref, deleted, repository: at }) => {
        const branch = /^refs\/heads\/(.+)$/s.exec(ref)?.[1];
        if (!branch) {
          return 'It is a push to something other than a branch';
        }
        return deleted
          ? 'The branch was deleted'
          : [{ type: 'push', ...addressOf(at), branch }];
      },
    ),
    repository: byAction({
      renamed: reader(
        z.object({
          repository,
          changes: z.object({
            repository: z.object({ name: z.object({ from: z.string() }) }),
          }),
        }),
        ({ changes, repository: at }) =>
          movedFact(at, {
            owner: at.repository.split('/')[0],
            name: changes.repository.name.from,
          }),
      ),
      transferred: reader(
        z.object({
          repository,
          changes: z.object({
            owner: z.object({
              from: z
                .object({ user: from, organization: from })
                .transform(({ user, organization }) => user ?? organization)
                .pipe(z.object({ login: z.string() })),
            }),
          }),
        }),
        ({ changes, repository: at }) =>
          movedFact(at, {
            owner: changes.owner.from.login,
            name: at.repository.split('/')[1],
          }),
      ),
    }),
  };
}

function movedFact(
  repository: GithubRepository,
  from: { readonly owner: string; readonly name: string },
): HostFact[] {
  return [
    {
      type: 'moved',
      ...addressOf(repository),
      from: `${from.owner}/${from.name}`.toLowerCase(),
    },
  ];
}

/** Readers of what an App may read. */
export function accessReaders(host: z.ZodType<string>): Readers {
  const installation = z.object({ account: z.object({ html_url: host }) });
  const repositories = z.array(z.object({ full_name: fullName })).nullish();
  const whole = (granted: boolean) =>
    reader(z.object({ installation, repositories }), payload =>
      accessFact(payload, payload.repositories, granted),
    );
  return {
    installation: byAction({
      created: whole(true),
      unsuspend: whole(true),
      suspend: whole(false),
      deleted: whole(false),
    }),
    installation_repositories: byAction({
      added: reader(
        z.object({ installation, repositories_added: repositories }),
        payload => accessFact(payload, payload.repositories_added, true),
      ),
      removed: reader(
        z.object({ installation, repositories_removed: repositories }),
        payload => accessFact(payload, payload.repositories_removed, false),
      ),
    }),
  };
}

function accessFact(
  payload: {
    readonly installation: { readonly account: { readonly html_url: string } };
  },
  repositories: readonly { readonly full_name: string }[] | null | undefined,
  granted: boolean,
): Told {
  return repositories && repositories.length > 0
    ? [
        {
          type: 'access',
          host: payload.installation.account.html_url,
          repositories: repositories.map(({ full_name }) => full_name),
          granted,
        },
      ]
    : 'It names no repository';
}
