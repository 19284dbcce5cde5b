import { removalOrder } from '../../authorship/absenceFactor';
import { filesByFolder } from '../../files/folders';
import { matcherOfPaths } from '../../files/paths';
import { Model, modelAbsenceFactor } from '../../models/Model';
import { MODELS } from '../../models/models';
import { readSnapshot } from '../../readSnapshot';
import type { Snapshot } from '../../readSnapshot';
import { AbsenceFactor, knowledgeRequestSchema } from '../../schemas';
import type { AbsenceFactorAnswer, PersonAnswer } from '../answers';
import type { Answer, CommandContext } from '../Command';
import type { OptionName } from '../options';
import {
  headLines,
  headOf,
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
  readonly snapshot: Snapshot;
  readonly commits: number;
  readonly people: number;
  /** Files that count and were asked about. */
  readonly files: readonly string[];
  /** Of some of these files; published models know no present. */
  factorOf(files: ReadonlySet<string>): {
    readonly allTime: AbsenceFactor;
    readonly present?: AbsenceFactor;
  };
  /** Who is removed, in turn, with all the files of each. */
  readonly removal: { order: number[]; filesOf: number[][] };
  personOf(person: number): PersonAnswer;
}

type Published = Exclude<AbsenceFactorAnswer['model'], 'doa'>;

/** Options that mean nothing to models with rules of their own. */
const FOREIGN: Readonly<Record<Published, readonly OptionName[]>> = {
  avelino2016: ['identities', 'bot', 'renames', 'half-life'],
  // Every file counts there.
  jetbrains2023: [
    'identities',
    'bot',
    'renames',
    'half-life',
    'include',
    'exclude',
  ],
  doe: ['renames', 'half-life'],
};

export async function run(context: CommandContext): Promise<Answer> {
  const { options } = context;
  const model = options.model ?? 'doa';
  const reading =
    model === 'doa'
      ? await readOurs(context)
      : await readPublished(context, model);
  const { files, snapshot, removal } = reading;
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
    ...headOf(snapshot),
    model,
    commits: reading.commits,
    files: files.length,
    people: reading.people,
    ...whole,
    top: removal.order.slice(0, whole.absenceFactor.allTime).map(person => ({
      ...reading.personOf(person),
      files: removal.filesOf[person].length,
      share: removal.filesOf[person].length / files.length,
    })),
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
  const { snapshot, people } = knowledge;
  const files = knowledge.sourcesBelow(
    pathsOf(context, snapshot, path => knowledge.histories.currentPath(path)),
  );
  const committing = new Set<number>();
  for (const commit of snapshot.commits.order) {
    if (!snapshot.commits.isMerge(commit)) {
      people.authorsOf(commit).forEach(person => committing.add(person));
    }
  }
  return {
    snapshot,
    commits: people.countedCommits,
    people: committing.size,
    files,
    factorOf: below => knowledge.absenceFactorOf([...below]),
    removal: removalOrder(files.map(path => knowledge.authorsOf(path).authors)),
    personOf,
  };
}

async function readPublished(
  context: CommandContext,
  name: Published,
): Promise<Reading> {
  const { options, signal } = context;
  const foreign = FOREIGN[name].find(one => options[one] !== undefined);
  if (foreign) {
    throw new UsageError(
      `--${foreign} goes with --model doa: ${name} has its own rules`,
    );
  }
  const model: Model = MODELS[name];
  const { repository } = context.location;
  const { names, ...whoIsWho } = peopleFor(context);
  const { now } = context.io;
  const { limits } = knowledgeRequestSchema.parse({
    repository,
    now: now.toISOString(),
  });
  const snapshot = await withProgress(context, onProgress =>
    readSnapshot(
      repository,
      { ...model.reading, limits },
      {
        at: options.at,
        now: now.getTime(),
        include: options.include,
        exclude: options.exclude,
        state: stateOf(context),
        signal,
        onProgress,
      },
    ),
  );
  const isAsked = matcherOfPaths(pathsOf(context, snapshot));
  const found = await model.authorsIn(snapshot, whoIsWho, { signal });
  const { commits } = snapshot;
  const asked = found.files.flatMap((path, file) =>
    isAsked(path) ? [file] : [],
  );
  // Files that have their record in common are removed as one.
  const records = new Map(
    asked.map(file => [found.records?.[file] ?? file, found.authors[file]]),
  );
  return {
    snapshot,
    commits: commits.order.filter(commit => !commits.isMerge(commit)).length,
    people: found.people.length,
    files: asked.map(file => found.files[file]),
    factorOf: below => ({
      allTime: modelAbsenceFactor(found, path => below.has(path)),
    }),
    removal: removalOrder([...records.values()], found.inTies),
    personOf: person => ({ person: found.people[person] }),
  };
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
