import { AiAssistance } from '../../schemas';
import { HostChange, HostCommit } from './HostFact';

/** The label by which people say that an agent wrote a part of a change. */
const LABEL = 'ai-assisted';
/** Logins of coding agents, without the `[bot]` that hosts put behind some. */
const AGENT_LOGINS = new Set([
  'amazon-q-developer',
  'chatgpt-codex-connector',
  'claude',
  'copilot',
  'copilot-swe-agent',
  'cursor',
  'cursoragent',
  'devin-ai-integration',
  'gitlab-duo',
  'google-labs-jules',
  'openhands-agent',
]);
const TRAILER = /^(assisted-by|co-authored-by):[ \t]*(\S.*)$/i;
const ADDRESS = /<([^<>\s]+)>\s*$/;
/** `AI assistance: none` on a line of its own, also as an item or in bold. */
const DECLARATION =
  /^[\s>*_-]*ai[ -]assistance[\s*_]*:[\s*_]*(none|no|assisted|yes)\b/i;
/** Lines of one text that are looked at, and characters of each. */
const MAX_LINES = 5000;
const MAX_LENGTH = 500;

/**
 * What the commits of a change say of agents: by an address, or by a trailer.
 *
 * @param isAgentAddress - whether an e-mail address is that of a coding agent
 * @returns one sentence for each commit that says so
 * @public
 */
export function assistedCommits(
  commits: readonly HostCommit[],
  isAgentAddress: (email: string) => boolean,
): string[] {
  return commits.flatMap(({ sha, message, email }) => {
    const name = `The commit ${sha.slice(0, 10)}`;
    if (email && isAgentAddress(email)) {
      return [`${name} was made by an agent`];
    }
    return namesAgent(message, isAgentAddress)
      ? [`${name} names an agent`]
      : [];
  });
}

/**
 * Whether agents had a part in a change, as far as anybody says so: its author is one,
 * a label, a trailer of a commit or of the description, or the author's declaration
 * (`AI assistance: none`). It is never concluded from how something is written.
 * Whatever says that one had outweighs a declaration that none had.
 *
 * @param commits - what {@link assistedCommits} found
 * @param isAgentAddress - whether an e-mail address is that of a coding agent
 * @public
 */
export function aiAssistance(
  change: Pick<HostChange, 'author' | 'labels' | 'description'>,
  commits: readonly string[],
  isAgentAddress: (email: string) => boolean,
): { assistance: AiAssistance; reasons: string[] } {
  const { author, labels, description } = change;
  const declared = declaration(description);
  const reasons = [
    ...(author && AGENT_LOGINS.has(author.login.replace(/\[bot\]$/, ''))
      ? [`Its author ${author.login} is a coding agent`]
      : []),
    ...(labels.some(label => label.toLowerCase() === LABEL)
      ? [`It has the label ${LABEL}`]
      : []),
    ...commits,
    ...(namesAgent(description, isAgentAddress)
      ? ['Its description names an agent']
      : []),
    ...(declared === 'assisted' ? ['Its author says so'] : []),
  ];
  if (reasons.length > 0) {
    return { assistance: 'assisted', reasons };
  }
  return declared === 'none'
    ? { assistance: 'none', reasons: ['Its author says so'] }
    : { assistance: 'unknown', reasons: [] };
}

function namesAgent(
  message: string,
  isAgentAddress: (email: string) => boolean,
): boolean {
  return lines(message).some(line => {
    const [, key = '', value = ''] = TRAILER.exec(line) ?? [];
    const email = ADDRESS.exec(value)?.[1];
    // An assistant need not have an address: "Assisted-by: Some model".
    return (
      key.toLowerCase() === 'assisted-by' ||
      (email !== undefined && isAgentAddress(email))
    );
  });
}

function declaration(description: string): 'none' | 'assisted' | undefined {
  const said = lines(description)
    .map(line => DECLARATION.exec(line)?.[1].toLowerCase())
    .filter(word => word !== undefined);
  if (said.length === 0) {
    return undefined;
  }
  return said.every(word => word === 'none' || word === 'no')
    ? 'none'
    : 'assisted';
}

function lines(text: string): string[] {
  return text
    .split(/\r?\n/, MAX_LINES)
    .filter(line => line.length <= MAX_LENGTH);
}
