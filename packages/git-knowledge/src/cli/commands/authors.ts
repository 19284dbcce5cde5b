import { aliasCandidates } from '../../people/aliasCandidates';
import type { AuthorsAnswer } from '../answers';
import type { Answer, CommandContext } from '../Command';
import { headLines, headOf, readFor } from '../reading';
import { Paint, several, table } from '../text';
import { asAnswer, peopleTable } from './people';

export async function run(context: CommandContext): Promise<Answer> {
  const reading = await readFor(context);
  const { knowledge, personOf } = reading;
  const { sources } = knowledge;
  const { people, assistedCommits } = knowledge.contributorsOf(sources);
  const json: AuthorsAnswer = {
    ...headOf(knowledge.snapshot),
    files: sources.length,
    people: asAnswer(people, reading),
    assistedCommits,
    aliasCandidates: context.options['alias-candidates']
      ? aliasCandidates(knowledge.people.people).map(
          ({ people: [one, other], reason }) => ({
            people: [personOf(one), personOf(other)],
            reason,
          }),
        )
      : undefined,
  };
  return { json, lines: paint => linesOf(json, paint, context.io.columns) };
}

function linesOf(
  answer: AuthorsAnswer,
  paint: Paint,
  columns?: number,
): string[] {
  const { people, aliasCandidates: candidates } = answer;
  return [
    ...headLines(answer, paint),
    `${several(people.length, 'person', 'people')} changed ${several(
      answer.files,
      'file',
    )} that count`,
    ...(people.length === 0
      ? []
      : ['', ...peopleTable(people, { paint, columns })]),
    ...(candidates === undefined
      ? []
      : [
          '',
          ...(candidates.length === 0
            ? ['nobody looks like somebody else']
            : table(
                ['may be the same', 'as', 'because of the'],
                candidates.map(({ people: [one, other], reason }) => [
                  one.person,
                  other.person,
                  reason,
                ]),
                { paint, columns },
              )),
        ]),
  ];
}
