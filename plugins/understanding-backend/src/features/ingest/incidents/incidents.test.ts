import { mockCredentials } from '@backstage/backend-test-utils';
import { HookSource } from '@understanding-dev/backstage-plugin-understanding-node';
import { createHmac } from 'node:crypto';
import { component, group, user } from '../../../__testUtils__/catalog';
import { Installation } from '../../../__testUtils__/Installation';
import { MigratedDatabases } from '../../../__testUtils__/MigratedDatabases';
import { PagerdutySource } from './PagerdutySource';
import { SignedIncidentSource } from './SignedIncidentSource';
import { incidentSources } from './incidentSources';

jest.setTimeout(120_000);

const OLD = 'the first secret of PagerDuty';
const NEW = 'the second secret of PagerDuty';
const KEY = Buffer.alloc(32, 7);
const NOW = new Date('2026-06-01T09:00:00.000Z');
const SHOP = 'component:default/shop';

const pagerduty = PagerdutySource.create({ secrets: [OLD, NEW] });
const signed = SignedIncidentSource.create({
  secrets: [KEY],
  now: () => NOW,
});

const hex = (secret: string, body: Buffer) =>
  `v1=${createHmac('sha256', secret).update(body).digest('hex')}`;

const ANN = {
  html_url: 'https://acme.pagerduty.com/users/PLH1HKV',
  id: 'PLH1HKV',
  self: 'https://api.pagerduty.com/users/PLH1HKV',
  summary: 'Ann Smith',
  type: 'user_reference',
};

/** A delivery as PagerDuty documents it. */
function acted(more: Record<string, unknown> = {}, agent: unknown = ANN) {
  return {
    event: {
      id: '5ac64822-4adc-4fda-ade0-410becf0de4f',
      event_type: 'incident.acknowledged',
      resource_type: 'incident',
      occurred_at: '2026-05-30T18:45:22.169Z',
      agent,
      client: null,
      data: {
        id: 'PGR0VU2',
        type: 'incident',
        self: 'https://api.pagerduty.com/incidents/PGR0VU2',
        html_url: 'https://acme.pagerduty.com/incidents/PGR0VU2',
        number: 2,
        title: 'A little bump in the road',
        service: {
          id: 'PF9KMXH',
          html_url: 'https://acme.pagerduty.com/services/PF9KMXH',
          summary: 'API Service',
          type: 'service_reference',
        },
      },
      ...more,
    },
  };
}

const INCIDENT = {
  incident: 'INC-1',
  action: 'resolved',
  entityRef: SHOP,
  by: { email: 'Ben@acme.example' },
  at: '2026-05-30T18:45:22Z',
  url: 'https://incidents.acme.example/1',
};

function parse(source: HookSource, body: unknown) {
  return source.parse({
    event: '',
    contentType: 'application/json',
    body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
  });
}

describe('webhooks of PagerDuty', () => {
  const body = Buffer.from(JSON.stringify(acted()));
  const verify = (signature: string | undefined) =>
    pagerduty.verify({
      body,
      headers: signature ? { 'x-pagerduty-signature': signature } : {},
    });

  it.each([
    ['one secret', hex(OLD, body)],
    ['the other', hex(NEW, body)],
    ['both', `${hex(OLD, body)},${hex(NEW, body)}`],
    ['one, beside one that is gone', `${hex('gone', body)}, ${hex(NEW, body)}`],
  ])('are taken with the signature by %s', (_, signature) => {
    expect(verify(signature)).toEqual({ event: 'v3' });
  });

  it.each([
    ['none', undefined],
    ['that of another', hex('another', body)],
    ['that of other bytes', hex(OLD, Buffer.from('{}'))],
    ['another version', hex(OLD, body).replace('v1', 'v2')],
    ['a part of one', hex(OLD, body).slice(0, 40)],
    ['one after very many', `${'v1=0,'.repeat(1000)}${hex(OLD, body)}`],
  ])('are refused with %s', (_, signature) => {
    expect(verify(signature)).toBeUndefined();
  });

  it('tell who acknowledged and resolved what', () => {
    expect(parse(pagerduty, acted())).toEqual({
      type: 'facts',
      facts: [
        {
          type: 'operation',
          operation: {
            source: 'pagerduty',
            incident: 'PGR0VU2',
            action: 'acknowledged',
            service: 'pf9kmxh',
            account: { host: 'acme.pagerduty.com', login: 'plh1hkv' },
            email: undefined,
            name: 'Ann Smith',
            at: '2026-05-30T18:45:22.169Z',
            url: 'https://acme.pagerduty.com/incidents/PGR0VU2',
          },
        },
      ],
    });
  });

  it.each<[string, unknown, string]>([
    ['another event', acted({ event_type: 'incident.triggered' }), 'ignored'],
    ['a ping', { event: { event_type: 'pagey.ping' } }, 'ignored'],
    ['nobody', acted({}, null), 'ignored'],
    ['a service', acted({}, { ...ANN, type: 'service_reference' }), 'ignored'],
    ['no incident', acted({ data: {} }), 'not-understood'],
    ['no time', acted({ occurred_at: 'soon' }), 'not-understood'],
    ['no JSON', 'no json', 'not-understood'],
    ['a number', '7', 'not-understood'],
  ])('of %s: %s', (_, given, type) => {
    expect(parse(pagerduty, given).type).toBe(type);
  });

  it('lead to no page elsewhere', () => {
    const evil = acted(
      {},
      { ...ANN, html_url: 'https://evil.example/users/1' },
    );
    evil.event.data.html_url = 'http://acme.pagerduty.com/incidents/1';
    expect(parse(pagerduty, evil)).toMatchObject({
      facts: [
        {
          operation: {
            account: { host: 'pagerduty.com' },
            url: undefined,
          },
        },
      ],
    });
  });
});

describe('incidents of other tools', () => {
  const body = Buffer.from(JSON.stringify(INCIDENT));
  const headersOf = (sentAt: Date, key = KEY) => {
    const seconds = String(Math.floor(sentAt.getTime() / 1000));
    return {
      'webhook-id': 'msg_1',
      'webhook-timestamp': seconds,
      'webhook-signature': `v1,AAAA v1,${createHmac('sha256', key)
        .update(`msg_1.${seconds}.${body}`)
        .digest('base64')}`,
    };
  };
  const later = (seconds: number) => new Date(NOW.getTime() + seconds * 1000);

  it('are taken once they are signed, within five minutes', () => {
    const ok = { deliveryId: 'msg_1', event: 'incident' };
    for (const seconds of [0, -300, 300]) {
      const headers = headersOf(later(seconds));
      expect(signed.verify({ headers, body })).toEqual(ok);
    }
    for (const headers of [
      headersOf(later(-301)),
      headersOf(later(301)),
      headersOf(NOW, Buffer.alloc(32, 8)),
      { ...headersOf(NOW), 'webhook-id': 'msg_2' },
      { ...headersOf(NOW), 'webhook-timestamp': 'now' },
      {
        ...headersOf(later(-301)),
        'webhook-timestamp': headersOf(NOW)['webhook-timestamp'],
      },
      {},
    ]) {
      expect(signed.verify({ headers, body })).toBeUndefined();
    }
  });

  it('say what is wrong with them', () => {
    expect(parse(signed, { ...INCIDENT, by: {} })).toEqual({
      type: 'not-understood',
      reason: expect.stringMatching(/^by\.email: /),
    });
    expect(parse(signed, { ...INCIDENT, severity: 1 })).toMatchObject({
      reason: expect.stringContaining('severity'),
    });
  });
});

describe('configured incident tools', () => {
  it('are those that have secrets, which nobody guesses', () => {
    const none = { pagerdutySecrets: [], signedSecrets: [] };
    expect(incidentSources(none)).toEqual([]);
    expect(
      incidentSources({
        pagerdutySecrets: [OLD],
        signedSecrets: [`whsec_${KEY.toString('base64')}`],
      }).map(one => one.id),
    ).toEqual(['pagerduty', 'incidents']);
    expect(() =>
      incidentSources({ ...none, pagerdutySecrets: ['short'] }),
    ).toThrow(/pagerduty\.secrets\[0\] must have at least 16/);
    expect(() =>
      incidentSources({ ...none, signedSecrets: ['whsec_c2hvcnQ='] }),
    ).toThrow(/signed\.secrets\[0\] must be whsec_/);
  });
});

describe('who operated what', () => {
  const databases = MigratedDatabases.create({
    ids: ['SQLITE_3', 'POSTGRES_18'],
  });

  it.each(databases.eachSupportedId())(
    'follows from incidents, once for each, on %s',
    async id => {
      const knex = await databases.init(id);
      const installation = Installation.create(knex);
      installation.addSource(pagerduty);
      installation.addSource(signed);
      installation.repository('shop').commit({
        by: 'eve',
        at: installation.daysAgo(9),
        write: { 'pay.ts': 'x\n' },
      });
      const catalog = (annotations: Record<string, string>) =>
        installation.catalogHolds(
          component('shop', {
            owner: 'payments',
            annotations: { ...installation.sourceIn('shop'), ...annotations },
          }),
          group('payments', { members: ['ann', 'ben'] }),
          user('ann'),
          user('ben'),
        );
      const people = async () =>
        ((await installation.understanding(SHOP)).people ?? []).map(
          one =>
            `${one.displayName} ${one.status}: ${one.evidence
              .map(({ kind, count, verified, url }) =>
                `${kind} ${count} ${verified} ${url ?? ''}`.trim(),
              )
              .join(', ')}`,
        );
      const EVE = /^Eve not-in-catalog: authored 1 false/;

      await catalog({});
      // A script acknowledges and resolves the same again and again.
      for (let times = 0; times < 20; times++) {
        await installation.delivered('pagerduty', {
          ...acted(),
          messageOf: times,
        });
      }
      await installation.delivered('incidents', INCIDENT);
      await installation.settle();
      const BEN =
        'Ben active: operated 1 true https://incidents.acme.example/1';
      await expect(people()).resolves.toEqual([
        BEN,
        expect.stringMatching(EVE),
      ]);
      await expect(
        knex('inbox')
          .where({ host: 'pagerduty' })
          .distinct('reason')
          .pluck('reason'),
      ).resolves.toEqual(['No entity of the catalog is what it is about']);

      // What came before the annotation counts from then on; nobody is invented.
      await catalog({ 'pagerduty.com/service-id': 'PF9KMXH' });
      const url = 'https://acme.pagerduty.com/incidents/PGR0VU2';
      await expect(people()).resolves.toEqual([
        BEN,
        `Ann Smith not-in-catalog: operated 1 true ${url}`,
        expect.stringMatching(EVE),
      ]);
      const ann = mockCredentials.user('user:default/ann');
      await installation.ledger().identities.decide(
        [
          {
            identifier: {
              type: 'account',
              value: 'acme.pagerduty.com/plh1hkv',
            },
            personRef: 'user:default/ann',
            state: 'confirmed',
            fromMailmap: false,
          },
        ],
        mockCredentials.user('user:default/admin'),
      );
      await installation.settle('entity');
      expect(await people()).toContainEqual(
        `Ann active: operated 1 true ${url}`,
      );
      const { evidence } = await installation.ledger().aboutMe.get(ann);
      expect(evidence).toMatchObject([
        { kind: 'operated', source: 'incident', verified: true },
      ]);

      await installation.delivered(
        'pagerduty',
        acted({ event_type: 'incident.resolved' }),
      );
      await installation.settle();
      expect(await people()).toContainEqual(
        `Ann active: operated 2 true ${url}`,
      );
      installation.dispose();
    },
  );
});
