import { readDocuments } from '../../documents/readDocuments';
import { matcherOf } from '../../files/globs';
import { PROSE } from '../../files/prose';
import type { DocsAnswer } from '../answers';
import type { Answer, CommandContext } from '../Command';
import { pathIn } from '../location';
import { headLines, headOf, readFor } from '../reading';
import { Paint, dayOf, printable, several, table } from '../text';

const USUAL = ['**/readme.md', '**/docs/**/*.md'];

export async function run(context: CommandContext): Promise<Answer> {
  const { operands, location, signal } = context;
  const { knowledge } = await readFor(context);
  const { snapshot } = knowledge;
  const isNamed = matcherOf(operands.map(glob => pathIn(location, glob)));
  const isUsual = matcherOf(USUAL);
  const isDocument =
    operands.length > 0
      ? isNamed
      : (path: string) =>
          isUsual(path.toLowerCase()) && snapshot.kindOf(path) !== 'left-out';
  const {
    documents: [documents],
    problems,
  } = await readDocuments(
    knowledge,
    [
      {
        paths: [''],
        contains: () => true,
        documents: knowledge.paths.filter(
          path => PROSE.test(path) && isDocument(path),
        ),
      },
    ],
    { signal },
  );
  const head = headOf(snapshot);
  const json: DocsAnswer = {
    ...head,
    problems: [...head.problems, ...problems],
    documents,
  };
  return { json, lines: paint => linesOf(json, paint, context.io.columns) };
}

function linesOf(answer: DocsAnswer, paint: Paint, columns?: number): string[] {
  const { documents } = answer;
  const broken = documents.flatMap(document =>
    document.brokenCitations.map(one =>
      printable(
        `${document.path}:${one.line} cites ${one.citation}, gone since ${dayOf(
          one.removedAt,
        )}${one.movedTo === undefined ? '' : ` (now ${one.movedTo})`}`,
      ),
    ),
  );
  return [
    ...headLines(answer, paint),
    several(documents.length, 'document'),
    ...(documents.length === 0
      ? []
      : [
          '',
          ...table(
            [
              'document',
              'content of',
              'commits since',
              'significant',
              'files touched',
              'broken citations',
            ],
            documents.map(one => [
              one.path,
              dayOf(one.contentChangedAt),
              one.commitsSince,
              one.changesSince,
              `${one.filesTouchedSince} of ${one.territoryFiles}`,
              one.brokenCitations.length,
            ]),
            { paint, columns },
          ),
        ]),
    ...(broken.length === 0 ? [] : ['', ...broken]),
  ];
}
