import { parseArgs } from 'node:util';
import { runChild } from '../child/child';
import { GitKnowledgeError, GitKnowledgeErrorCode } from '../GitKnowledgeError';
import { withTimeLimit } from '../timeLimit';
import type { CliIo } from './CliIo';
import { COMMANDS, CommandEntry } from './commands';
import { commandHelp, generalHelp } from './help';
import { locate } from './location';
import { OPTIONS, Option, OptionName, OptionValues, SHARED } from './options';
import { painter, printable, printableJson } from './text';
import { UsageError } from './UsageError';

/** How the program ends. */
const EXIT = {
  fine: 0,
  unmet: 1,
  usage: 2,
  unreadable: 3,
  interrupted: 130,
} as const;
/** What goes wrong because of what was asked. */
const MISUSES: ReadonlySet<GitKnowledgeErrorCode> = new Set([
  'unknown-ref',
  'not-a-state',
]);
const DEFAULT_SECONDS = 600;

/**
 * The command line.
 *
 * @param args - without the names of node and of the program
 * @returns the exit code: 0; 1 when a bound is not met; 2 when the call is wrong; 3 when
 * a history cannot be read; 130 when the signal was aborted
 * @public
 */
export async function runCli(
  args: readonly string[],
  io: CliIo,
): Promise<number> {
  if (args[0] === 'child') {
    await runChild();
    return EXIT.fine;
  }
  const fail = (code: number, message: string) => {
    io.fail(`git-knowledge: ${printable(message)}\n`);
    return code;
  };
  try {
    return await call(args, io, fail);
  } catch (error) {
    if (
      io.signal?.aborted ||
      (error instanceof GitKnowledgeError && error.code === 'aborted')
    ) {
      return EXIT.interrupted;
    }
    if (error instanceof UsageError) {
      return fail(EXIT.usage, `${error.message}; see git-knowledge --help`);
    }
    if (error instanceof GitKnowledgeError) {
      return fail(
        MISUSES.has(error.code) ? EXIT.usage : EXIT.unreadable,
        error.message,
      );
    }
    throw error;
  }
}

async function call(
  args: readonly string[],
  io: CliIo,
  fail: (code: number, message: string) => number,
): Promise<number> {
  const { command, options, operands } = parse(args);
  if (options.help) {
    io.write(command ? commandHelp(command) : generalHelp());
    return EXIT.fine;
  }
  if (!command) {
    throw new UsageError('The command is missing');
  }
  checkOperands(command, operands);
  const location = locate(io.cwd, options.repository);
  const { json, lines, unmet } = await withTimeLimit(
    {
      repository: location.repository,
      seconds: options.timeout ?? DEFAULT_SECONDS,
      signal: io.signal,
    },
    signal => command.run({ options, operands, location, io, signal }),
  );
  if (io.signal?.aborted) {
    return EXIT.interrupted;
  }
  io.write(
    options.json
      ? `${printableJson(json)}\n`
      : lines(painter(io.hasColours === true))
          .map(line => `${line}\n`)
          .join(''),
  );
  return unmet === undefined ? EXIT.fine : fail(EXIT.unmet, unmet);
}

function parse(args: readonly string[]): {
  command?: CommandEntry;
  options: OptionValues;
  operands: string[];
} {
  const { values, positionals, tokens } = parseStrictly(args);
  const [name, ...operands] = positionals;
  const command = COMMANDS.find(one => one.name === name);
  if (name !== undefined && !command) {
    throw new UsageError(`There is no command "${name}"`);
  }
  const allowed: readonly string[] = [...SHARED, ...(command?.options ?? [])];
  const foreign = tokens.find(
    token => token.kind === 'option' && !allowed.includes(token.name),
  );
  if (command && foreign?.kind === 'option') {
    throw new UsageError(`${command.name} has no option --${foreign.name}`);
  }
  const read: Array<[string, unknown]> = [];
  for (const [option, given] of Object.entries(values)) {
    const definition: Option<unknown> = OPTIONS[option as OptionName];
    try {
      read.push([
        option,
        definition.read([given].flat().filter(one => typeof one === 'string')),
      ]);
    } catch (error) {
      throw error instanceof UsageError
        ? new UsageError(`--${option}: ${error.message}`)
        : error;
    }
  }
  return {
    command,
    options: Object.fromEntries(read) as OptionValues,
    operands,
  };
}

function parseStrictly(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      tokens: true,
      options: Object.fromEntries(
        Object.entries<Option<unknown>>(OPTIONS).map(([name, option]) => [
          name,
          {
            type: option.placeholder
              ? ('string' as const)
              : ('boolean' as const),
            multiple: option.multiple === true,
            ...(option.short ? { short: option.short } : {}),
          },
        ]),
      ),
    });
  } catch (error) {
    // What follows the first sentence is advice on quoting.
    throw new UsageError((error as Error).message.split(/\.\s/)[0]);
  }
}

function checkOperands(
  { name, operands: wanted, least, most }: CommandEntry,
  operands: readonly string[],
): void {
  if (operands.length < least) {
    throw new UsageError(`${name} needs ${wanted}`);
  }
  if (operands.length > most) {
    throw new UsageError(`"${operands[most]}" is too much for ${name}`);
  }
}
