import { mockCredentials } from '@backstage/backend-test-utils';
import {
  ExplanationRecord,
  HostChange,
  HostComment,
  HostFact,
  listExplanationsQuerySchema,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { HOST, file } from './changes';
import { Installation } from './Installation';

export const READER = mockCredentials.user('user:default/reader');

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
