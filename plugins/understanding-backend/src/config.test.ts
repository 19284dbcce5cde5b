import { mockServices } from '@backstage/backend-test-utils';
import { JsonObject } from '@backstage/types';
import {
  defaultHeadings,
  defaultSettings,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { resolve } from 'node:path';
import { readUnderstandingConfig } from './config';

const read = (understanding?: JsonObject) =>
  readUnderstandingConfig(
    mockServices.rootConfig({
      data: {
        app: { baseUrl: 'https://acme.example/backstage/' },
        understanding,
      },
    }),
  );

describe('readUnderstandingConfig', () => {
  it('needs none', () => {
    expect(read()).toEqual({
      settings: defaultSettings,
      catalogSyncSeconds: 300,
      repositories: { localRoots: [], checkSeconds: 300, timeoutSeconds: 600 },
      ingest: {
        maxPending: 50_000,
        requestsPerRun: 100,
        sweepSeconds: 900,
        retentionSeconds: 2_592_000,
      },
      explanations: { policy: 'ai-assisted', headings: defaultHeadings },
      halfLifeDays: 150,
      appBaseUrl: 'https://acme.example/backstage',
    });
  });

  it('reads what is set', () => {
    expect(
      read({
        catalog: { syncInterval: { minutes: 2 } },
        repositories: {
          localRoots: ['repositories', '/srv/git'],
          timeout: '90s',
        },
        evidence: { freshDays: 90, fadingDays: 200 },
        understands: { minimumPeople: 3 },
        documents: { changesSince: 5 },
        explanations: {
          policy: 'always',
          headings: { why: ['Warum so', 'Why this way'] },
        },
      }),
    ).toMatchObject({
      explanations: {
        policy: 'always',
        headings: {
          ...defaultHeadings,
          why: ['Warum so', 'Why this way'],
        },
      },
      catalogSyncSeconds: 120,
      repositories: {
        localRoots: [resolve('repositories'), '/srv/git'],
        timeoutSeconds: 90,
      },
      settings: {
        evidence: { freshDays: 90, fadingDays: 200 },
        understands: { minimumPeople: 3, minimumKinds: 2 },
        documents: { changesSince: 5, overdueDays: 365 },
      },
    });
  });

  it.each([
    [
      { explanations: { policy: 'sometimes' } },
      /understanding\.explanations\.policy is sometimes, but must be one of always, ai-assisted, never/,
    ],
    [
      { evidence: { freshDays: 0 } },
      /understanding\.evidence\.freshDays is 0, but must be a whole number above 0/,
    ],
    [
      { evidence: { freshDays: 400 } },
      /fadingDays \(360\) must not be below freshDays/,
    ],
    [{ documents: { filesTouchedShare: 25 } }, /at most 1/],
    [{ understands: { minimumPeople: 'two' } }, /minimumPeople/],
    [{ repositories: { timeout: 'soon' } }, /timeout/],
    [
      { catalog: { syncInterval: { seconds: 0 } } },
      /catalog\.syncInterval is 0, but must be a second or more/,
    ],
    [{ repositories: { localRoots: 'here' } }, /localRoots/],
    [{ understands: { minimumPeople: 1.5 } }, /minimumPeople/],
  ])('refuses %j, naming the key', (understanding, message) => {
    expect(() => read(understanding)).toThrow(message);
  });
});
