import { InputError } from '@backstage/errors';
import { LineCounter, parseAllDocuments } from 'yaml';

/** Aliases a document may resolve; a few hundred lines can otherwise become millions. */
const MAX_ALIASES = 50;

/**
 * Reads the documents of a catalog file.
 *
 * @throws InputError naming the line that cannot be read
 */
export function catalogDocuments(path: string, text: string): unknown[] {
  const lineCounter = new LineCounter();
  const documents = parseAllDocuments(text, {
    lineCounter,
    prettyErrors: false,
  });
  // Of an empty file, there is no array to go through.
  return [...documents].map(document => {
    const [error] = document.errors;
    if (error) {
      const { line } = lineCounter.linePos(error.pos[0]);
      throw new InputError(`${path}, line ${line}: ${error.message}`);
    }
    try {
      return document.toJS({ maxAliasCount: MAX_ALIASES });
    } catch {
      throw new InputError(`${path} uses more than ${MAX_ALIASES} aliases`);
    }
  });
}
