import type { WhoAnswer } from '../answers';
import type { Answer, CommandContext } from '../Command';
import { headLines, headOf, pathsIn, readFor, told } from '../reading';
import { Paint, dayOf, printable, several, table } from '../text';
import { asAnswer, peopleTable } from './people';

export async function run(context: CommandContext): Promise<Answer> {
  const reading = await readFor(context);
  const { knowledge } = reading;
  const paths = pathsIn(context, knowledge);
  // A file that somebody names is asked about, whether it counts or not.
  const files = [
    ...new Set([
      ...knowledge.sourcesBelow(paths),
      ...paths.flatMap(path => knowledge.snapshot.files.placeOf(path) ?? []),
    ]),
  ];
  const { people, reviewers, assistedCommits } =
    knowledge.contributorsOf(files);
  const json: WhoAnswer = {
    ...headOf(knowledge.snapshot),
    paths: paths.map(told),
    files: files.length,
    knownByActive: people.some(one => one.active && one.knownFiles > 0),
    people: asAnswer(people, reading),
    reviewers: asAnswer(reviewers, reading),
    assistedCommits,
  };
  return { json, lines: paint => linesOf(json, paint, context.io.columns) };
}

function linesOf(answer: WhoAnswer, paint: Paint, columns?: number): string[] {
  const { people, reviewers } = answer;
  const last = people.find(one => one.knownFiles > 0) ?? people[0];
  return [
    ...headLines(answer, paint),
    printable(
      `${several(answer.files, 'file')} at or below ${answer.paths.join(', ')}`,
    ),
    ...(answer.assistedCommits > 0
      ? [
          `an agent wrote at least a part of ${several(
            answer.assistedCommits,
            'commit',
          )}, as they say`,
        ]
      : []),
    ...(people.length === 0
      ? []
      : ['', ...peopleTable(people, { paint, columns })]),
    ...(reviewers.length === 0
      ? []
      : [
          '',
          ...table(
            ['reviewer', 'active', 'last review'],
            reviewers.map(one => [
              one.person,
              one.active ? 'yes' : 'no',
              dayOf(one.latestAt),
            ]),
            { paint, columns },
          ),
        ]),
    ...(answer.knownByActive
      ? []
      : [
          '',
          paint(
            'red',
            last
              ? printable(
                  `nobody active knows this; last was ${last.person} on ${dayOf(
                    last.latestAt,
                  )}`,
                )
              : 'nobody active knows this',
          ),
        ]),
  ];
}
