import type { Answer, CommandContext } from './Command';
import { run as absenceFactor } from './commands/absenceFactor';
import { run as atRisk } from './commands/atRisk';
import { run as authors } from './commands/authors';
import { run as docs } from './commands/docs';
import { run as leave } from './commands/leave';
import { run as who } from './commands/who';
import { OptionName } from './options';

/** A command, and how it is called. */
export interface CommandEntry {
  readonly name: string;
  /** What follows the name. */
  readonly operands: string;
  readonly least: number;
  readonly most: number;
  readonly summary: string;
  readonly details: string;
  readonly options: readonly OptionName[];
  readonly examples: ReadonlyArray<readonly [call: string, what: string]>;
  run(context: CommandContext): Promise<Answer>;
}

/** All commands, in the order of the help. */
export const COMMANDS: readonly CommandEntry[] = [
  {
    name: 'absence-factor',
    operands: '[PATH…]',
    least: 0,
    most: Infinity,
    summary:
      'how many people can leave before half of the files have no author',
    details:
      'Removes whoever is author of most files, again and again, until under half of the files have an author. The margin is the share of files that still have one then: the nearer to 50 %, the less it takes to move the factor.',
    options: ['model', 'by-directory', 'fail-under'],
    examples: [
      ['absence-factor', 'of all files'],
      [
        'absence-factor src --by-directory',
        'of src, and of each directory in it',
      ],
      ['absence-factor --fail-under 2', 'for a pipeline that is to fail'],
      ['absence-factor --model avelino2016 --at 2016-01-01', 'as published'],
    ],
    run: absenceFactor,
  },
  {
    name: 'who',
    operands: 'PATH…',
    least: 1,
    most: Infinity,
    summary: 'who knows files and directories, whoever changed them last first',
    details:
      'Knowing is a degree of authorship of at least 2.4: somebody to ask, and no proof of understanding. Authors are told by the published rule, which is stricter.',
    options: [],
    examples: [
      ['who src/ledger', 'who to ask about a directory'],
      ['who README.md --at 2023-06-30', 'who knew it then'],
    ],
    run: who,
  },
  {
    name: 'authors',
    operands: '',
    least: 0,
    most: 0,
    summary:
      'everybody who changed files that are there, the latest change first',
    details: '',
    options: ['alias-candidates'],
    examples: [
      ['authors --identities people.yaml', 'with who is who'],
      ['authors --alias-candidates', 'who may be the same person'],
    ],
    run: authors,
  },
  {
    name: 'docs',
    operands: '[GLOB…]',
    least: 0,
    most: Infinity,
    summary: 'which documents fell behind the code',
    details:
      'Documents are every README.md and all .md files in docs folders, unless globs say otherwise (from the current directory). What changed since is counted in the whole repository, or in what the document’s front matter covers.',
    options: [],
    examples: [
      ['docs', 'the usual documents'],
      ["docs 'guides/**/*.md'", 'others'],
    ],
    run: docs,
  },
  {
    name: 'at-risk',
    operands: '[PATH…]',
    least: 0,
    most: Infinity,
    summary: 'files and directories with one active author, or none',
    details:
      'By the present reading: only active people count, and changes lose weight with age. The table does not repeat what lies in a directory that it names; the JSON does.',
    options: [],
    examples: [['at-risk src', 'what depends on one person, or on nobody']],
    run: atRisk,
  },
  {
    name: 'leave',
    operands: 'PERSON…',
    least: 1,
    most: Infinity,
    summary: 'what would be left without authors if these people left',
    details:
      'A person is an address, a name, or the id in the identities file. Beside each file stands who else knows it.',
    options: [],
    examples: [['leave ada@example.com "Grace Hopper"', 'both at once']],
    run: leave,
  },
];
