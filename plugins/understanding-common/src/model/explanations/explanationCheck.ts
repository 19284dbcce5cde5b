import { ExplanationGate, ExplanationState } from '../../schemas';

/**
 * Why a change is let through without an accepted explanation.
 * @public
 */
export interface BrokenGlass {
  readonly reason: string;
  /** An account of the host; absent for a label, of which hosts do not tell who set it. */
  readonly by?: string;
}

/**
 * What the check of a head follows from.
 * @public
 */
export interface CheckInput {
  readonly gate: ExplanationGate;
  readonly required: boolean;
  readonly because: string;
  readonly state: ExplanationState;
  /** Whether the files and commits of this head have been read. */
  readonly known: boolean;
  /** Whether they should have been by now. */
  readonly overdue: boolean;
  /** Whether all who made its commits are known; without them, nobody may accept it. */
  readonly authorsKnown: boolean;
  readonly brokenGlass?: BrokenGlass;
}

/**
 * What a host shows on a head.
 * @public
 */
export interface ExplanationCheck {
  readonly state: 'pending' | 'success' | 'neutral' | 'failure';
  /** One line. */
  readonly title: string;
}

const WAITING: Readonly<Record<ExplanationState, string>> = {
  missing: 'The change is not explained yet',
  submitted: 'The explanation waits for a reviewer',
  returned: 'A reviewer has returned the explanation',
  // Only what was accepted and merged gets stale.
  accepted: 'The explanation is accepted',
  stale: 'The explanation is accepted',
};
const NOT_ASKED_FOR = 'Not asked for: no explanations are checked here';
const AUTHORS_UNKNOWN =
  'Nobody can accept it: of so many commits the host does not tell who made them all; split the change';

/**
 * What is shown on the newest head of a change. Green only ever means that a reviewer
 * accepted the explanation of what stands there. What nobody asks for, what is advisory
 * and what is let through in an emergency claims nothing. Where an entity blocks, a
 * change that cannot be read does not pass, or keeping it from being read would be a
 * way to pass. Where no entity wants a check it says so, since a rule of the host may
 * wait for one; but only once it is known that none does.
 * @public
 */
export function explanationCheck(input: CheckInput): ExplanationCheck {
  const { gate, required, because, state, known, overdue, brokenGlass } = input;
  const { authorsKnown } = input;
  const unmet = gate === 'blocking' ? 'failure' : 'neutral';
  if (!known) {
    return overdue
      ? {
          state: unmet,
          title: 'Unknown: the host does not let the change be read',
        }
      : { state: 'pending', title: 'The change is being read' };
  }
  if (gate === 'off') {
    return { state: 'neutral', title: NOT_ASKED_FOR };
  }
  if (state === 'accepted') {
    return { state: 'success', title: WAITING.accepted };
  }
  if (!required) {
    return { state: 'neutral', title: `Not asked for: ${because}` };
  }
  if (brokenGlass) {
    const { by, reason } = brokenGlass;
    return {
      state: 'neutral',
      title: `Let through ${by ? `by ${by}` : 'by a label'}: ${reason}`,
    };
  }
  return {
    state: unmet,
    title:
      state === 'submitted' && !authorsKnown ? AUTHORS_UNKNOWN : WAITING[state],
  };
}

/**
 * What is shown on a head when there is a newer one, so that it says nothing any more,
 * and lets nothing pass if it becomes the newest again before anything else is known.
 *
 * @param shown - what stands there now
 * @returns undefined where that may stay
 * @public
 */
export function supersededCheck(
  shown: ExplanationCheck['state'],
  gate: ExplanationGate,
): ExplanationCheck | undefined {
  const blocks = gate === 'blocking';
  const mayStay = shown === 'failure' || (shown === 'neutral' && !blocks);
  return mayStay
    ? undefined
    : {
        state: blocks ? 'failure' : 'neutral',
        title: 'There is a newer head',
      };
}

const BREAK_GLASS = /^\s*\/understanding[ \t]+break-glass(?![^\s])([\s\S]*)$/i;
const BREAK_GLASS_LINE = /^\s*break-glass:[ \t]*(\S.*)$/im;
const MAX_REASON = 1000;

/**
 * Why `/understanding break-glass <reason>` lets a change through, at the beginning of a
 * comment.
 *
 * @returns undefined where it is no such command, or gives no reason
 * @public
 */
export function breakGlassCommand(body: string): string | undefined {
  const [, reason] = BREAK_GLASS.exec(body.slice(0, 20_000)) ?? [];
  return reason?.trim().slice(0, MAX_REASON) || undefined;
}

/**
 * Why a label lets a change through: what the line `Break-glass:` of its description
 * says.
 *
 * @public
 */
export function breakGlassReason(description: string): string | undefined {
  const [, reason] = BREAK_GLASS_LINE.exec(description.slice(0, 65_536)) ?? [];
  return reason?.trim().slice(0, MAX_REASON) || undefined;
}
