import { UsageError } from './UsageError';

/** An option of the command line: how it is written, and what is read of it. */
export interface Option<T> {
  /** What stands for its value in the help; a flag has none. */
  readonly placeholder?: string;
  readonly short?: string;
  readonly multiple?: boolean;
  readonly help: string;
  /** @param given - all values, in order; none of a flag */
  read(given: readonly string[]): T;
}

const LONGEST_TIMEOUT = 2_000_000;

/** All options of all commands, each once. */
export const OPTIONS = {
  repository: text(
    'DIR',
    'the repository, bare or not; by default the one that the current directory is in',
  ),
  at: text(
    'DATE|COMMIT',
    'as it was then: a day such as 2024-01-31, an instant, a branch, a tag or a commit (HEAD, as of today)',
  ),
  json: flag('the answer as JSON, as docs/json.md describes it'),
  identities: text(
    'FILE',
    'who is who and who is active, in YAML or JSON; who is not in it is not active',
  ),
  bot: list('ADDRESS', 'an address whose changes are nobody’s'),
  include: list('GLOB', 'files that count whatever the rules say'),
  exclude: list('GLOB', 'files that do not count; these win'),
  renames: choice(
    ['exact', 'similar'],
    'renames that are followed: of unchanged files (exact, the default), or also of changed ones (similar: compares contents of every commit that adds and deletes files, which takes several times as long)',
  ),
  'half-life': number(
    'DAYS',
    'days in which a change loses half of its weight in the present (150)',
    value => value > 0 && value < Infinity,
    'a number of days above 0',
  ),
  state: text(
    'FILE',
    'keeps there what was read, so that the next call reads newer commits only; it is made where it is missing, and may be deleted at any time',
  ),
  timeout: number(
    'SECONDS',
    'give up after that time (600)',
    value => value > 0 && value <= LONGEST_TIMEOUT,
    `a number of seconds up to ${LONGEST_TIMEOUT}`,
  ),
  help: flag('this text', 'h'),
  model: choice(
    ['doa', 'doe', 'avelino2016', 'jetbrains2023'],
    'how authors are told: doa (ours, the default), or a published way',
  ),
  'by-directory': flag('also each directory that holds files that count'),
  'fail-under': number(
    'N',
    'exit with 1 when the factor is lower: the present one of doa, that of all time of the others',
    value => Number.isInteger(value) && value >= 0,
    'a whole number',
  ),
  'alias-candidates': flag(
    'pairs of people who may be the same one, to be put into .mailmap or the identities; nobody is joined by that',
  ),
} as const satisfies Record<string, Option<unknown>>;

export type OptionName = keyof typeof OPTIONS;

/** What was read of the options that were given. */
export type OptionValues = {
  readonly [Name in OptionName]?: ReturnType<(typeof OPTIONS)[Name]['read']>;
};

/** Options of every command. */
export const SHARED: readonly OptionName[] = [
  'repository',
  'at',
  'json',
  'identities',
  'bot',
  'include',
  'exclude',
  'renames',
  'half-life',
  'state',
  'timeout',
  'help',
];

function flag(help: string, short?: string): Option<boolean> {
  return { help, short, read: () => true };
}

function text(placeholder: string, help: string): Option<string> {
  return {
    placeholder,
    help,
    read: given => {
      const value = given[given.length - 1];
      if (value === '') {
        throw new UsageError(`needs a ${placeholder}`);
      }
      return value;
    },
  };
}

function list(placeholder: string, help: string): Option<readonly string[]> {
  return { placeholder, help, multiple: true, read: given => given };
}

function number(
  placeholder: string,
  help: string,
  isAllowed: (value: number) => boolean,
  what: string,
): Option<number> {
  return {
    placeholder,
    help,
    read: given => {
      const last = given[given.length - 1];
      const value = last.trim() === '' ? NaN : Number(last);
      if (!isAllowed(value)) {
        throw new UsageError(`"${last}" is not ${what}`);
      }
      return value;
    },
  };
}

function choice<const T extends string>(
  values: readonly T[],
  help: string,
): Option<T> {
  return {
    placeholder: values.join('|'),
    help,
    read: given => {
      const last = given[given.length - 1];
      const value = values.find(one => one === last);
      if (value === undefined) {
        throw new UsageError(`"${last}" is none of ${values.join(', ')}`);
      }
      return value;
    },
  };
}
