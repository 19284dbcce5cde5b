import { Edge, ExplanationQuestion } from '../../schemas';
import { comparable } from './plainText';

/**
 * An edge of an affected entity, with what its two ends are called.
 * @public
 */
export type QuestionEdge = Pick<
  Edge,
  'sourceRef' | 'type' | 'targetRef' | 'criticality' | 'firstSeen'
> & { readonly sourceTitle: string; readonly targetTitle: string };

/**
 * What questions are made from.
 * @public
 */
export interface QuestionInput {
  /** Paths that the change touches. */
  readonly files: readonly string[];
  /** Edges that leave the affected entities. */
  readonly edges: readonly QuestionEdge[];
  /** When the change was proposed; edges that came since are new. */
  readonly changedAt?: string;
}

/** More questions than that are not read. */
const MAX_QUESTIONS = 12;

const CONDITIONS = [
  ['down', 'is down'],
  ['slow', 'is slow'],
  ['wrong-data', 'answers with wrong data'],
] as const;

const SCHEMA_FILE =
  /(^|\/)(migrations?|schema)\/|\.(sql|prisma|proto|avsc|xsd)$|(^|\/)schema\.[^/]+$/i;
const LIMIT_WORDS = new Set([
  'backoff',
  'limit',
  'limits',
  'pool',
  'quota',
  'quotas',
  'ratelimit',
  'retries',
  'retry',
  'throttle',
  'timeout',
  'timeouts',
]);

/**
 * What a reviewer could ask the author, by rule, each question with its reason: of each
 * dependency that is added, or named by a file that is touched, under each condition;
 * of data where a schema changes; of load where a limit does. An edge without which
 * the entity only degrades is left out unless it is new.
 * @public
 */
export function reviewerQuestions(input: QuestionInput): ExplanationQuestion[] {
  const { files, edges, changedAt } = input;
  const questions: ExplanationQuestion[] = [];
  for (const edge of edges) {
    const { sourceRef, type, targetRef, sourceTitle, targetTitle } = edge;
    const reason = reasonOf(edge, files, changedAt);
    if (reason) {
      for (const [, condition] of CONDITIONS) {
        questions.push({
          question: `What does ${sourceTitle} do when ${targetTitle} ${condition}?`,
          reason,
          edge: { sourceRef, type, targetRef },
        });
      }
    }
  }
  const schema = files.find(path => SCHEMA_FILE.test(path));
  if (schema) {
    questions.push({
      question:
        'What happens to the data that was written meanwhile when this is rolled back?',
      reason: `The change touches ${schema}, which looks like a schema or a migration.`,
      file: schema,
    });
  }
  const limit = files.find(path =>
    nameWords(path).some(word => LIMIT_WORDS.has(word)),
  );
  if (limit) {
    questions.push({
      question: 'What happens under a load that reaches this limit?',
      reason: `The change touches ${limit}, which looks like a limit or a timeout.`,
      file: limit,
    });
  }
  // Those of data and load are single ones, and are not to be crowded out.
  return questions.length <= MAX_QUESTIONS
    ? questions
    : [
        ...questions.filter(one => one.edge).slice(0, MAX_QUESTIONS - 2),
        ...questions.filter(one => !one.edge),
      ];
}

/**
 * Why a change is about a dependency: it is added with it, or a file that is touched
 * names it.
 *
 * @returns undefined where it is not, as far as anybody can tell
 * @public
 */
export function touchesEdge(
  edge: QuestionEdge,
  files: readonly string[],
  changedAt: string | undefined,
): string | undefined {
  return addsEdge(edge, changedAt) ?? namesEdge(edge, files);
}

function addsEdge(
  edge: QuestionEdge,
  changedAt: string | undefined,
): string | undefined {
  return changedAt !== undefined && edge.firstSeen > changedAt
    ? `${edge.sourceTitle} depends on ${edge.targetTitle} only since this change was proposed.`
    : undefined;
}

function namesEdge(
  edge: QuestionEdge,
  files: readonly string[],
): string | undefined {
  const [, name = ''] = /\/([^/]+)$/.exec(edge.targetRef) ?? [];
  const wanted = comparable(name);
  const file = files.find(path =>
    ` ${comparable(path.replace(/([a-z])([A-Z])/g, '$1 $2'))} `.includes(
      ` ${wanted} `,
    ),
  );
  return file && `The change touches ${file}, which names ${edge.targetTitle}.`;
}

/** An edge without which the entity only degrades is asked about where it is new. */
function reasonOf(
  edge: QuestionEdge,
  files: readonly string[],
  changedAt: string | undefined,
): string | undefined {
  return edge.criticality === 'SOFT'
    ? addsEdge(edge, changedAt)
    : touchesEdge(edge, files, changedAt);
}

/** Words of a file's name, also where they are written as one: `requestTimeout.ts`. */
function nameWords(path: string): string[] {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return comparable(name.replace(/([a-z])([A-Z])/g, '$1 $2')).split(' ');
}
