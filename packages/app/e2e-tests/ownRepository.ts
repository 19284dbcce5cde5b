import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A repository of one's own, as the README tells to add it. */
export function createOwnRepository(folder: string): void {
  mkdirSync(join(folder, 'src'), { recursive: true });
  writeFileSync(join(folder, 'README.md'), '# Greeter\n\nSays hello.\n');
  writeFileSync(join(folder, 'src/greet.ts'), 'export const hello = 1;\n');
  writeFileSync(
    join(folder, 'catalog-info.yaml'),
    `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: greeter
  title: Greeter
  annotations:
    backstage.io/source-location: file:./
spec:
  type: service
  lifecycle: production
  owner: group:default/platform
`,
  );
  const git = (...args: string[]) =>
    execFileSync('git', args, {
      cwd: folder,
      env: {
        PATH: process.env.PATH,
        HOME: '/nonexistent',
        GIT_CONFIG_GLOBAL: '/dev/null',
        GIT_AUTHOR_NAME: 'Grace Ito',
        GIT_AUTHOR_EMAIL: 'grace.ito@larkspur.example',
        GIT_COMMITTER_NAME: 'Grace Ito',
        GIT_COMMITTER_EMAIL: 'grace.ito@larkspur.example',
      },
    });
  git('init', '--quiet');
  git('add', '.');
  git('commit', '--quiet', '--message', 'Say hello');
}
