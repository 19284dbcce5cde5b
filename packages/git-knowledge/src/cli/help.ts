import { COMMANDS, CommandEntry } from './commands';
import { OPTIONS, Option, OptionName, SHARED } from './options';

const WIDTH = 80;

/** What the program can do. */
export function generalHelp(): string {
  const wide = Math.max(...COMMANDS.map(one => one.name.length));
  return [
    'Usage: git-knowledge COMMAND [options]',
    '',
    'Reads from a git history who knows which files, and which documents fell behind.',
    '',
    'Commands:',
    ...COMMANDS.map(one => `  ${one.name.padEnd(wide)}  ${one.summary}`),
    '',
    'Options of every command:',
    ...optionLines(SHARED),
    '',
    'Examples:',
    ...COMMANDS.map(one => `  git-knowledge ${one.examples[0][0]}`),
    '',
    'Exit codes: 0; 1 when a bound is not met; 2 when the call is wrong;',
    '3 when the history cannot be read; 130 when it was interrupted.',
    'git-knowledge COMMAND --help tells more.',
    '',
  ].join('\n');
}

/** What one command can do. */
export function commandHelp(command: CommandEntry): string {
  const { name, operands, summary, details, options, examples } = command;
  const own =
    options.length > 0 ? ['Options:', ...optionLines(options), ''] : [];
  return [
    `Usage: git-knowledge ${name}${operands && ` ${operands}`} [options]`,
    '',
    `Tells ${summary}.`,
    ...(details === '' ? [] : ['', ...wrapped(details, 0)]),
    '',
    ...own,
    'Options of every command:',
    ...optionLines(SHARED),
    '',
    'Examples:',
    ...examples.flatMap(([call, what]) => [
      `  git-knowledge ${call}`,
      `      ${what}`,
    ]),
    '',
  ].join('\n');
}

function optionLines(names: readonly OptionName[]): string[] {
  return names.flatMap(name => {
    const option: Option<unknown> = OPTIONS[name];
    const value = option.placeholder ? ` ${option.placeholder}` : '';
    const short = option.short ? `, -${option.short}` : '';
    const again = option.multiple ? '; may be given several times' : '';
    return [
      `  --${name}${short}${value}`,
      ...wrapped(`${option.help}${again}`, 6),
    ];
  });
}

function wrapped(text: string, indent: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && indent + line.length + 1 + word.length > WIDTH) {
      lines.push(' '.repeat(indent) + line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, ' '.repeat(indent) + line];
}
