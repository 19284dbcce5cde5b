import {
  FailureModeContent,
  FailureModeFile,
  FailureModeFileState,
  failureModeFileSchema,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { LineCounter, isNode, parseDocument, stringify } from 'yaml';

/** The name of the file, in each source path of an entity. */
export const FILE_NAME = 'failure-modes.yaml';

/** Aliases a document may resolve; a few hundred lines can otherwise become millions. */
const MAX_ALIASES = 50;

type Problem = NonNullable<FailureModeFileState['problem']>;

/**
 * Reads the text of a `failure-modes.yaml`.
 *
 * @returns what it says, or the first place that is wrong, with its line and field
 */
export function parseFailureModeFile(
  text: string,
): { content: FailureModeFile } | { problem: Problem } {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, prettyErrors: false });
  const lineOf = (offset: number) => lineCounter.linePos(offset).line;
  const [error] = document.errors;
  if (error) {
    return { problem: { message: error.message, line: lineOf(error.pos[0]) } };
  }
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: MAX_ALIASES });
  } catch {
    return {
      problem: { message: `It uses more than ${MAX_ALIASES} aliases.` },
    };
  }
  const parsed = failureModeFileSchema.safeParse(value);
  if (parsed.success) {
    return { content: parsed.data };
  }
  const [issue] = parsed.error.issues;
  // Of a field that is missing, the closest thing around it that is there.
  for (let depth = issue.path.length; depth >= 0; depth -= 1) {
    const node = document.getIn(issue.path.slice(0, depth), true);
    if (isNode(node) && node.range) {
      return {
        problem: {
          message: issue.message,
          line: lineOf(node.range[0]),
          field: issue.path.join('.') || undefined,
        },
      };
    }
  }
  return {
    problem: {
      message: issue.message,
      line: 1,
      field: issue.path.join('.') || undefined,
    },
  };
}

/** Writes failure modes as a file that {@link parseFailureModeFile} reads back. */
export function writeFailureModeFile(
  modes: ReadonlyArray<{ fileKey?: string; content: FailureModeContent }>,
): string {
  const used = new Set(modes.flatMap(one => one.fileKey ?? []));
  const keyOf = (title: string) => {
    const words = title
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .slice(0, 50)
      .replace(/^-+|-+$/g, '');
    const base = words || 'failure-mode';
    let key = base;
    for (let number = 2; used.has(key); number += 1) {
      key = `${base}-${number}`;
    }
    used.add(key);
    return key;
  };
  const file: FailureModeFile = {
    version: 1,
    failureModes: modes.map(({ fileKey, content }) => {
      const { entityRef: _, ...rest } = content;
      return { id: fileKey ?? keyOf(content.title), ...rest };
    }),
  };
  return stringify(file, { lineWidth: 88 });
}
