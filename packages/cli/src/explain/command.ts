import { explanationPolicySchema } from '@understanding-dev/backstage-plugin-understanding-common';
import { Command, Option } from 'commander';
import type { CliIo } from '../CliIo';
import { printable, printableJson } from '../text';
import { checkChange, inWords, isMet } from './check';
import { readCommits, readFiles, readSettings, readText } from './inputs';

interface CheckOptions {
  readonly description: string;
  readonly diff?: string;
  readonly commits?: string;
  readonly title: string;
  readonly author?: string;
  readonly bot?: true;
  readonly label: readonly string[];
  readonly policy?: string;
  readonly config?: string;
  readonly json?: true;
}

const EXAMPLES = `
Examples
  $ git diff origin/main...HEAD > change.diff
  $ git log -z --format='%H%n%ae%n%B' origin/main..HEAD > commits.txt
  $ understanding explain check --description description.md --diff change.diff --commits commits.txt
  $ printf '%s' "$DESCRIPTION" | understanding explain check --description - --policy always --json

Exit codes: 0 it is explained, or need not be; 1 an explanation is asked for and missing;
2 the call is wrong; 3 something cannot be read.`;

/**
 * `understanding explain`.
 *
 * @param tell - is told whether what is asked for is met
 */
export function explainCommand(
  io: CliIo,
  tell: (isMet: boolean) => void,
): Command {
  return new Command('explain')
    .description('Explanations of changes')
    .addCommand(checkCommand(io, tell));
}

function checkCommand(io: CliIo, tell: (met: boolean) => void): Command {
  return new Command('check')
    .description(
      'Check whether a change is explained, from its description and its difference, by the rules by which Backstage does',
    )
    .requiredOption(
      '--description <file>',
      'the description of the pull or merge request in Markdown; - for standard input',
    )
    .option('--diff <file>', 'what git diff prints of it')
    .option(
      '--commits <file>',
      "what git log -z --format='%H%n%ae%n%B' prints of its commits",
    )
    .option('--title <text>', 'its title', '')
    .option('--author <login>', 'the account that proposes it')
    .option('--bot', 'that account is a bot')
    .option(
      '--label <name>',
      'a label that it has; again for each',
      (label: string, labels: string[]) => [...labels, label],
      [],
    )
    .addOption(
      new Option(
        '--policy <policy>',
        'when explanations are asked for',
      ).choices(explanationPolicySchema.options),
    )
    .option(
      '--config <file>',
      'an app-config of Backstage, of which understanding.explanations is read',
    )
    .option('--json', 'print JSON')
    .addHelpText('after', EXAMPLES)
    .action(async (options: CheckOptions) => {
      const { title, author, label: labels, bot = false } = options;
      const settings = await readSettings(options.config);
      const answer = checkChange(
        {
          title,
          description: await readText(options.description, io.input),
          author: author === undefined ? undefined : { login: author, bot },
          labels,
          commits: await readCommits(options.commits),
          files: await readFiles(options.diff),
        },
        {
          ...settings,
          policy: explanationPolicySchema.parse(
            options.policy ?? settings.policy,
          ),
        },
        new Date().toISOString(),
      );
      io.write(
        options.json
          ? `${printableJson(answer)}\n`
          : `${printable(inWords(answer).join('\n'))}\n`,
      );
      tell(isMet(answer));
    });
}
