import { Entity } from '@backstage/catalog-model';
import { mockCredentials } from '@backstage/backend-test-utils';
import {
  ExplanationRecord,
  HostChange,
  HostComment,
  HostFact,
  listExplanationsQuerySchema,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { component, group, user } from './catalog';
import { HOST, file, hostChange, hostedIn } from './changes';
import { Installation } from './Installation';

export const READER = mockCredentials.user('user:default/reader');

/** The cart of the shop, in a folder of its own; every change of it is explained. */
export function cart(
  annotations: Record<string, string> = {},
  more: Pick<Parameters<typeof component>[1] & {}, 'dependsOn'> = {},
): Entity {
  return component('cart', {
    owner: 'shop',
    ...more,
    annotations: {
      ...hostedIn('acme/shop', 'cart'),
      'understanding.dev/explanations': 'always',
      ...annotations,
    },
  });
}

/** The team of the shop, and its people with their accounts on the host. */
export function shopTeam(...names: readonly string[]): Entity[] {
  return [
    group('shop', { members: names }),
    ...names.map(name =>
      user(name, {
        team: 'shop',
        annotations: { [`${HOST}/user-login`]: name },
      }),
    ),
  ];
}

/** The cart with a dependency and its people, where explanations are checked. */
export function checkedShop(gate = 'blocking'): Entity[] {
  return [
    cart(
      { 'understanding.dev/gate': gate },
      { dependsOn: ['component:default/ledger'] },
    ),
    component('ledger'),
    ...shopTeam('ada', 'bob'),
  ];
}

/** A change after somebody pushed to it. */
export function pushed(
  change: HostChange,
  more: Partial<HostChange> = {},
): HostChange {
  return { ...change, headSha: 'b'.repeat(40), updatedAt: at(60), ...more };
}

/** What is shown on a head, after all that waits a moment was done. */
export async function shown(
  installation: Installation,
  { headSha }: Pick<HostChange, 'headSha'> = hostChange(1),
): Promise<string | undefined> {
  await installation.minutesPass(1);
  const check = installation.host.checks.get(headSha);
  return check && `${check.state}: ${check.title}`;
}

/** A description that explains, with a word that makes it another text. */
export function explained(word = 'once'): string {
  return [
    '## What this change does',
    `The cart rounds ${word}.`,
    '## How it can fail',
    'With negative amounts.',
    '## Why this way',
    'Rounding in the client lost cents.',
  ].join('\n\n');
}

/** Seconds after ten o'clock of the day of changes. */
export function at(second: number): string {
  return new Date(Date.UTC(2026, 4, 20, 10) + second * 1000).toISOString();
}

export function command(
  change: HostChange,
  login: string,
  body: string,
  second: number,
  more: Partial<HostComment> = {},
): HostFact {
  return {
    type: 'comment',
    host: HOST,
    repository: change.repository,
    comment: {
      id: `${change.id}/comment/${login}/${second}`,
      changeId: change.id,
      author: { login, bot: false },
      body: `/understanding ${body}`,
      createdAt: at(second),
      updatedAt: at(second),
      deleted: false,
      ...more,
    },
  };
}

/** The host has a change in that state, and tells of it. */
export async function tell(
  installation: Installation,
  change: HostChange,
  more: { commits?: Array<{ message: string; email?: string }> } = {},
): Promise<void> {
  installation.host.hosted.set(change.id, {
    change,
    files: [file('cart/a.ts')],
    reviews: [],
    commits: more.commits?.map(one => ({ sha: change.headSha, ...one })),
  });
  await installation.told({ type: 'change', change });
}

/** The one explanation that there is, as a reader sees it. */
export async function record(
  installation: Installation,
): Promise<ExplanationRecord> {
  const { items } = await installation.explanations.records.list(
    listExplanationsQuerySchema.parse({}),
    READER,
  );
  return installation.explanations.records.get(items[0].id, READER);
}
