import { HostFact } from '@understanding-dev/backstage-plugin-understanding-common';
import { ParsedDelivery } from '@understanding-dev/backstage-plugin-understanding-node';
import { z } from 'zod';
import { namesOf } from '../payloads';

/** Reads the payload of one event. */
export type EventReader = (payload: unknown) => ParsedDelivery;

/** Readers by the name of their event, or of their action. */
export type Readers = Readonly<Record<string, EventReader>>;

/** What a payload tells: facts, or in words why it tells none. */
export type Told = readonly HostFact[] | string;

/** Of a field that tells a payload from those of another event. */
export const absent = z.never().optional();

/** A reader of payloads that have a form. */
export function reader<T>(
  schema: z.ZodType<T>,
  tell: (payload: T) => Told,
): EventReader {
  return payload => {
    const parsed = schema.safeParse(payload);
    if (!parsed.success) {
      return notUnderstood(parsed.error);
    }
    const told = tell(parsed.data);
    return typeof told === 'string'
      ? { type: 'ignored', reason: told }
      : { type: 'facts', facts: told };
  };
}

const actionSchema = z.object({ action: z.string() });

/** A reader of events of which some actions count. */
export function byAction(readers: Readers): EventReader {
  const byName = new Map(Object.entries(readers));
  return payload => {
    const parsed = actionSchema.safeParse(payload);
    if (!parsed.success) {
      return notUnderstood(parsed.error);
    }
    return (
      byName.get(parsed.data.action)?.(payload) ?? {
        type: 'ignored',
        reason: 'Nothing here depends on the action',
      }
    );
  };
}

function notUnderstood(error: z.ZodError): ParsedDelivery {
  return {
    type: 'not-understood',
    reason: `Not as GitHub documents it: ${namesOf(error)}`,
  };
}
