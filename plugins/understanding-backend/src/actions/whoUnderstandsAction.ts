import { AuditorService } from '@backstage/backend-plugin-api';
import { whoUnderstandsQuerySchema } from '@understanding-dev/backstage-plugin-understanding-common';
import type { LookupService } from '../features/lookup/LookupService';
import { withAudit } from '../http/audit';
import { parse } from '../http/parse';
import type { Access } from '../permissions/Access';
import { ActionsRegistry, reading } from './reading';
import { userText } from './userText';
import { toKnown, toNobody, toOnCall, toPerson } from './userWritten';

/** Who understands what a question names. */
export function registerWhoUnderstands(options: {
  registry: ActionsRegistry;
  auditor: AuditorService;
  access: Access;
  lookup: LookupService;
}): void {
  const { registry, auditor, access, lookup } = options;
  registry.register({
    name: 'who-understands',
    title: 'Who understands this?',
    ...reading(
      'Answers who understands an entity of the catalog, and how that is known: people with dated kinds of evidence, in the order in which one would ask them. Ask with an entity reference or name, a path of a repository, a link to a file or pull request, or words. Where nothing is found and stillReading is true, not all has been read yet. Every question is written to the audit log.',
    ),
    schema: {
      input: z =>
        z.object({
          query: z.string().describe('A reference, name, path, link, or words'),
        }),
      output: z =>
        z.object({
          answers: z.array(z.unknown()),
          truncated: z.boolean(),
          stillReading: z.boolean().optional(),
        }),
    },
    action: async ({ input, credentials }) => {
      const { query } = parse(whoUnderstandsQuerySchema, input);
      const { answers, truncated, stillReading } = await withAudit(
        {
          auditor,
          eventId: 'who-understands',
          meta: { query, by: access.callerOf(credentials) },
        },
        () => lookup.whoUnderstands(query, credentials),
      );
      return {
        output: {
          truncated,
          stillReading,
          answers: answers.map(answer => ({
            entityRef: answer.entityRef,
            title: userText(answer.title),
            example: answer.example,
            // What was asked stands in it, and paths of repositories.
            matchedBy: userText(answer.matchedBy),
            understoodBy: answer.understoodBy,
            people: answer.people?.map(toPerson),
            morePeople: answer.morePeople,
            part: answer.part && {
              path: userText(answer.part.path),
              people: answer.part.people?.map(toKnown),
              truncated: answer.part.truncated,
            },
            nobody: toNobody(answer.nobody),
            onCall: answer.onCall?.map(toOnCall),
            fallback: answer.fallback.map(one => ({
              ...one,
              message: userText(one.message),
            })),
          })),
        },
      };
    },
  });
}
