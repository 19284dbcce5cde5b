import {
  ChangeHost,
  CloneAddress,
} from '@understanding-dev/backstage-plugin-understanding-node';
import { AUTHORIZATION, GitServer } from './GitServer';

/** Where source locations of the tests say that repositories are. */
export const INSTANCE = 'git.acme.example';

/** A change host that only tells where its repositories are fetched from. */
export function gitHost(
  server: Pick<GitServer, 'url'>,
  options: {
    instance?: string;
    cloneAddress?: ChangeHost['cloneAddress'];
  } = {},
): ChangeHost {
  const notAsked = async (): Promise<never> => {
    throw new Error('Nobody asks it that');
  };
  return {
    id: 'git',
    instances: [options.instance ?? INSTANCE],
    verify: () => undefined,
    parse: () => ({ type: 'ignored', reason: 'nothing is sent' }),
    readChange: notAsked,
    listChanges: notAsked,
    writeCheck: notAsked,
    cloneAddress:
      options.cloneAddress ??
      (async ({ repository }) => addressOn(server, repository)),
  };
}

export function addressOn(
  server: Pick<GitServer, 'url'>,
  repository: string,
): CloneAddress {
  return {
    url: `${server.url}/${repository}.git`,
    headers: { Authorization: AUTHORIZATION },
  };
}
