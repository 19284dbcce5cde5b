import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { runChild } from '../child/child';
import { GitKnowledgeError } from '../GitKnowledgeError';
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
 */
export async function runCli(
  args: readonly string[],
  io: { write(text: string): void; fail(text: string): void; now: Date },
): Promise<number> {
  if (args[0] === 'child') {
    await runChild();
    return 0;
  }
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(args);
  } catch (error) {
    io.fail(`git-knowledge: ${(error as Error).message}\n\n${HELP}`);
    return 2;
  }
  const { values, positionals } = parsed;
  if (values.help) {
    io.write(HELP);
    return 0;
  }
  const [command, repository] = positionals;
  if (command !== 'read' || !repository || positionals.length > 2) {
    io.fail(HELP);
    return 2;
  }
  const paths = values.path ?? [''];
  try {
    const answer = await readHistory({
      repository: resolve(repository),
      ref: values.ref,
      now: io.now.toISOString(),
      territories: paths.map(path => ({
        id: path || '.',
        paths: [path],
        documents:
          values.docs ??
          ['README.md', 'docs/**/*.md'].map(glob =>
            path ? `${path.replace(/\/+$/, '')}/${glob}` : glob,
          ),
      })),
    });
    io.write(values.json ? `${JSON.stringify(answer, null, 2)}\n` : table(answer));
    return 0;
  } catch (error) {
    if (error instanceof GitKnowledgeError) {
      io.fail(`git-knowledge: ${error.message}\n`);
      return 1;
    }
    throw error;
  }
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
    `${answer.commits} commits up to ${answer.head.slice(0, 10)}`,
    ...answer.problems.map(problem => `note: ${problem.message}`),
  ];
  for (const territory of answer.territories) {
    const { allTime } = territory.absenceFactor;
    lines.push(
      '',
      `${territory.id}: ${territory.files} source files`,
      `  contributor absence factor ${allTime.factor} (${Math.round(
        100 * allTime.coverageAtStop,
      )} % of the files still have an author then)`,
      ...territory.people.map(
        person =>
          `  ${person.name}: author of ${person.authoredFiles} files, knows ${
            person.knownFiles
          }, last change ${person.latestAt.slice(0, 10)}`,
      ),
      ...territory.documents.flatMap(document => [
        `  ${document.path}: content of ${document.contentChangedAt.slice(
          0,
          10,
        )}, ${document.changesSince} significant changes since in ${
          document.filesTouchedSince
        } of ${document.territoryFiles} files`,
        ...document.brokenCitations.map(
          broken =>
            `    line ${broken.line} cites ${
              broken.citation
            }, gone since ${broken.removedAt.slice(0, 10)}${
              broken.movedTo ? ` (now ${broken.movedTo})` : ''
            }`,
        ),
      ]),
    );
  }
  return `${lines.join('\n')}\n`;
}
