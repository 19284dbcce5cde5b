import {
  AiAssistance,
  ExplanationGate,
  ExplanationPolicy,
} from '../../schemas';

/**
 * Leave not to explain, for a time.
 * @public
 */
export interface ExplanationExemption {
  readonly reason: string;
  /** Who answers for it. */
  readonly ownerRef: string;
  /** The first instant at which it holds no more. */
  readonly until: string;
}

/**
 * What decides whether a change has to be explained.
 * @public
 */
export interface PolicyInput {
  readonly policy: ExplanationPolicy;
  readonly aiAssistance: AiAssistance;
  /** Absent where the account was deleted. */
  readonly author?: { readonly login: string; readonly bot: boolean };
  /** Paths, those before a renaming included; undefined where not all are known. */
  readonly files: readonly string[] | undefined;
  readonly exemptions: readonly ExplanationExemption[];
}

/** Accounts of hosts that only raise versions of dependencies. */
const DEPENDENCY_BOTS = new Set([
  'dependabot',
  'depfu',
  'mend-bolt-for-github',
  'pyup-bot',
  'renovate',
  'renovate-bot',
  'scala-steward',
  'snyk-bot',
]);
const PROSE = /\.(md|markdown|rst|adoc|asciidoc)$/i;

/**
 * Whether a change has to be explained, and why in one sentence. Nothing is concluded
 * from a lack of knowledge: where nobody says that agents had a part, none is asked for
 * on their account.
 * @public
 */
export function explanationRequired(
  input: PolicyInput,
  now: string,
): { required: boolean; because: string } {
  const { policy, aiAssistance, author, files, exemptions } = input;
  const not = (because: string) => ({ required: false, because });
  const exemption = exemptions.find(one => one.until > now);
  if (policy === 'never') {
    return not('No explanations are asked for here.');
  }
  if (exemption) {
    const { reason, ownerRef, until } = exemption;
    return not(`${ownerRef} exempted it until ${until}: ${reason}`);
  }
  if (author && isDependencyBot(author)) {
    return not('It comes from a bot that raises versions of dependencies.');
  }
  if (files && files.length > 0 && files.every(path => PROSE.test(path))) {
    return not('It changes only documentation.');
  }
  if (policy === 'always') {
    return { required: true, because: 'Every change is explained here.' };
  }
  return aiAssistance === 'assisted'
    ? { required: true, because: 'Coding agents had a part in it.' }
    : not(
        aiAssistance === 'none'
          ? 'Its author says that no coding agent had a part in it.'
          : 'Nobody says that coding agents had a part in it.',
      );
}

const ASKED_FOR = {
  always: 'Explanations are asked for with every change',
  'ai-assisted':
    'Explanations are asked for when coding agents had a part in a change',
};

const WITHOUT_ONE: Record<ExplanationGate, string> = {
  off: 'Without one, a change can be merged, and its host does not say that it is missing.',
  advisory:
    'Without one, a change can be merged, and its check says that it is missing.',
  blocking: 'Without an accepted one, the check of a change fails.',
};

/**
 * When explanations are asked for, and what it means to a change that has none.
 * @public
 */
export function policyInWords(
  policy: ExplanationPolicy,
  gate: ExplanationGate,
): string {
  return policy === 'never'
    ? 'No explanations are asked for.'
    : `${ASKED_FOR[policy]}, except for documentation alone and for dependency bots. ${WITHOUT_ONE[gate]}`;
}

/** A person is no bot, whatever they call themselves. */
function isDependencyBot(author: { login: string; bot: boolean }): boolean {
  return (
    author.bot &&
    DEPENDENCY_BOTS.has(author.login.toLowerCase().replace(/\[bot\]$/, ''))
  );
}
