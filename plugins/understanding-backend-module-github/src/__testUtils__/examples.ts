import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A payload that GitHub has sent, with the name of its event. */
export interface Example {
  /** `api.github.com`, or a version of GitHub Enterprise Server. */
  readonly from: string;
  readonly event: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** The hosts that the examples are of. */
export const EXAMPLE_HOSTS = [
  'github.com',
  'octocoders.github.io',
  'rachmari-0a7d40112fe15292b.ghe-test.net',
];

/** All payloads of `@octokit/webhooks-examples`. */
export function readExamples(): readonly Example[] {
  const root = dirname(
    require.resolve('@octokit/webhooks-examples/package.json'),
  );
  return readdirSync(root, { withFileTypes: true })
    .filter(entry => entry.isDirectory())
    .flatMap(({ name: from }) => {
      const events: { name: string; examples: Example['payload'][] }[] =
        JSON.parse(readFileSync(join(root, from, 'index.json'), 'utf8'));
      return events.flatMap(({ name, examples }) =>
        examples.map(payload => ({ from, event: name, payload })),
      );
    });
}
