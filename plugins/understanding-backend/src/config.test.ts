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

const mirrors = (settings: JsonObject) => ({
  repositories: { mirrors: { directory: '/srv/mirrors', ...settings } },
});

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
        retentionSeconds: 30 * 24 * 60 * 60,
      },
      serviceGraph: { urls: [], intervalSeconds: 60 },
      incidents: { pagerdutySecrets: [], signedSecrets: [] },
      onCall: { schedules: [], intervalSeconds: 900 },
      people: {
        names: true,
        openReviews: 4,
        reach: {
          chat: 'slack.com/bot-notify',
          timeZone: 'understanding.dev/time-zone',
        },
      },
      explanations: {
        gate: 'advisory',
        breakGlassLabel: 'break-glass',
        draftRetentionSeconds: 90 * 24 * 60 * 60,
        policy: 'ai-assisted',
        headings: defaultHeadings,
      },
      simulations: { departures: true },
      slack: {},
      halfLifeDays: 150,
      appBaseUrl: 'https://acme.example/backstage',
      hasPermissions: false,
    });
  });

  it('reads what is set', () => {
    expect(
      read({
        catalog: { syncInterval: { minutes: 2 } },
        ingest: { requestsPerMinute: 20, retention: { days: 7 } },
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
      ingest: { requestsPerRun: 20, retentionSeconds: 7 * 24 * 60 * 60 },
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

  it('fetches where it is told where to, within limits', () => {
    const none = { repositories: { mirrors: { maxSize: '1GB' } } };
    expect(read(none).repositories.mirrors).toBeUndefined();
    const { repositories } = read({
      repositories: {
        localRoots: ['/srv/mirrors-of-others'],
        mirrors: { directory: '/srv/mirrors' },
      },
    });
    expect(repositories.mirrors).toEqual({
      directory: '/srv/mirrors',
      maxBytes: 50 * 1024 ** 3,
      maxRepositoryBytes: 2 * 1024 ** 3,
      fetchSeconds: 3600,
      timeoutSeconds: 600,
    });
    expect(
      read(
        mirrors({
          directory: 'mirrors',
          maxSize: '1.5 TB',
          maxRepositorySize: 5_000_000,
          fetchInterval: { minutes: 10 },
          timeout: '30s',
        }),
      ).repositories.mirrors,
    ).toEqual({
      directory: resolve('mirrors'),
      maxBytes: 1.5 * 1024 ** 4,
      maxRepositoryBytes: 5_000_000,
      fetchSeconds: 600,
      timeoutSeconds: 30,
    });
  });

  it.each<[JsonObject, RegExp]>([
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
    [{ ingest: { maxPending: 0 } }, /ingest\.maxPending is 0/],
    [{ repositories: { localRoots: 'here' } }, /localRoots/],
    [{ understands: { minimumPeople: 1.5 } }, /minimumPeople/],
    [mirrors({ maxSize: 'much' }), /mirrors\.maxSize is NaN, but must be 1MB/],
    [
      mirrors({ maxSize: '20 gigs' }),
      /mirrors\.maxSize is 20, but must be 1MB/,
    ],
    [mirrors({ maxSize: -1 }), /mirrors\.maxSize/],
    [
      mirrors({ maxSize: '1GB', maxRepositorySize: '2GB' }),
      /maxRepositorySize is 2147483648, but must be at most maxSize/,
    ],
    [mirrors({ fetchInterval: 'often' }), /mirrors\.fetchInterval/],
    [mirrors({ timeout: { seconds: 0 } }), /mirrors\.timeout/],
    ...['/srv/git', '/srv/git/mirrors', '/srv', '/srv/git/../git/x'].map(
      (directory): [JsonObject, RegExp] => [
        { repositories: { localRoots: ['/srv/git'], mirrors: { directory } } },
        /mirrors\.directory must not be below one of localRoots, nor above/,
      ],
    ),
    [
      { edges: { requiredConditions: ['sad'] } },
      /is sad, but may have only down/,
    ],
    [{ edges: { observedDays: 0 } }, /observedDays/],
    [
      { edges: { serviceGraph: { urls: ['collector'] } } },
      /urls has collector/,
    ],
    [{ edges: { serviceGraph: { urls: ['file:///etc'] } } }, /must be http:/],
    [
      { onCall: { schedules: { pay: { covers: ['group:default/pay'] } } } },
      /onCall\.schedules\.pay must have either url or file/,
    ],
    [
      { onCall: { schedules: { pay: { file: 'a', covers: ['payments'] } } } },
      /pay\.covers must name entities, or teams/,
    ],
  ])('refuses %j, naming the key', (understanding, message) => {
    expect(() => read(understanding)).toThrow(message);
  });
});
