import {
  Delivery,
  DeliveryHeaders,
  HookRequest,
  HookSource,
  ParsedDelivery,
  equalsOneOf,
  parseJsonBody,
} from '@understanding-dev/backstage-plugin-understanding-node';
import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { notUnderstood } from './notUnderstood';

const ACTIONS = {
  'incident.acknowledged': 'acknowledged',
  'incident.resolved': 'resolved',
} as const;

const SIGNATURE = /^v1=([0-9a-f]{64})$/;
/** Two while secrets change; more are not looked at. */
const MAX_SIGNATURES = 10;

const envelopeSchema = z.object({
  event: z.object({ event_type: z.string() }),
});
const actedSchema = z.object({
  event: z.object({
    occurred_at: z.iso.datetime({ offset: true }),
    agent: z
      .object({
        id: z.string().min(1).max(100),
        type: z.string(),
        summary: z.string().nullish(),
        html_url: z.string().nullish(),
        email: z.string().max(255).nullish(),
      })
      .nullish(),
    data: z.object({
      id: z.string().min(1).max(100),
      html_url: z.string().max(2000).nullish(),
      service: z.object({ id: z.string().min(1).max(100) }),
    }),
  }),
});

/**
 * Webhooks of PagerDuty, version 3: who acknowledged and who resolved incidents. They
 * are signed without a time, so that what is told twice is known by what it says.
 *
 * @see https://developer.pagerduty.com/docs/webhooks-overview
 */
export class PagerdutySource implements HookSource {
  readonly id = 'pagerduty';
  readonly #secrets: readonly string[];

  static create(options: { secrets: readonly string[] }): PagerdutySource {
    return new PagerdutySource(options.secrets);
  }

  private constructor(secrets: readonly string[]) {
    this.#secrets = secrets;
  }

  verify({ headers, body }: HookRequest): DeliveryHeaders | undefined {
    const expected = this.#secrets.map(secret =>
      createHmac('sha256', secret).update(body).digest(),
    );
    // One of the several by which a secret is replaced.
    const isSigned = (headers['x-pagerduty-signature'] ?? '')
      .split(',', MAX_SIGNATURES)
      .map(one => SIGNATURE.exec(one.trim())?.[1])
      .map(
        hex =>
          hex !== undefined && equalsOneOf(Buffer.from(hex, 'hex'), expected),
      )
      .some(Boolean);
    return isSigned ? { event: 'v3' } : undefined;
  }

  parse({ body }: Delivery): ParsedDelivery {
    const read = parseJsonBody(body);
    if ('problem' in read) {
      return { type: 'not-understood', reason: read.problem };
    }
    const envelope = envelopeSchema.safeParse(read.value);
    if (!envelope.success) {
      return notUnderstood(envelope.error);
    }
    const { event_type: type } = envelope.data.event;
    const action = ACTIONS[type as keyof typeof ACTIONS];
    if (!action) {
      return { type: 'ignored', reason: 'Nobody is shown to have operated it' };
    }
    const acted = actedSchema.safeParse(read.value);
    if (!acted.success) {
      return notUnderstood(acted.error);
    }
    const { occurred_at: at, agent, data } = acted.data.event;
    if (!agent || !/^user(_reference)?$/.test(agent.type)) {
      return { type: 'ignored', reason: 'No person did it' };
    }
    return {
      type: 'facts',
      facts: [
        {
          type: 'operation',
          operation: {
            source: this.id,
            incident: data.id,
            action,
            service: data.service.id.toLowerCase(),
            account: {
              host: hostOf(agent.html_url),
              login: agent.id.toLowerCase(),
            },
            email: agent.email?.trim().toLowerCase() || undefined,
            name: agent.summary?.slice(0, 255) || agent.id,
            at: new Date(at).toISOString(),
            url: httpsOf(data.html_url),
          },
        },
      ],
    };
  }
}

/** The account of the tool in which somebody is a user. */
function hostOf(url: string | null | undefined): string {
  const host = url ? URL.parse(url)?.hostname : undefined;
  return host && /(^|\.)pagerduty\.com$/.test(host) ? host : 'pagerduty.com';
}

function httpsOf(url: string | null | undefined): string | undefined {
  return url && URL.parse(url)?.protocol === 'https:' ? url : undefined;
}
