import { LeftBehind, leave } from '../../authorship/leave';
import type { Person } from '../../people/people';
import type { LeaveAnswer } from '../answers';
import type { Answer, CommandContext } from '../Command';
import { Reading, headLines, headOf, readFor, told } from '../reading';
import { Paint, printable, several, table } from '../text';
import { UsageError } from '../UsageError';
import { outermost } from './outermost';

export async function run(context: CommandContext): Promise<Answer> {
  const reading = await readFor(context);
  const { knowledge, personOf } = reading;
  const leaving = new Set(
    context.operands.map(given => findPerson(reading, given)),
  );
  const { sources } = knowledge;
  const { files, directories } = leave(
    new Map(
      Array.from(sources, file => [
        knowledge.paths[file],
        knowledge.authorsOf(file),
      ]),
    ),
    leaving,
  );
  const withActivity = (person: number) => ({
    ...personOf(person),
    active: knowledge.people.isActive(person),
  });
  const describe = (one: LeftBehind) => ({
    path: told(one.path),
    files: one.files,
    authors: one.authors.map(personOf),
    known: one.known.map(withActivity),
  });
  const json: LeaveAnswer = {
    ...headOf(knowledge.snapshot),
    people: [...leaving].map(withActivity),
    countedFiles: sources.length,
    files: files.map(describe),
    directories: directories.map(describe),
  };
  return { json, lines: paint => linesOf(json, paint, context.io.columns) };
}

/** Somebody by the id, an address or the name. */
function findPerson({ knowledge, names }: Reading, given: string): number {
  const wanted = given.trim().toLowerCase();
  const { people } = knowledge.people;
  const matching = (matches: (person: Person) => boolean) =>
    people.flatMap((person, number) => (matches(person) ? [number] : []));
  const byKey = matching(
    ({ personId, emails }) => personId === given || emails.includes(wanted),
  );
  const found =
    byKey.length > 0
      ? byKey
      : matching(({ name, personId }) =>
          [name, personId && names.get(personId)].some(
            one => one?.toLowerCase() === wanted,
          ),
        );
  const [one, ...others] = found;
  if (one === undefined || wanted === '') {
    throw new UsageError(
      `Nobody here is "${given}": give an address, a name or an id, as git-knowledge authors lists them`,
    );
  }
  if (others.length > 0) {
    throw new UsageError(
      `"${given}" are several people: give an address, such as ${found
        .slice(0, 3)
        .map(number => people[number].emails[0])
        .join(' or ')}`,
    );
  }
  return one;
}

function linesOf(
  answer: LeaveAnswer,
  paint: Paint,
  columns?: number,
): string[] {
  const { people, files, directories } = answer;
  return [
    ...headLines(answer, paint),
    ...people.map(one =>
      printable(
        `${one.person} leaves${one.active ? '' : ', and is not active now'}`,
      ),
    ),
    `${several(files.length, 'file')} of ${
      answer.countedFiles
    } would be left without an active author`,
    ...(files.length === 0
      ? []
      : [
          '',
          ...table(
            ['file or directory', 'files', 'who else knows of it'],
            outermost(directories, files).map(one => [
              one.path,
              one.files,
              one.known
                .map(who => `${who.person}${who.active ? '' : ' (not active)'}`)
                .join(', ') || 'nobody',
            ]),
            { paint, columns },
          ),
        ]),
  ];
}
