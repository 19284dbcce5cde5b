import { RootConfigService } from '@backstage/backend-plugin-api';
import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import {
  ExplanationGate,
  ExplanationHeadings,
  ExplanationPolicy,
  ReachAnnotations,
  UnderstandingSettings,
  defaultHeadings,
  defaultReachAnnotations,
  explanationGateSchema,
  explanationPolicySchema,
  explanationSectionSchema,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { resolve } from 'node:path';
import type { IncidentSettings } from '../features/ingest/incidents/incidentSources';
import type { MirrorSettings } from '../features/ingest/mirrors/Mirrors';
import type { OnCallSettings } from '../features/ingest/on-call/ScheduleReader';
import { readMirrorSettings } from './readMirrorSettings';
import { readSchedules } from './readSchedules';
import { readSettings } from './readSettings';
import { oneOf, seconds, whole } from './values';

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

/** @throws InputError that names the key, and what it may be */
export function readUnderstandingConfig(
  root: RootConfigService,
): UnderstandingConfig {
  const config = root.getOptionalConfig('understanding');
  const localRoots = (
    config?.getOptionalStringArray('repositories.localRoots') ?? []
  ).map(folder => resolve(folder));
  return {
    settings: readSettings(config),
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
      schedules: readSchedules(config),
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

/** The names of one section replace those that it has by default. */
function headings(config: Config | undefined): ExplanationHeadings {
  const names = explanationSectionSchema.options.map(section => [
    section,
    config?.getOptionalStringArray(`explanations.headings.${section}`) ??
      defaultHeadings[section],
  ]);
  return Object.fromEntries(names);
}

function httpAddress(value: string): string {
  if (!/^https?:$/.test(URL.parse(value)?.protocol ?? '')) {
    throw new InputError(
      `understanding.edges.serviceGraph.urls has ${value}, but must be http: or https: addresses`,
    );
  }
  return value;
}
