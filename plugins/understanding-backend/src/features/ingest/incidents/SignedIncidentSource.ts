import {
  entityRefSchema,
  linkSchema,
} from '@understanding-dev/backstage-plugin-understanding-common';
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

/** How far clocks may differ, and how long what was overheard can be sent again. */
const TOLERANCE_SECONDS = 300;
const MAX_SIGNATURES = 10;

const incidentSchema = z.strictObject({
  /** The same for all that happens in one incident. */
  incident: z.string().min(1).max(255),
  action: z.enum(['acknowledged', 'resolved']),
  entityRef: entityRefSchema,
  /** Who did it. */
  by: z.strictObject({
    email: z.email().max(255),
    name: z.string().min(1).max(255).optional(),
  }),
  at: z.iso.datetime({ offset: true }),
  url: linkSchema.optional(),
});

/**
 * Incidents of any other tool, signed as Standard Webhooks 1.0 says: HMAC-SHA256 over
 * id, time and body, so that nothing overheard is taken after five minutes.
 *
 * @see https://www.standardwebhooks.com
 */
export class SignedIncidentSource implements HookSource {
  readonly id = 'incidents';
  readonly #secrets: readonly Buffer[];
  readonly #now: () => Date;

  /** @param options.secrets - the bytes of each */
  static create(options: {
    secrets: readonly Buffer[];
    now: () => Date;
  }): SignedIncidentSource {
    return new SignedIncidentSource(options);
  }

  private constructor(options: {
    secrets: readonly Buffer[];
    now: () => Date;
  }) {
    this.#secrets = options.secrets;
    this.#now = options.now;
  }

  verify({ headers, body }: HookRequest): DeliveryHeaders | undefined {
    const id = headers['webhook-id'] ?? '';
    const sentAt = headers['webhook-timestamp'] ?? '';
    const expected = this.#secrets.map(secret =>
      createHmac('sha256', secret)
        .update(`${id}.${sentAt}.`)
        .update(body)
        .digest(),
    );
    const isSigned = (headers['webhook-signature'] ?? '')
      .split(' ', MAX_SIGNATURES)
      .map(one => /^v1,([A-Za-z0-9+/]{43}=)$/.exec(one)?.[1])
      .map(
        text =>
          text !== undefined &&
          equalsOneOf(Buffer.from(text, 'base64'), expected),
      )
      .some(Boolean);
    const seconds = Math.floor(this.#now().getTime() / 1000);
    const isNow =
      /^\d{1,12}$/.test(sentAt) &&
      Math.abs(seconds - Number(sentAt)) <= TOLERANCE_SECONDS;
    return isSigned && isNow && id !== ''
      ? { deliveryId: id, event: 'incident' }
      : undefined;
  }

  parse({ body }: Delivery): ParsedDelivery {
    const read = parseJsonBody(body);
    if ('problem' in read) {
      return { type: 'not-understood', reason: read.problem };
    }
    const parsed = incidentSchema.safeParse(read.value);
    if (!parsed.success) {
      return notUnderstood(parsed.error);
    }
    const { incident, action, entityRef, by, at, url } = parsed.data;
    return {
      type: 'facts',
      facts: [
        {
          type: 'operation',
          operation: {
            source: this.id,
            incident,
            action,
            entityRef,
            email: by.email.toLowerCase(),
            name: by.name ?? by.email,
            at: new Date(at).toISOString(),
            url,
          },
        },
      ],
    };
  }
}
