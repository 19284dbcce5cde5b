import {
  BrokenGlass,
  ExplanationCheck,
  ExplanationGate,
  ExplanationState,
  explanationCheck,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { ChangeRow, ExplanationCheckRow } from '../../../database/tables';
import { StoredExplanation } from '../ExplanationStore';

/** What a check follows from. */
export interface Standing {
  readonly stored: StoredExplanation;
  readonly change: ChangeRow;
  readonly overdue: boolean;
  readonly broken: BrokenGlass | undefined;
}

/** What would stand on the newest head. */
export function verdictOn(standing: Standing): ExplanationCheck {
  const { stored, change, overdue, broken } = standing;
  const { row, heads } = stored;
  return explanationCheck({
    gate: row.gate as ExplanationGate,
    required: Boolean(row.required),
    because: row.because,
    state: row.state as ExplanationState,
    // The state has to be that of this very head.
    known:
      row.head_sha === change.head_sha && change.read_head === change.head_sha,
    overdue,
    authorsKnown: heads.some(one => one.head_sha === change.head_sha),
    brokenGlass: broken,
  });
}

/**
 * Of a change that is over nothing is shown any more, unless something waits there; of
 * one whose repository has no checks, likewise, unless something else is left there.
 */
export function wantedOn(
  standing: Standing & {
    shown: ExplanationCheckRow | undefined;
    isChecked: boolean;
  },
): ExplanationCheck | undefined {
  const { change, overdue, shown, isChecked } = standing;
  const isOver = change.state !== 'open';
  const wanted = verdictOn({ ...standing, overdue: overdue || isOver });
  if (isOver) {
    return shown?.written_state === 'pending' ? wanted : undefined;
  }
  const mayStay = [null, undefined, 'neutral'].includes(shown?.written_state);
  return isChecked || !mayStay ? wanted : undefined;
}
