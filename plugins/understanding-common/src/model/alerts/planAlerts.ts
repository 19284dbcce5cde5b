import { Flag } from '../../schemas';
import { flagRules, hideNames } from '../flags';

/**
 * The channel of Backstage's own notifications, which every team has.
 * @public
 */
export const NOTIFICATIONS_CHANNEL = 'notifications';

/**
 * Where a team is told: a kind of channel, and a name that it understands.
 * @public
 */
export interface ChannelAddress {
  readonly channel: string;
  readonly target: string;
}

/**
 * What a channel is given to send.
 * @public
 */
export interface AlertMessage {
  readonly transition: 'opened' | 'resolved';
  readonly rule: Flag['rule'];
  readonly ruleTitle: string;
  readonly severity: Flag['severity'];
  readonly entityRef: string;
  readonly entityTitle: string;
  readonly example: boolean;
  readonly teamRef: string;
  readonly reasons: Flag['reasons'];
  readonly repair: Flag['repair'];
  /** Path of the entity's page below the app's base URL. */
  readonly path: string;
}

/**
 * One alert to one channel. At most one row with its key ever exists.
 * @public
 */
export interface PlannedAlert extends ChannelAddress {
  readonly dedupeKey: string;
  readonly flagId: string;
  readonly message: AlertMessage;
}

/**
 * Reads the values of a Group's `understanding.dev/channels`.
 *
 * @param values - e.g. `webhook:platform-alerts`
 * @returns the addresses, and the values that have not that form.
 * @public
 */
export function parseChannels(values: readonly string[]): {
  addresses: ChannelAddress[];
  invalid: string[];
} {
  const addresses: ChannelAddress[] = [];
  const invalid: string[] = [];
  for (const value of new Set(values)) {
    const match = /^([a-z][a-z0-9-]*):(\S+)$/.exec(value);
    if (match) {
      addresses.push({ channel: match[1], target: match[2] });
    } else {
      invalid.push(value);
    }
  }
  return { addresses, invalid };
}

/**
 * Whom to tell.
 * @public
 */
export interface AlertedTeam {
  readonly teamRef: string;
  readonly channels: readonly string[];
  /** Whether everybody who reads its channels may see an entity. */
  readonly maySee: (entityRef: string) => boolean;
}

function toldElsewhere(hidden: number): string {
  return `${hidden} more about what not everybody here may see; the page names it to those who may`;
}

/**
 * One alert for each state of a flag and each channel of the owning team. The key
 * names the flag, its transition and severity, and the channel: whoever plans the
 * same alert again, after a crash, on another replica, or because the flag is still
 * open, names the same row. So a team that takes over an entity is told what is open
 * on it, and nobody is told twice. What its channels may not see is not named in them.
 * @public
 */
export function planAlerts(options: {
  changes: ReadonlyArray<{
    transition: AlertMessage['transition'];
    flag: Pick<Flag, 'id' | 'rule' | 'severity' | 'reasons' | 'repair'>;
  }>;
  entity: { entityRef: string; title: string; example: boolean; path: string };
  /** Undefined when nobody of the catalog owns the entity: nobody is told. */
  team: AlertedTeam | undefined;
}): PlannedAlert[] {
  const { changes, entity, team } = options;
  if (!team) {
    return [];
  }
  // A team that names its own notifications again is still told once.
  const { addresses } = parseChannels([
    `${NOTIFICATIONS_CHANNEL}:${team.teamRef}`,
    ...team.channels,
  ]);
  return changes.flatMap(({ transition, flag }) =>
    addresses.map(address => ({
      ...address,
      flagId: flag.id,
      dedupeKey: [
        flag.id,
        transition,
        flag.severity,
        address.channel,
        address.target,
      ].join(' '),
      message: {
        transition,
        rule: flag.rule,
        ruleTitle:
          flagRules.find(rule => rule.id === flag.rule)?.title ?? flag.rule,
        severity: flag.severity,
        entityRef: entity.entityRef,
        entityTitle: entity.title,
        example: entity.example,
        teamRef: team.teamRef,
        reasons: hideNames(flag.reasons, team.maySee, toldElsewhere),
        repair: flag.repair,
        path: entity.path,
      },
    })),
  );
}
