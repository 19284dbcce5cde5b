import { removalOrder } from '../../authorship/absenceFactor';
import { filesByFolder } from '../../files/folders';
import { matcherOfPaths } from '../../files/paths';
import { Model } from '../../models/Model';
import { MODELS } from '../../models/models';
import { readModel } from '../../models/readModel';
import type { AbsenceFactor } from '../../schemas';
import type { AbsenceFactorAnswer, AnswerHead, PersonAnswer } from '../answers';
import type { Answer, CommandContext } from '../Command';
import type { OptionName } from '../options';
import {
  headLines,
  headOf,
  pathsIn,
  pathsOf,
  peopleFor,
  readFor,
  stateOf,
  told,
  withProgress,
} from '../reading';
import { Paint, percent, several, table } from '../text';
import { UsageError } from '../UsageError';

/** What a model says of the files that were asked about. */
interface Reading {
  readonly head: AnswerHead;
  readonly commits: number;
  readonly people: number;
  /** Files that count and were asked about. */
  readonly files: readonly string[];
  /** Of some of these files; published models know no present. */
  factorOf(files: ReadonlySet<string>): {
    readonly allTime: AbsenceFactor;
    readonly present?: AbsenceFactor;
  };
  /** Who is removed, in turn, with how many files of each. */
  readonly removal: ReadonlyArray<PersonAnswer & { files: number }>;
}

type Published = Exclude<AbsenceFactorAnswer['model'], 'doa'>;

/** By what a model may heed of a request, the option for it. */
const OPTION_OF = {
  identities: 'identities',
  bots: 'bot',
  include: 'include',
  exclude: 'exclude',
} as const satisfies Record<Model['heeds'][number], OptionName>;

export async function run(context: CommandContext): Promise<Answer> {
  const { options } = context;
  const model = options.model ?? 'doa';
  const reading =
    model === 'doa'
      ? await readOurs(context)
      : await readPublished(context, model);
  const { files } = reading;
  const describe = (below: readonly string[]) => {
    const { allTime, present } = reading.factorOf(new Set(below));
    return {
      absenceFactor: {
        allTime: allTime.factor,
        present: present?.factor ?? null,
      },
      margin: {
        allTime: allTime.coverageAtStop,
        present: present?.coverageAtStop ?? null,
      },
    };
  };
  const whole = describe(files);
  const json: AbsenceFactorAnswer = {
    ...reading.head,
    model,
    commits: reading.commits,
    files: files.length,
    people: reading.people,
    ...whole,
    top: reading.removal
      .slice(0, whole.absenceFactor.allTime)
      .map(one => ({ ...one, share: one.files / files.length })),
    directories: options['by-directory']
      ? [...filesByFolder(files)].map(([path, below]) => ({
          path: told(path),
          files: below.length,
          ...describe(below),
        }))
      : undefined,
  };
  const bound = options['fail-under'];
  const factor = whole.absenceFactor.present ?? whole.absenceFactor.allTime;
  return {
    json,
    lines: paint => linesOf(json, paint, context.io.columns),
    unmet:
      bound !== undefined && factor < bound
        ? `The contributor absence factor is ${factor}, below ${bound}: let more people work on these files.`
        : undefined,
  };
}

async function readOurs(context: CommandContext): Promise<Reading> {
  const { knowledge, personOf } = await readFor(context);
  const { snapshot, people, paths } = knowledge;
  const files = knowledge.sourcesBelow(pathsIn(context, knowledge));
  const committing = new Set<number>();
  for (const commit of snapshot.commits.order) {
    if (!snapshot.commits.isMerge(commit)) {
      people.authorsOf(commit).forEach(person => committing.add(person));
    }
  }
  const { order, filesOf } = removalOrder(
    Array.from(files, file => knowledge.authorsOf(file).authors),
  );
  return {
    head: headOf(snapshot),
    commits: people.countedCommits,
    people: committing.size,
    files: Array.from(files, file => paths[file]),
    factorOf: below =>
      knowledge.absenceFactorOf(files.filter(file => below.has(paths[file]))),
    removal: order.map(person => ({
      ...personOf(person),
      files: filesOf[person].length,
    })),
  };
}

async function readPublished(
  context: CommandContext,
  model: Published,
): Promise<Reading> {
  const { options, signal, io } = context;
  refuseForeign(context, model);
  const { repository } = context.location;
  const { identities, bots } = peopleFor(context);
  const reading = await withProgress(context, onProgress =>
    readModel(
      {
        repository,
        model,
        at: options.at,
        now: io.now.toISOString(),
        state: stateOf(context),
        identities,
        bots,
        include: [...(options.include ?? [])],
        exclude: [...(options.exclude ?? [])],
        limits: { seconds: options.timeout },
      },
      { signal, onProgress },
    ),
  );
  const contains = matcherOfPaths(pathsOf(context, reading));
  return {
    head: headOf({ repository, head: reading, problems: reading.problems }),
    commits: reading.commits,
    people: reading.people.length,
    files: reading.files.filter(contains),
    factorOf: below => ({
      allTime: reading.absenceFactorOf(path => below.has(path)),
    }),
    removal: reading.absenceFactorOf(contains).removal,
  };
}

/** Options that mean nothing to a model with rules of its own. */
function refuseForeign({ options }: CommandContext, name: Published): void {
  const { heeds }: Model = MODELS[name];
  const foreign: OptionName[] = [
    ...(['identities', 'bots', 'include', 'exclude'] as const)
      .filter(one => !heeds.includes(one))
      .map(one => OPTION_OF[one]),
    'renames',
    'half-life',
  ];
  const given = foreign.find(one => options[one] !== undefined);
  if (given) {
    throw new UsageError(
      `--${given} goes with --model doa: ${name} has its own rules`,
    );
  }
}

function linesOf(
  answer: AbsenceFactorAnswer,
  paint: Paint,
  columns?: number,
): string[] {
  const { absenceFactor: factor, margin, directories } = answer;
  const readings = [
    ['all time', factor.allTime, percent(margin.allTime)],
    ...(factor.present === null || margin.present === null
      ? []
      : [['present', factor.present, percent(margin.present)]]),
  ];
  return [
    ...headLines(answer, paint),
    `${several(answer.files, 'file')} that count, ${several(
      answer.commits,
      'commit',
    )} by ${several(answer.people, 'person', 'people')}, model ${answer.model}`,
    '',
    ...table(
      ['contributor absence factor', 'people', 'files with an author then'],
      readings,
      { paint },
    ),
    ...(answer.top.length === 0
      ? []
      : [
          '',
          ...table(
            ['removed, in turn', 'files', 'share'],
            answer.top.map(one => [one.person, one.files, percent(one.share)]),
            { paint, columns },
          ),
        ]),
    ...(directories
      ? [
          '',
          ...table(
            ['directory', 'files', 'all time', 'margin', 'present', 'margin'],
            directories.map(one => [
              one.path,
              one.files,
              one.absenceFactor.allTime,
              percent(one.margin.allTime),
              one.absenceFactor.present ?? '-',
              one.margin.present === null ? '-' : percent(one.margin.present),
            ]),
            { paint, columns },
          ),
        ]
      : []),
  ];
}
