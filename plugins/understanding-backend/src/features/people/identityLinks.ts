import { IdentityLinkRecord } from '@understanding-dev/backstage-plugin-understanding-common';
import { IdentityLinkRow } from '../../database/tables';

/** What was decided, as it is told. */
export function toIdentityLink(
  row: IdentityLinkRow,
  displayName: string,
): IdentityLinkRecord {
  return {
    identifier: { type: row.type, value: row.value },
    personRef: row.person_ref,
    displayName,
    state: row.state,
    decidedBy: row.decided_by,
    decidedAt: row.decided_at,
    fromMailmap: Boolean(row.from_mailmap),
  };
}
