import { HostFact } from '@understanding-dev/backstage-plugin-understanding-common';
import { ParsedDelivery } from '@understanding-dev/backstage-plugin-understanding-node';
import { parseDelivery } from '../deliveries/parseDelivery';
import { HOST } from './payloads';

export const INSTANCES = ['gitlab.com', HOST];

export function parse(
  payload: unknown,
  instances: readonly string[] = INSTANCES,
): ParsedDelivery {
  return parseBytes(Buffer.from(JSON.stringify(payload)), instances);
}

export function parseBytes(
  body: Buffer,
  instances: readonly string[] = INSTANCES,
): ParsedDelivery {
  return parseDelivery(
    { event: 'Any Hook', contentType: 'application/json', body },
    instances,
  );
}

/** @throws Error if it tells none */
export function factsOf(payload: unknown): readonly HostFact[] {
  const parsed = parse(payload);
  if (parsed.type !== 'facts') {
    throw new Error(`${parsed.type}: ${parsed.reason}`);
  }
  return parsed.facts;
}
