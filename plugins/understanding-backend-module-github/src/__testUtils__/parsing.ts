import { Delivery } from '@understanding-dev/backstage-plugin-understanding-node';
import { createDeliveryParser } from '../deliveries/parser';
import { EXAMPLE_HOSTS, readExamples } from './examples';

export const EXAMPLES = readExamples();
export const APP_ID = 25811;
export const parse = createDeliveryParser(
  new Map(EXAMPLE_HOSTS.map(host => [host, [APP_ID]])),
);
/** Of {@link example}s. */
export const REPOSITORY = {
  host: 'github.com',
  repository: 'codertocat/hello-world',
};
export const CHANGE_ID = 'github.com/repositories/186853002/pull/2';

export function json(event: string, payload: unknown): Delivery {
  const body = Buffer.from(JSON.stringify(payload));
  return { event, contentType: 'application/json', body };
}

export function factsOf(event: string, payload: unknown) {
  const parsed = parse(json(event, payload));
  return parsed.type === 'facts' ? parsed.facts : parsed;
}

/** GitHub's example of an event, with some fields replaced. */
export function example(
  event: string,
  action: string | undefined,
  overrides: Record<string, Record<string, unknown>> = {},
): Record<string, any> {
  const found = EXAMPLES.find(
    each =>
      each.from === 'api.github.com' &&
      each.event === event &&
      each.payload.action === action,
  );
  const payload = structuredClone(found?.payload) as Record<string, any>;
  for (const [name, fields] of Object.entries(overrides)) {
    payload[name] = { ...payload[name], ...fields };
  }
  return payload;
}
