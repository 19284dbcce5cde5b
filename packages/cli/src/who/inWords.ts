import {
  PART_TRUNCATED,
  STILL_READING,
  WhoUnderstandsAnswer,
  WhoUnderstandsResponse,
  localTimeIn,
  nameWithStatus,
  nobodyInWords,
  onCallInWords,
  partInWords,
  understoodByInWords,
} from '@understanding-dev/backstage-plugin-understanding-common';

type Person = NonNullable<WhoUnderstandsAnswer['people']>[number];

/** Of an answer; whom one would ask comes first. */
const MAX_PEOPLE = 10;

/** Whether somebody active understands something of what was asked for. */
export function isKnown(response: WhoUnderstandsResponse): boolean {
  return response.answers.some(answer => !answer.nobody);
}

/** The answer for somebody who reads a terminal. */
export function inWords(
  { query, answers, truncated, stillReading }: WhoUnderstandsResponse,
  now: string,
): string[] {
  if (answers.length === 0) {
    return [
      `Nothing in the catalog matches “${query}”, or you may not see it. Ask with the name of a service, a path of its repository, or a link to a file.`,
      ...(stillReading ? [STILL_READING] : []),
    ];
  }
  return [
    ...answers.flatMap((answer, index) => [
      ...(index === 0 ? [] : ['']),
      ...answerInWords(answer, now),
    ]),
    ...(truncated
      ? ['', 'More entities match than are shown. Ask more exactly.']
      : []),
  ];
}

function answerInWords(answer: WhoUnderstandsAnswer, now: string): string[] {
  const { title, entityRef, matchedBy, example } = answer;
  const { nobody, part, people, morePeople } = answer;
  return [
    `${title} (${entityRef}), by ${matchedBy}${example ? ', an example' : ''}`,
    ...(nobody
      ? [
          `  ${nobodyInWords(nobody)}`,
          ...nobody.rebuild.map(one => `  - ${one}`),
        ]
      : []),
    ...(part?.people
      ? [
          `  ${partInWords(part)}`,
          ...(part.truncated ? [`  ${PART_TRUNCATED}`] : []),
        ]
      : []),
    ...(people ? peopleInWords(people, morePeople ?? 0, now) : counted(answer)),
    ...onCallInWords(answer.onCall ?? []).map(one => `  ${one}`),
    ...answer.fallback.map(
      one => `  ${one.message}${one.entityRef ? ` (${one.entityRef})` : ''}`,
    ),
  ];
}

function counted({ understoodBy }: WhoUnderstandsAnswer): string[] {
  return [
    `  ${understoodByInWords(understoodBy)}; their names are not shown to you`,
  ];
}

function peopleInWords(
  people: readonly Person[],
  morePeople: number,
  now: string,
): string[] {
  const shown = people.slice(0, MAX_PEOPLE);
  const more = people.length - shown.length + morePeople;
  return [
    ...table(shown.map(one => rowOf(one, now))),
    ...(more > 0 ? [`  ${more} more with evidence of it`] : []),
  ];
}

/** Name, whether they understand it, evidence, and how to reach them. */
function rowOf(person: Person, now: string): string[] {
  const { understands, evidence, correction, reach } = person;
  const time = reach?.timeZone && localTimeIn(reach.timeZone, now);
  return [
    nameWithStatus(person),
    understands ? 'understands' : '',
    [
      ...evidence.map(
        ({ kind, latestAt, freshness, verified }) =>
          `${kind} ${latestAt.slice(0, 10)} ${freshness}${
            verified ? '' : ', not verified'
          }`,
      ),
      ...(correction
        ? [
            correction.type === 'no-longer'
              ? 'says: no longer'
              : 'says: from elsewhere',
          ]
        : []),
    ].join('; '),
    [
      ...(reach?.teams.map(one => one.title) ?? []),
      ...(reach?.chat ? [`chat ${reach.chat}`] : []),
      ...(time ? [`${time} there`] : []),
    ].join(', '),
  ];
}

const HEAD = ['PERSON', '', 'EVIDENCE', 'REACH'];

function table(rows: readonly string[][]): string[] {
  if (rows.length === 0) {
    return [];
  }
  const all = [HEAD, ...rows];
  const wide = HEAD.map((_, column) =>
    Math.max(...all.map(row => row[column].length)),
  );
  return all.map(row =>
    `  ${row
      .map((cell, column) => cell.padEnd(wide[column]))
      .filter((_, column) => wide[column] > 0)
      .join('  ')}`.trimEnd(),
  );
}
