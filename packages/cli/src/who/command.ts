import { Command, Option } from 'commander';
import type { CliIo } from '../CliIo';
import { printable, printableJson } from '../text';
import { askWho } from './ask';
import { inWords, isKnown } from './inWords';

interface WhoOptions {
  readonly url?: string;
  readonly token?: string;
  readonly json?: true;
}

const EXAMPLES = `
Examples
  $ export UNDERSTANDING_URL=https://backstage.example.com UNDERSTANDING_TOKEN=…
  $ understanding who ledger
  $ understanding who src/posting.ts
  $ understanding who https://github.com/acme/bank/blob/main/src/posting.ts --json

Exit codes: 0 somebody active understands it; 1 nobody does, or nothing matches;
2 the call is wrong; 3 there is no answer.`;

/**
 * `understanding who`.
 *
 * @param tell - is told whether somebody understands what is asked for
 */
export function whoCommand(io: CliIo, tell: (isMet: boolean) => void): Command {
  return new Command('who')
    .description(
      'Ask a running Backstage who understands an entity, a path, a link, or what words name',
    )
    .argument('<query...>', 'a reference, name, path, link, or words')
    .addOption(
      new Option('--url <address>', 'the back end of Backstage').env(
        'UNDERSTANDING_URL',
      ),
    )
    .addOption(
      new Option(
        '--token <token>',
        'a token of Backstage; others on this machine may see what is given so, and not what is in the environment',
      ).env('UNDERSTANDING_TOKEN'),
    )
    .option('--json', 'print JSON, as the HTTP API answers')
    .addHelpText('after', EXAMPLES)
    .action(async (query: string[], options: WhoOptions) => {
      const response = await askWho(query.join(' '), options);
      io.write(
        options.json
          ? `${printableJson(response)}\n`
          : `${printable(
              inWords(response, new Date().toISOString()).join('\n'),
            )}\n`,
      );
      tell(isKnown(response));
    });
}
