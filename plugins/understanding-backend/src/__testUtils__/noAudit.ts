import { AuditorService } from '@backstage/backend-plugin-api';

/** An audit log that nobody reads, also where no test framework is at hand. */
export function noAudit(): AuditorService {
  return {
    createEvent: async () => ({
      success: async () => {},
      fail: async () => {},
    }),
  };
}
