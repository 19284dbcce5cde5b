import { RootConfigService } from '@backstage/backend-plugin-api';
import { Config, readDurationFromConfig } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';
import {
  Condition,
  UnderstandingSettings,
  conditionSchema,
  defaultSettings,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { resolve } from 'node:path';
import { z } from 'zod';

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
  readonly serviceGraph: {
    /** Addresses of service-graph metrics in the text format of Prometheus. */
    readonly urls: readonly string[];
    readonly intervalSeconds: number;
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
      edges: {
        observedDays: whole(
          config,
          'edges.observedDays',
          defaults.edges.observedDays,
        ),
        requiredConditions: conditions(
          config,
          'edges.requiredConditions',
          defaults.edges.requiredConditions,
        ),
      },
      assumptions: {
        warnDays: whole(
          config,
          'assumptions.warnDays',
          defaults.assumptions.warnDays,
        ),
      },
      failureTests: {
        validDays: whole(
          config,
          'failureTests.validDays',
          defaults.failureTests.validDays,
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
    serviceGraph: {
      urls: (
        config?.getOptionalStringArray('edges.serviceGraph.urls') ?? []
      ).map(httpAddress),
      intervalSeconds: seconds(config, 'edges.serviceGraph.interval', 60),
    },
    halfLifeDays: whole(config, 'evidence.halfLifeDays', 150),
    appBaseUrl: root.getString('app.baseUrl').replace(/\/+$/, ''),
  };
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

function conditions(
  config: Config | undefined,
  key: string,
  fallback: readonly Condition[],
): readonly Condition[] {
  const values = config?.getOptionalStringArray(key);
  const parsed = z.array(conditionSchema).safeParse(values ?? fallback);
  if (!parsed.success) {
    throw new InputError(
      `understanding.${key} is ${values?.join(
        ', ',
      )}, but may have only ${conditionSchema.options.join(', ')}`,
    );
  }
  return parsed.data;
}

function httpAddress(value: string): string {
  if (!/^https?:$/.test(URL.parse(value)?.protocol ?? '')) {
    throw new InputError(
      `understanding.edges.serviceGraph.urls has ${value}, but must be http: or https: addresses`,
    );
  }
  return value;
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
