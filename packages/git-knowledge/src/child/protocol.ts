import { z } from 'zod';
import { GitKnowledgeError, GitKnowledgeErrorCode } from '../GitKnowledgeError';
import { historyAnswerSchema } from '../schemas';

const ERROR_CODES = [
  'aborted',
  'empty',
  'failed',
  'git-missing',
  'not-a-repository',
  'not-a-state',
  'not-found',
  'timeout',
  'too-large',
  'unknown-ref',
] as const satisfies readonly GitKnowledgeErrorCode[];

/** The single line that a child prints. */
export const childReplySchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('answer'), answer: historyAnswerSchema }),
  z.object({
    type: z.literal('error'),
    code: z.enum(ERROR_CODES),
    message: z.string(),
  }),
]);
export type ChildReply = z.infer<typeof childReplySchema>;

/** @param memoryMb - the limit, in MiB */
export function outOfMemory(memoryMb: number): GitKnowledgeError {
  return new GitKnowledgeError(
    'too-large',
    `The history needs more than ${memoryMb} MiB of memory: raise the limit.`,
  );
}
