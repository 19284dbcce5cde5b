import {
  Delivery,
  parseJsonBody,
} from '@understanding-dev/backstage-plugin-understanding-node';

/** Reads the JSON of a delivery, which a form may hold as its field `payload`. */
export function readBody(delivery: Delivery): ReturnType<typeof parseJsonBody> {
  const [mediaType] = delivery.contentType.toLowerCase().split(';');
  switch (mediaType.trim()) {
    case 'application/json':
      return parseJsonBody(delivery.body);
    case 'application/x-www-form-urlencoded': {
      const payload = payloadOf(delivery.body.toString('latin1'));
      return payload === undefined
        ? { problem: 'body: not a form with the one field payload' }
        : parseJsonBody(Buffer.from(payload));
    }
    default:
      return { problem: 'content-type: neither JSON nor a form' };
  }
}

// It is the only field, so that a form of millions of fields is never split.
function payloadOf(form: string): string | undefined {
  return /^payload=[^&]*$/.test(form)
    ? new URLSearchParams(form).get('payload') ?? undefined
    : undefined;
}
