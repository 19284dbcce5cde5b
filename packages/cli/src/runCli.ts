import { Command, CommanderError } from 'commander';
import type { CliIo } from './CliIo';
import { explainCommand } from './explain/command';
import { UnreadableError, UsageError } from './errors';
import { printable } from './text';
import { whoCommand } from './who/command';

const EXIT = { fine: 0, unmet: 1, usage: 2, unreadable: 3 } as const;

/**
 * The command line.
 *
 * @param args - without the names of node and of the program
 * @returns the exit code: 0; 1 when what is asked for is not met; 2 when the call is
 * wrong; 3 when something cannot be read
 * @public
 */
export async function runCli(
  args: readonly string[],
  io: CliIo,
): Promise<number> {
  let code: number = EXIT.fine;
  const tell = (isMet: boolean) => {
    code = isMet ? EXIT.fine : EXIT.unmet;
  };
  const program = new Command('understanding')
    .description(
      'Who understands your systems, and whether changes explain them',
    )
    .addCommand(explainCommand(io, tell))
    .addCommand(whoCommand(io, tell));
  for (const command of [program, ...program.commands.flatMap(withCommands)]) {
    command
      .exitOverride()
      .configureOutput({ writeOut: io.write, writeErr: io.fail });
  }
  try {
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) {
      // It has said so already. Asking for help is no mistake, and no command is one.
      return error.exitCode === 0 ? EXIT.fine : EXIT.usage;
    }
    if (error instanceof UsageError || error instanceof UnreadableError) {
      io.fail(`understanding: ${printable(error.message)}\n`);
      return error instanceof UsageError ? EXIT.usage : EXIT.unreadable;
    }
    throw error;
  }
}

function withCommands(command: Command): Command[] {
  return [command, ...command.commands.flatMap(withCommands)];
}
