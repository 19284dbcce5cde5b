import { AuditorService } from '@backstage/backend-plugin-api';
import { entityRefSchema } from '@understanding-dev/backstage-plugin-understanding-common';
import type { EntityService } from '../features/entities/EntityService';
import { withAudit } from '../http/audit';
import { parse } from '../http/parse';
import type { Access } from '../permissions/Access';
import { ActionsRegistry, reading } from './reading';
import { userText } from './userText';
import { toFlag, toNobody, toOnCall, toPerson } from './userWritten';

/** What is understood of one entity. */
export function registerEntityUnderstanding(options: {
  registry: ActionsRegistry;
  auditor: AuditorService;
  access: Access;
  entities: EntityService;
}): void {
  const { registry, auditor, access, entities } = options;
  registry.register({
    name: 'entity-understanding',
    title: 'What is understood of an entity',
    ...reading(
      'Tells of one entity of the catalog how many active people understand it and who, who is on call, the state of its documents, its dependencies with the answers for the ways they can fail, and its open flags with repairs.',
    ),
    schema: {
      input: z =>
        z.object({
          entityRef: z
            .string()
            .describe('A full reference, such as component:default/ledger'),
        }),
      output: z => z.object({ entityRef: z.string() }).passthrough(),
    },
    action: async ({ input, credentials }) => {
      const entityRef = parse(entityRefSchema, input.entityRef);
      const known = await withAudit(
        {
          auditor,
          eventId: 'entity-understanding',
          meta: { entityRef, by: access.callerOf(credentials) },
        },
        () => entities.get(entityRef, credentials),
      );
      const { summary } = known;
      return {
        output: {
          entityRef,
          title: userText(summary.title),
          ownerRef: summary.ownerRef,
          example: summary.example,
          understoodBy: summary.understoodBy,
          understoodByMinimum: summary.understoodByMinimum,
          unknownReason:
            summary.unknownReason && userText(summary.unknownReason),
          people: known.people?.map(toPerson),
          morePeople: known.morePeople,
          nobody: toNobody(known.nobody),
          onCall: known.onCall?.map(toOnCall),
          documents: known.documents.map(document => ({
            path: userText(document.path),
            state: document.state,
          })),
          edges: known.edges.map(
            ({ type, targetRef, criticality, conditions }) => ({
              type,
              targetRef,
              criticality,
              conditions,
            }),
          ),
          hiddenEdges: known.hiddenEdges,
          flags: known.flags.map(toFlag),
        },
      };
    },
  });
}
