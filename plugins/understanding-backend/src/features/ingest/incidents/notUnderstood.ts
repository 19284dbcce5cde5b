import { ParsedDelivery } from '@understanding-dev/backstage-plugin-understanding-node';
import { z } from 'zod';

/** A delivery that is not what its source documents, with the first reason. */
export function notUnderstood(error: z.ZodError): ParsedDelivery {
  const [{ path, message }] = error.issues;
  return {
    type: 'not-understood',
    reason: `${path.join('.') || 'body'}: ${message}`,
  };
}
