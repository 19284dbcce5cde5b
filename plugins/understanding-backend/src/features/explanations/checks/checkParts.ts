import { ExplanationRecord } from '@understanding-dev/backstage-plugin-understanding-common';
import {
  ExplanationBypassRow,
  ExplanationCheckRow,
  ExplanationRow,
} from '../../../database/tables';

/** What a record shows of its check, and of whoever let the change through. */
export function checkParts(
  row: ExplanationRow,
  checks: readonly ExplanationCheckRow[],
  bypasses: readonly ExplanationBypassRow[],
  names: boolean,
): Pick<ExplanationRecord, 'check' | 'brokenGlass'> {
  const check = checks.find(one => one.head_sha === row.head_sha);
  const broken = bypasses
    // What was taken back before it was known what it was says nothing.
    .filter(one => one.reason !== '')
    .map(one => ({
      at: one.at,
      by: one.source,
      login: names ? one.login ?? undefined : undefined,
      reason: one.reason,
      headSha: one.head_sha ?? undefined,
      counts: Boolean(one.may_review) && !one.bot && !one.withdrawn,
    }));
  return {
    check: check && {
      headSha: check.head_sha,
      state: check.state as 'pending',
      title: check.title,
      writtenAt:
        check.written_digest === check.digest
          ? check.written_at ?? undefined
          : undefined,
      problem: check.problem ?? undefined,
    },
    brokenGlass: broken.length > 0 ? broken : undefined,
  };
}
