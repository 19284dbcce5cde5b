import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { runChild } from '../child/child';
import { GitKnowledgeError } from '../GitKnowledgeError';
import { normalisePath } from '../files/paths';
import { readHistory } from '../readHistory';
import { HistoryAnswer } from '../schemas';

const HELP = `Usage: git-knowledge read <repository> [options]

Tells who knows the files of a git repository, and which documents fell behind.

Options:
  --path <path>   a folder or file to look at; may be given several times
  --docs <glob>   documents to look at; may be given several times
                  (README.md and docs/**/*.md of each path by default)
  --ref <ref>     branch, tag or commit (HEAD by default)
  --json          the whole answer as JSON
  --help          this text
`;

/**
 * The command line.
 *
 * @param args - without the names of node and of the program
 * @returns the exit code: 0, 1 when a history cannot be read, 2 when the call is wrong
 * @public
 */
export async function runCli(
  args: readonly string[],
  io: { write(text: string): void; fail(text: string): void; now: Date },
): Promise<number> {
  if (args[0] === 'child') {
    await runChild();
    return 0;
  }
  const fail = (code: number, message: string) => {
    io.fail(`git-knowledge: ${printable(message)}\n`);
    return code;
  };
  const wrong = (message: string) =>
    fail(2, `${message}; see git-knowledge --help`);

  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(args);
  } catch (error) {
    // What follows the first sentence is advice on quoting.
    return wrong((error as Error).message.split(/\.\s/)[0]);
  }
  const { values, positionals } = parsed;
  if (values.help) {
    io.write(HELP);
    return 0;
  }
  const [command, repository, more] = positionals;
  if (command !== 'read') {
    return wrong(
      command ? `There is no command "${command}"` : 'The command is missing',
    );
  }
  if (!repository) {
    return wrong('The repository is missing');
  }
  if (more !== undefined) {
    return wrong(`"${more}" is one repository too many`);
  }
  try {
    const answer = await readHistory({
      repository: resolve(repository),
      ref: values.ref,
      now: io.now.toISOString(),
      territories: (values.path ?? ['']).map(path => ({
        id: path || '.',
        paths: [path],
        documents: values.docs ?? defaultDocuments(path),
      })),
    });
    const missing = values.path && emptyTerritory(answer);
    if (missing !== undefined) {
      return fail(
        1,
        `There is no file at or below "${missing}" in ${repository}.`,
      );
    }
    io.write(
      values.json ? `${JSON.stringify(answer, null, 2)}\n` : table(answer),
    );
    return 0;
  } catch (error) {
    if (error instanceof GitKnowledgeError) {
      return fail(1, error.message);
    }
    throw error;
  }
}

function defaultDocuments(path: string): string[] {
  const folder = normalisePath(path);
  const prefix = folder && `${folder}/`;
  return [`${prefix}README.md`, `${prefix}docs/**/*.md`];
}

function emptyTerritory(answer: HistoryAnswer): string | undefined {
  return answer.territories.find(one => one.paths.length === 0)?.id;
}

function parse(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      path: { type: 'string', multiple: true },
      docs: { type: 'string', multiple: true },
      ref: { type: 'string' },
      json: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  });
}

function table(answer: HistoryAnswer): string {
  const lines = [
    `${several(answer.commits, 'commit')} up to ${answer.head.slice(0, 10)}`,
    ...answer.problems.map(problem => `note: ${problem.message}`),
  ];
  for (const territory of answer.territories) {
    const { allTime } = territory.absenceFactor;
    lines.push(
      '',
      `${territory.id}: ${several(territory.files, 'source file')}`,
      `  contributor absence factor ${allTime.factor} (${Math.round(
        100 * allTime.coverageAtStop,
      )} % of the files still have an author then)`,
      ...territory.people.map(
        person =>
          `  ${person.name}: author of ${several(
            person.authoredFiles,
            'file',
          )}, knows ${person.knownFiles}, last change ${dayOf(
            person.latestAt,
          )}`,
      ),
      ...territory.documents.flatMap(document => [
        `  ${document.path}: content of ${dayOf(
          document.contentChangedAt,
        )}, ${several(document.changesSince, 'significant change')} since in ${
          document.filesTouchedSince
        } of ${several(document.territoryFiles, 'file')}`,
        ...document.brokenCitations.map(
          broken =>
            `    line ${broken.line} cites ${
              broken.citation
            }, gone since ${dayOf(broken.removedAt)}${
              broken.movedTo ? ` (now ${broken.movedTo})` : ''
            }`,
        ),
      ]),
    );
  }
  return lines.map(line => `${printable(line)}\n`).join('');
}

function several(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

function dayOf(instant: string): string {
  return instant.slice(0, 10);
}

/** Without what would steer the terminal: names and paths are anybody's. */
function printable(line: string): string {
  return line.replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, '\ufffd');
}
