import { useRouteRef } from '@backstage/core-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import { Link } from '@backstage/ui';
import { understandingAdminPermission } from '@understanding-dev/backstage-plugin-understanding-common';
import { ingestRouteRef } from '../../routes';

/** Leads those who may see it to how ingest is doing. */
export function IngestLink() {
  const path = useRouteRef(ingestRouteRef)();
  const { allowed } = usePermission({
    permission: understandingAdminPermission,
  });
  return allowed ? <Link href={path}>How ingest is doing</Link> : null;
}
