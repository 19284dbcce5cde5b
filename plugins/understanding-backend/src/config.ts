import { RootConfigService } from '@backstage/backend-plugin-api';
import { Config, readDurationFromConfig } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';
import {
  ExplanationHeadings,
  ExplanationPolicy,
  UnderstandingSettings,
  defaultHeadings,
  defaultSettings,
  explanationPolicySchema,
  explanationSectionSchema,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { resolve } from 'node:path';

const DAY_SECONDS = 24 * 60 * 60;

/** All of this plugin's configuration, read once. */
export interface UnderstandingConfig {
  readonly settings: UnderstandingSettings;
  readonly catalogSyncSeconds: number;
  readonly repositories: {
    /** Absolute folders. */
    readonly localRoots: readonly string[];
    readonly checkSeconds: number;
    readonly timeoutSeconds: number;
  };
  readonly ingest: {
    /** Deliveries that may wait. */
    readonly maxPending: number;
    /** Requests to one host in one minute, to catch up. */
    readonly requestsPerRun: number;
    readonly sweepSeconds: number;
    readonly retentionSeconds: number;
  };
  readonly explanations: {
    /** Where an entity does not say it. */
    readonly policy: ExplanationPolicy;
    readonly headings: ExplanationHeadings;
  };
  readonly halfLifeDays: number;
  /** The address of the app, for links in alerts. */
  readonly appBaseUrl: string;
}

export function readUnderstandingConfig(
  root: RootConfigService,
): UnderstandingConfig {
  const config = root.getOptionalConfig('understanding');
  const defaults = defaultSettings;
  const freshDays = whole(
    config,
    'evidence.freshDays',
    defaults.evidence.freshDays,
  );
  const fadingDays = whole(
    config,
    'evidence.fadingDays',
    defaults.evidence.fadingDays,
  );
  if (fadingDays < freshDays) {
    throw new InputError(
      `understanding.evidence.fadingDays (${fadingDays}) must not be below freshDays (${freshDays})`,
    );
  }
  return {
    settings: {
      evidence: { freshDays, fadingDays },
      understands: {
        minimumKinds: whole(
          config,
          'understands.minimumKinds',
          defaults.understands.minimumKinds,
        ),
        minimumPeople: whole(
          config,
          'understands.minimumPeople',
          defaults.understands.minimumPeople,
        ),
        collectedKinds: defaults.understands.collectedKinds,
      },
      documents: {
        changesSince: whole(
          config,
          'documents.changesSince',
          defaults.documents.changesSince,
        ),
        filesTouchedShare: share(
          config,
          'documents.filesTouchedShare',
          defaults.documents.filesTouchedShare,
        ),
        overdueDays: whole(
          config,
          'documents.overdueDays',
          defaults.documents.overdueDays,
        ),
      },
    },
    catalogSyncSeconds: seconds(config, 'catalog.syncInterval', 300),
    repositories: {
      localRoots: (
        config?.getOptionalStringArray('repositories.localRoots') ?? []
      ).map(folder => resolve(folder)),
      checkSeconds: seconds(config, 'repositories.checkInterval', 300),
      timeoutSeconds: seconds(config, 'repositories.timeout', 600),
    },
    ingest: {
      maxPending: whole(config, 'ingest.maxPending', 50_000),
      requestsPerRun: whole(config, 'ingest.requestsPerMinute', 100),
      sweepSeconds: seconds(config, 'ingest.sweepInterval', 15 * 60),
      retentionSeconds: seconds(config, 'ingest.retention', 30 * DAY_SECONDS),
    },
    explanations: {
      policy: policy(config),
      headings: headings(config),
    },
    halfLifeDays: whole(config, 'evidence.halfLifeDays', 150),
    appBaseUrl: root.getString('app.baseUrl').replace(/\/+$/, ''),
  };
}

function policy(config: Config | undefined): ExplanationPolicy {
  const value =
    config?.getOptionalString('explanations.policy') ?? 'ai-assisted';
  const { data } = explanationPolicySchema.safeParse(value);
  if (!data) {
    throw new InputError(
      `understanding.explanations.policy is ${value}, but must be one of ${explanationPolicySchema.options.join(
        ', ',
      )}`,
    );
  }
  return data;
}

/** The names of one section replace those that it has by default. */
function headings(config: Config | undefined): ExplanationHeadings {
  const names = explanationSectionSchema.options.map(section => [
    section,
    config?.getOptionalStringArray(`explanations.headings.${section}`) ??
      defaultHeadings[section],
  ]);
  return Object.fromEntries(names);
}

function whole(
  config: Config | undefined,
  key: string,
  fallback: number,
): number {
  return checked(
    key,
    config?.getOptionalNumber(key) ?? fallback,
    value => Number.isInteger(value) && value > 0,
    'a whole number above 0',
  );
}

function share(
  config: Config | undefined,
  key: string,
  fallback: number,
): number {
  return checked(
    key,
    config?.getOptionalNumber(key) ?? fallback,
    value => value > 0 && value <= 1,
    'a number above 0 and at most 1',
  );
}

function seconds(
  config: Config | undefined,
  key: string,
  fallback: number,
): number {
  const value = config?.has(key)
    ? durationToMilliseconds(readDurationFromConfig(config, { key })) / 1000
    : fallback;
  return checked(key, value, one => one >= 1, 'a second or more');
}

function checked(
  key: string,
  value: number,
  isValid: (value: number) => boolean,
  expected: string,
): number {
  if (!isValid(value)) {
    throw new InputError(
      `understanding.${key} is ${value}, but must be ${expected}`,
    );
  }
  return value;
}
