import { AuditorService } from '@backstage/backend-plugin-api';
import { Request } from 'express';

/**
 * Runs what a request asks for as one event of the audit log, of medium severity,
 * since it shows names of people, or is said in the name of one.
 */
export async function withAudit<T>(
  options: {
    auditor: AuditorService;
    eventId: string;
    /** Absent for actions, which then name the caller in `meta`. */
    request?: Request;
    meta: Record<string, string>;
  },
  run: () => Promise<T>,
): Promise<T> {
  const { auditor, eventId, request, meta } = options;
  const event = await auditor.createEvent({
    eventId,
    severityLevel: 'medium',
    request,
    meta,
  });
  try {
    const result = await run();
    await event.success();
    return result;
  } catch (error) {
    await event.fail({ error: error as Error });
    throw error;
  }
}
