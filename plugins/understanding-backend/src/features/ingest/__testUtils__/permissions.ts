import { PermissionRows } from '../../../__testUtils__/permissionRows';

/** Who may watch over what comes in: those who run this Backstage. */
export const INGEST_ROUTES: PermissionRows = {
  'GET /admin/ingest': { expected: '-xxxxoox' },
  'GET /admin/ingest/deliveries': { expected: '-xxxxoox' },
  'POST /admin/ingest/deliveries/:id/replay': { expected: '-xxxxnnx' },
};
