import { readFileSync } from 'node:fs';
import { LineCounter, isMap, isScalar, isSeq, parseDocument } from 'yaml';
import { z } from 'zod';
import type { KnowledgeRequest } from '../schemas';
import { UsageError } from './UsageError';

/**
 * A file that says who is who.
 * @public
 */
const identitiesFileSchema = z.strictObject({
  people: z
    .array(
      z.strictObject({
        id: z.string().min(1),
        /** How they are called; by default as in their newest commit. */
        name: z.string().min(1).optional(),
        emails: z.array(z.string().min(1)).default([]),
        active: z.boolean().default(true),
      }),
    )
    .default([]),
  /** Addresses whose changes are nobody's. */
  bots: z.array(z.string().min(1)).default([]),
});

/** What an identities file says, as the library takes it. */
export interface Identities {
  readonly identities: NonNullable<KnowledgeRequest['identities']>;
  readonly bots: readonly string[];
  /** Names by id. */
  readonly names: ReadonlyMap<string, string>;
}

/**
 * Reads an identities file, YAML or JSON.
 *
 * @throws UsageError with the place of the mistake
 */
export function readIdentities(path: string): Identities {
  const lines = new LineCounter();
  const document = parseDocument(textOf(path), { lineCounter: lines });
  const wrong = (offset: number | undefined, what: string) => {
    const { line, col } = lines.linePos(offset ?? 0);
    return new UsageError(
      `${path}:${Math.max(1, line)}:${Math.max(1, col)}: ${what}`,
    );
  };
  const [error] = document.errors;
  if (error) {
    throw wrong(error.pos[0], error.message.split(/ at line |\n/)[0]);
  }
  const offsetOf = (place: readonly PropertyKey[]): number | undefined => {
    for (let depth = place.length; depth >= 0; depth -= 1) {
      const node =
        depth === 0
          ? document.contents
          : document.getIn(place.slice(0, depth), true);
      if ((isScalar(node) || isMap(node) || isSeq(node)) && node.range) {
        return node.range[0];
      }
    }
    return undefined;
  };
  let content: unknown;
  try {
    content = document.toJS() ?? {};
  } catch (tooManyAliases) {
    throw wrong(0, (tooManyAliases as Error).message);
  }
  const parsed = identitiesFileSchema.safeParse(content);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const place = issue.path.map(String).join('.');
    throw wrong(
      offsetOf(issue.path),
      `${place === '' ? '' : `${place}: `}${issue.message}`,
    );
  }
  const { people, bots } = parsed.data;
  const owners = new Map<string, string>();
  const ids = new Set<string>();
  people.forEach(({ id, emails }, index) => {
    if (ids.has(id)) {
      throw wrong(
        offsetOf(['people', index, 'id']),
        `"${id}" stands there twice: join the entries`,
      );
    }
    ids.add(id);
    emails.forEach((email, place) => {
      const address = email.trim().toLowerCase();
      const owner = owners.get(address);
      if (owner !== undefined && owner !== id) {
        throw wrong(
          offsetOf(['people', index, 'emails', place]),
          `"${email}" belongs to ${owner} already: leave it with one of them`,
        );
      }
      owners.set(address, id);
    });
  });
  return {
    identities: people.flatMap(({ id, emails, active }) =>
      emails.map(email => ({ email, personId: id, active })),
    ),
    bots,
    names: new Map(
      people.flatMap(({ id, name }) => (name ? [[id, name] as const] : [])),
    ),
  };
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new UsageError(
      `The identities file ${path} cannot be read (${
        (error as NodeJS.ErrnoException).code
      }): correct the location`,
    );
  }
}
