import fc from 'fast-check';
import { flagRuleIdSchema, flagSeveritySchema } from '../../schemas';
import { NOTIFICATIONS_CHANNEL, parseChannels, planAlerts } from './planAlerts';

type Options = Parameters<typeof planAlerts>[0];

const entity: Options['entity'] = {
  entityRef: 'component:default/ledger',
  title: 'Ledger',
  example: false,
  path: '/catalog/default/component/ledger/understanding',
};
const flag: Options['changes'][number]['flag'] = {
  id: 'f1',
  rule: 'no-owner',
  severity: 'high',
  reasons: [{ message: 'The catalog names no owner' }],
  repair: { message: 'Name one.' },
};
const opened: Options['changes'][number] = {
  transition: 'opened',
  flag,
};
const team = {
  teamRef: 'group:default/payments',
  channels: ['webhook:a'],
  maySee: () => true,
};

const keysOf = (options: Options) =>
  planAlerts(options).map(alert => alert.dedupeKey);

describe('parseChannels', () => {
  it('reads addresses, each once, and reports the rest', () => {
    expect(
      parseChannels([
        'webhook:platform-alerts',
        'slack:C012AB3CD',
        'webhook:platform-alerts',
        'webhook:https://example.com/a:b?c=d',
        'slack',
        ':C012AB3CD',
        'slack:',
        'slack:two words',
        'Slack:C012AB3CD',
        ' slack:C1',
        '',
      ]),
    ).toEqual({
      addresses: [
        { channel: 'webhook', target: 'platform-alerts' },
        { channel: 'slack', target: 'C012AB3CD' },
        { channel: 'webhook', target: 'https://example.com/a:b?c=d' },
      ],
      invalid: [
        'slack',
        ':C012AB3CD',
        'slack:',
        'slack:two words',
        'Slack:C012AB3CD',
        ' slack:C1',
        '',
      ],
    });
  });

  it('loses no value', () => {
    const values = fc.oneof(
      fc.string(),
      fc.constantFrom('a:b', 'a:c', 'a-1:b'),
    );
    fc.assert(
      fc.property(fc.array(values), given => {
        const { addresses, invalid } = parseChannels(given);
        expect(
          new Set([
            ...addresses.map(one => `${one.channel}:${one.target}`),
            ...invalid,
          ]),
        ).toEqual(new Set(given));
      }),
    );
  });
});

describe('planAlerts', () => {
  it('tells the team by notifications and by its channels', () => {
    const alerts = planAlerts({ changes: [opened], entity, team });
    const message = {
      transition: 'opened',
      rule: 'no-owner',
      ruleTitle: 'No owner',
      severity: 'high',
      entityRef: 'component:default/ledger',
      entityTitle: 'Ledger',
      example: false,
      teamRef: 'group:default/payments',
      reasons: flag.reasons,
      repair: flag.repair,
      path: '/catalog/default/component/ledger/understanding',
    };
    expect(alerts).toEqual([
      {
        channel: NOTIFICATIONS_CHANNEL,
        target: 'group:default/payments',
        flagId: 'f1',
        dedupeKey: 'f1 opened high notifications group:default/payments',
        message,
      },
      {
        channel: 'webhook',
        target: 'a',
        flagId: 'f1',
        dedupeKey: 'f1 opened high webhook a',
        message,
      },
    ]);
  });

  it('tells nobody where there is no team, and nothing where nothing changed', () => {
    expect(planAlerts({ changes: [opened], entity, team: undefined })).toEqual(
      [],
    );
    expect(planAlerts({ changes: [], entity, team })).toEqual([]);
  });

  it('names nothing that a channel may not see', () => {
    const told = planAlerts({
      changes: [
        {
          ...opened,
          flag: {
            ...flag,
            reasons: [
              { message: 'No answer for a', entityRef: 'component:default/a' },
              { message: 'No answer for b', entityRef: 'component:default/b' },
              { message: 'No answer for c', entityRef: 'component:default/c' },
              { message: 'Nobody knows why' },
            ],
          },
        },
      ],
      entity,
      team: { ...team, maySee: ref => ref === 'component:default/b' },
    });
    for (const { message } of told) {
      expect(message.reasons.map(one => one.message)).toEqual([
        'No answer for b',
        'Nobody knows why',
        '2 more about what not everybody here may see; the page names it to those who may',
      ]);
    }
  });

  it('leaves out channels that cannot be read', () => {
    const channels = ['nonsense', 'webhook:a'];
    expect(
      planAlerts({ changes: [opened], entity, team: { ...team, channels } }),
    ).toHaveLength(2);
  });

  it('tells a team once that names its own notifications again', () => {
    const channels = ['notifications:group:default/payments'];
    expect(
      keysOf({ changes: [opened], entity, team: { ...team, channels } }),
    ).toEqual(['f1 opened high notifications group:default/payments']);
  });

  it('names another row for another severity, transition, flag or team', () => {
    const options = {
      changes: [opened],
      entity,
      team: { ...team, channels: [] },
    };
    const variants: Options[] = [
      options,
      { ...options, changes: [{ ...opened, transition: 'resolved' }] },
      {
        ...options,
        changes: [{ ...opened, flag: { ...flag, severity: 'low' } }],
      },
      { ...options, changes: [{ ...opened, flag: { ...flag, id: 'f2' } }] },
      { ...options, team: { ...options.team, teamRef: 'group:default/other' } },
    ];
    expect(new Set(variants.flatMap(keysOf)).size).toBe(variants.length);
    // But not when only the words change.
    const reworded = { ...flag, reasons: [{ message: 'It names none' }] };
    expect(
      keysOf({ ...options, changes: [{ ...opened, flag: reworded }] }),
    ).toEqual(keysOf(options));
  });

  it('gives every flag, transition and channel its own key, the same each time', () => {
    const changes = fc.uniqueArray(
      fc.record({
        transition: fc.constantFrom('opened' as const, 'resolved' as const),
        flag: fc.record({
          id: fc.uuid(),
          rule: fc.constantFrom(...flagRuleIdSchema.options),
          severity: fc.constantFrom(...flagSeveritySchema.options),
          reasons: fc.constant<typeof flag.reasons>([]),
          repair: fc.constant({ message: 'Mend it.' }),
        }),
      }),
      { selector: change => `${change.transition} ${change.flag.id}` },
    );
    const channels = fc.array(
      fc.oneof(
        fc.string(),
        fc.constantFrom(
          'slack:a',
          'webhook:a',
          'notifications:group:default/a',
        ),
      ),
    );
    fc.assert(
      fc.property(changes, channels, (given, names) => {
        const options: Options = {
          changes: given,
          entity,
          team: { ...team, teamRef: 'group:default/a', channels: names },
        };
        const keys = keysOf(options);
        expect(new Set(keys).size).toBe(keys.length);
        expect(keysOf(options)).toEqual(keys);
        const addresses = new Set([
          'notifications:group:default/a',
          ...names.filter(name => parseChannels([name]).invalid.length === 0),
        ]);
        expect(keys).toHaveLength(given.length * addresses.size);
      }),
    );
  });
});
