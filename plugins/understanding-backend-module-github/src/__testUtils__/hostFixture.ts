import { HostCheck } from '@understanding-dev/backstage-plugin-understanding-node';
import { GithubHost } from '../GithubHost';
import { StandInGithub, sha } from './StandInGithub';

export const NOW = new Date('2026-03-10T12:00:00.000Z');
export const SHOP = { host: 'github.com', repository: 'acme/shop' };
export const CHECK: HostCheck = {
  ...SHOP,
  headSha: sha(1),
  name: 'understanding',
  state: 'pending',
  title: 'Waits for an explanation',
  summary: 'Nobody has explained it yet.',
  url: 'https://backstage.acme.example/understanding',
};

/** GitHub with the repository Acme/Shop, anew for each test of the file that calls this. */
export function hostFixture() {
  let github: StandInGithub;
  let requests: number;

  beforeEach(async () => {
    github = await StandInGithub.start();
    github.addRepository('Acme/Shop');
    requests = 0;
  });

  afterEach(() => github.stop());

  return {
    get github() {
      return github;
    },
    /** How many requests were counted. */
    get requests() {
      return requests;
    },
    options: (signal = AbortSignal.timeout(60_000)) => ({
      signal,
      onRequest: () => {
        requests += 1;
      },
    }),
    hostWith: (credentials: 'app' | 'token' | 'none') =>
      GithubHost.create({
        instances: [github.integration(credentials)],
        secrets: [],
        now: () => NOW,
        second: 1,
      }),
    /** What a call ends with, which must tell no secret. */
    async failureOf(call: Promise<unknown>) {
      const error = await call.then(
        () => undefined,
        thrown => thrown,
      );
      for (const secret of github.secrets) {
        expect(`${error?.message} ${error?.stack}`).not.toContain(secret);
      }
      return error;
    },
  };
}
