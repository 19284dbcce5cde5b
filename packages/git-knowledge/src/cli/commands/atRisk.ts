import { AtRisk, atRisk } from '../../authorship/atRisk';
import type { AtRiskAnswer } from '../answers';
import type { Answer, CommandContext } from '../Command';
import { headLines, headOf, pathsIn, readFor, told } from '../reading';
import { Paint, several, table } from '../text';
import { outermost } from './outermost';

export async function run(context: CommandContext): Promise<Answer> {
  const { knowledge, personOf } = await readFor(context);
  const paths = pathsIn(context, knowledge);
  const sources = knowledge.sourcesBelow(paths);
  const { files, directories } = atRisk(
    new Map(
      Array.from(sources, file => [
        knowledge.paths[file],
        knowledge.presentOf(file),
      ]),
    ),
  );
  const describe = (one: AtRisk) => ({
    path: told(one.path),
    files: one.files,
    authors: one.author === undefined ? [] : [personOf(one.author)],
  });
  const json: AtRiskAnswer = {
    ...headOf(knowledge.snapshot),
    paths: paths.map(told),
    countedFiles: sources.length,
    files: files.map(describe),
    directories: directories.map(describe),
  };
  return { json, lines: paint => linesOf(json, paint, context.io.columns) };
}

function linesOf(
  answer: AtRiskAnswer,
  paint: Paint,
  columns?: number,
): string[] {
  const { files, directories, countedFiles } = answer;
  const none = files.filter(one => one.authors.length === 0).length;
  return [
    ...headLines(answer, paint),
    `of ${several(countedFiles, 'file')} that count, ${
      files.length - none
    } have one active author and ${none} none`,
    ...(files.length === 0
      ? []
      : [
          '',
          ...table(
            ['file or directory', 'files', 'active author'],
            outermost(directories, files).map(one => [
              one.path,
              one.files,
              one.authors[0]?.person ?? 'nobody',
            ]),
            { paint, columns },
          ),
        ]),
  ];
}
