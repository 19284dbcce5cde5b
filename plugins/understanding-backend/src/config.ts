import { RootConfigService } from '@backstage/backend-plugin-api';
import { Config, readDurationFromConfig } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';
import {
  Condition,
  ExplanationGate,
  ExplanationHeadings,
  ExplanationPolicy,
  ReachAnnotations,
  UnderstandingSettings,
  conditionSchema,
  defaultHeadings,
  defaultReachAnnotations,
  defaultSettings,
  entityRefSchema,
  explanationGateSchema,
  explanationPolicySchema,
  explanationSectionSchema,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { parse as parseBytes } from 'bytes';
import { relative, resolve } from 'node:path';
import { z } from 'zod';
import type { IncidentSettings } from './features/ingest/incidents/incidentSources';
import type { OnCallSettings } from './features/ingest/on-call/ScheduleReader';
import type { MirrorSettings } from './features/ingest/mirrors/Mirrors';

const MEBIBYTE = 1024 * 1024;

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
    /** Absent where nothing is fetched. */
    readonly mirrors?: MirrorSettings;
  };
  readonly ingest: {
    /** Deliveries that may wait. */
    readonly maxPending: number;
    /** Requests to one host in one minute, to catch up. */
    readonly requestsPerRun: number;
    readonly sweepSeconds: number;
    readonly retentionSeconds: number;
  };
  readonly serviceGraph: {
    /** Addresses of service-graph metrics in the text format of Prometheus. */
    readonly urls: readonly string[];
    readonly intervalSeconds: number;
  };
  readonly incidents: IncidentSettings;
  readonly onCall: OnCallSettings;
  /** How long evidence is kept; absent where for good. */
  readonly retentionSeconds?: number;
  readonly people: {
    /** Whether names are shown to anybody but themselves. */
    readonly names: boolean;
    /** The annotations of Users that tell how to reach them. */
    readonly reach: ReachAnnotations;
    /** From how many open reviews nobody suggests somebody for another. */
    readonly openReviews: number;
  };
  readonly simulations: {
    /** Whether departures of people are simulated. */
    readonly departures: boolean;
  };
  readonly explanations: {
    /** Where an entity does not say it. */
    readonly policy: ExplanationPolicy;
    readonly headings: ExplanationHeadings;
    /** What a missing explanation does on a host, where an entity does not say it. */
    readonly gate: ExplanationGate;
    /** The label that lets a change through without an accepted explanation. */
    readonly breakGlassLabel: string;
    /** How long a draft is kept after it was last saved. */
    readonly draftRetentionSeconds: number;
  };
  readonly halfLifeDays: number;
  /** The address of the app, for links in alerts. */
  readonly appBaseUrl: string;
  readonly slack: {
    /** Absent where no slash command is installed. */
    readonly signingSecret?: string;
  };
  /** Whether permissions may keep entities from some readers. */
  readonly hasPermissions: boolean;
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
  const localRoots = (
    config?.getOptionalStringArray('repositories.localRoots') ?? []
  ).map(folder => resolve(folder));
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
      walkthroughs: {
        dueDays: whole(
          config,
          'walkthroughs.dueDays',
          defaults.walkthroughs.dueDays,
        ),
        dueChanges: whole(
          config,
          'walkthroughs.dueChanges',
          defaults.walkthroughs.dueChanges,
        ),
      },
    },
    catalogSyncSeconds: seconds(config, 'catalog.syncInterval', 300),
    repositories: {
      localRoots,
      mirrors: readMirrorSettings(config, localRoots),
      checkSeconds: seconds(config, 'repositories.checkInterval', 300),
      timeoutSeconds: seconds(config, 'repositories.timeout', 600),
    },
    ingest: {
      maxPending: whole(config, 'ingest.maxPending', 50_000),
      requestsPerRun: whole(config, 'ingest.requestsPerMinute', 100),
      sweepSeconds: seconds(config, 'ingest.sweepInterval', 15 * 60),
      retentionSeconds: seconds(config, 'ingest.retention', 30 * DAY_SECONDS),
    },
    serviceGraph: {
      urls: (
        config?.getOptionalStringArray('edges.serviceGraph.urls') ?? []
      ).map(httpAddress),
      intervalSeconds: seconds(config, 'edges.serviceGraph.interval', 60),
    },
    incidents: {
      pagerdutySecrets:
        config?.getOptionalStringArray('incidents.pagerduty.secrets') ?? [],
      signedSecrets:
        config?.getOptionalStringArray('incidents.signed.secrets') ?? [],
    },
    onCall: {
      schedules: schedules(config),
      intervalSeconds: seconds(config, 'onCall.interval', 15 * 60),
    },
    retentionSeconds: config?.has('evidence.retention')
      ? seconds(config, 'evidence.retention', 0)
      : undefined,
    people: {
      names: config?.getOptionalBoolean('people.names') ?? true,
      reach: {
        chat:
          config?.getOptionalString('people.chatAnnotation') ??
          defaultReachAnnotations.chat,
        timeZone:
          config?.getOptionalString('people.timeZoneAnnotation') ??
          defaultReachAnnotations.timeZone,
      },
      openReviews: whole(config, 'people.openReviews', 4),
    },
    simulations: {
      departures: config?.getOptionalBoolean('simulations.departures') ?? true,
    },
    explanations: {
      policy: oneOf(
        config,
        'explanations.policy',
        explanationPolicySchema,
        'ai-assisted',
      ),
      headings: headings(config),
      gate: oneOf(
        config,
        'explanations.gate',
        explanationGateSchema,
        'advisory',
      ),
      breakGlassLabel:
        config?.getOptionalString('explanations.breakGlassLabel') ??
        'break-glass',
      draftRetentionSeconds: seconds(
        config,
        'explanations.draftRetention',
        90 * DAY_SECONDS,
      ),
    },
    halfLifeDays: whole(config, 'evidence.halfLifeDays', 150),
    appBaseUrl: root.getString('app.baseUrl').replace(/\/+$/, ''),
    slack: {
      signingSecret: config?.getOptionalString('slack.signingSecret'),
    },
    hasPermissions: root.getOptionalBoolean('permission.enabled') ?? false,
  };
}

function readMirrorSettings(
  config: Config | undefined,
  localRoots: readonly string[],
): MirrorSettings | undefined {
  const key = 'repositories.mirrors';
  const set = config?.getOptionalString(`${key}.directory`);
  if (!set) {
    return undefined;
  }
  const directory = resolve(set);
  if (localRoots.some(root => isIn(directory, root) || isIn(root, directory))) {
    throw new InputError(
      `understanding.${key}.directory must not be below one of localRoots, nor above one: what is there is removed when there is no room`,
    );
  }
  const maxBytes = size(config, `${key}.maxSize`, '50GB');
  return {
    directory,
    maxBytes,
    maxRepositoryBytes: checked(
      `${key}.maxRepositorySize`,
      size(config, `${key}.maxRepositorySize`, '2GB'),
      value => value <= maxBytes,
      `at most maxSize (${maxBytes})`,
    ),
    fetchSeconds: seconds(config, `${key}.fetchInterval`, 3600),
    timeoutSeconds: seconds(config, `${key}.timeout`, 600),
  };
}

function isIn(folder: string, other: string): boolean {
  return !/^\.\.(\/|$)/.test(relative(other, folder));
}

/** Bytes, also as in `500MB`; 1 KB are 1024 bytes. */
function size(
  config: Config | undefined,
  key: string,
  fallback: string,
): number {
  const value = config?.getOptional<string | number>(key) ?? fallback;
  return checked(
    key,
    parseBytes(value) ?? NaN,
    bytes => bytes >= MEBIBYTE,
    '1MB or more, such as 500MB or 20GB',
  );
}

/** One of a few words. */
function oneOf<T extends string>(
  config: Config | undefined,
  key: string,
  schema: z.ZodType<T> & { readonly options: readonly T[] },
  fallback: T,
): T {
  const value = config?.getOptionalString(key) ?? fallback;
  const { data } = schema.safeParse(value);
  if (!data) {
    throw new InputError(
      `understanding.${key} is ${value}, but must be one of ${schema.options.join(
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

function schedules(config: Config | undefined): OnCallSettings['schedules'] {
  const key = 'onCall.schedules';
  const all = config?.getOptionalConfig(key);
  return (all?.keys() ?? []).map(schedule => {
    const one = config?.getConfig(`${key}.${schedule}`);
    const url = one?.getOptionalString('url');
    const file = one?.getOptionalString('file');
    if ((url === undefined) === (file === undefined)) {
      throw new InputError(
        `understanding.${key}.${schedule} must have either url or file`,
      );
    }
    const covers = z
      .array(entityRefSchema)
      .min(1)
      .safeParse(one?.getOptionalStringArray('covers') ?? []);
    if (!covers.success) {
      throw new InputError(
        `understanding.${key}.${schedule}.covers must name entities, or teams for all that they own, such as component:default/ledger and group:default/payments`,
      );
    }
    return {
      schedule,
      url,
      file: file && resolve(file),
      covers: covers.data,
    };
  });
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
