import { resolve } from 'node:path';
import type { Knowledge } from '../Knowledge';
import { readKnowledge } from '../readKnowledge';
import { isBelow } from '../files/paths';
import type { HistoryAnswer, KnowledgeRequest } from '../schemas';
import type { AnswerHead, PersonAnswer } from './answers';
import type { CommandContext } from './Command';
import { readIdentities } from './identities';
import { pathIn } from './location';
import { Progress } from './Progress';
import { Paint, dayOf, printable } from './text';
import { UsageError } from './UsageError';

/** A repository as a command asked for it. */
export interface Reading {
  readonly knowledge: Knowledge;
  /** What the identities file calls people, by id. */
  readonly names: ReadonlyMap<string, string>;
  /** How a person is called: `Name <address>`, and by the identities. */
  personOf(person: number): PersonAnswer;
}

/** Reads the repository of a command, as its options say. */
export async function readFor(context: CommandContext): Promise<Reading> {
  const { options, signal } = context;
  const { names, ...whoIsWho } = peopleFor(context);
  const request: KnowledgeRequest = {
    repository: context.location.repository,
    at: options.at,
    now: context.io.now.toISOString(),
    ...whoIsWho,
    include: [...(options.include ?? [])],
    exclude: [...(options.exclude ?? [])],
    renames: options.renames,
    halfLifeDays: options['half-life'],
    state: stateOf(context),
    limits: { seconds: options.timeout },
  };
  const knowledge = await withProgress(context, onProgress =>
    readKnowledge(request, { signal, onProgress }),
  );
  const { people } = knowledge.people;
  return {
    knowledge,
    names,
    personOf: number => {
      const { personId, name, emails } = people[number];
      const called = (personId && names.get(personId)) || name;
      return { person: nameAndAddress(called, emails), personId };
    },
  };
}

/** Who is who, as the options of a command say, with names by id. */
export function peopleFor({ options, io }: CommandContext) {
  const file =
    options.identities === undefined
      ? undefined
      : readIdentities(resolve(io.cwd, options.identities));
  return {
    identities: file && [...file.identities],
    bots: [...(options.bot ?? []), ...(file?.bots ?? [])],
    names: file?.names ?? new Map<string, string>(),
  };
}

/** The file that keeps what was read. */
export function stateOf({ options, io }: CommandContext): string | undefined {
  return options.state && resolve(io.cwd, options.state);
}

/** Shows how far a reading is, where somebody sees it. */
export async function withProgress<T>(
  { io }: CommandContext,
  read: (onProgress: (done: { commits: number }) => void) => Promise<T>,
): Promise<T> {
  const progress = new Progress(io);
  try {
    return await read(({ commits }) => progress.tell(commits));
  } finally {
    progress.erase();
  }
}

/** Somebody, by an address that says more than that of a host where there is one. */
export function nameAndAddress(
  name: string,
  emails: readonly string[],
): string {
  const sorted = [...emails].sort();
  const address =
    sorted.find(email => !email.endsWith('@users.noreply.github.com')) ??
    sorted[0];
  return address ? `${name} <${address}>` : name;
}

/** What every answer begins with. */
export function headOf({
  repository,
  head,
  problems,
}: {
  repository: string;
  head: { head: string; headAt: string };
  problems: HistoryAnswer['problems'];
}): AnswerHead {
  return {
    schemaVersion: 1,
    repository,
    at: head.head,
    date: head.headAt,
    problems: [...problems],
  };
}

/** The same for people. */
export function headLines(head: AnswerHead, paint: Paint): string[] {
  return [
    `${paint('bold', printable(head.repository))} at ${head.at.slice(
      0,
      10,
    )} of ${dayOf(head.date)}`,
    ...head.problems.map(problem =>
      paint('yellow', printable(`note: ${problem.message}`)),
    ),
  ];
}

/**
 * The paths of a command, from the top of the repository; all of it without any.
 *
 * @throws UsageError for what is not there; it names where it went
 */
export function pathsOf(
  { operands, location }: CommandContext,
  at: { head: string; paths: readonly string[] },
  currentPath: (path: string) => string | undefined = () => undefined,
): string[] {
  const paths = operands.map(given => {
    const path = pathIn(location, given);
    if (path !== '' && !at.paths.some(file => isBelow(file, path))) {
      const moved = currentPath(path);
      throw new UsageError(
        `There is no file at or below "${path}" at ${at.head.slice(0, 10)}: ${
          moved === undefined
            ? 'correct the path, or name a commit where it is with --at'
            : `it was moved to "${moved}", ask about that`
        }`,
      );
    }
    return path;
  });
  return paths.length === 0 ? [''] : paths;
}

/** The same where it is known where files went. */
export function pathsIn(context: CommandContext, knowledge: Knowledge) {
  const { snapshot, paths, histories } = knowledge;
  return pathsOf(context, { head: snapshot.head.head, paths }, path =>
    histories.currentPath(path),
  );
}

/** A path as it is told; the root is a dot. */
export function told(path: string): string {
  return path === '' ? '.' : path;
}
