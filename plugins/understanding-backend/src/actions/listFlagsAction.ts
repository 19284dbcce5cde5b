import { listFlagsQuerySchema } from '@understanding-dev/backstage-plugin-understanding-common';
import type { FlagService } from '../features/flags/FlagService';
import { parse } from '../http/parse';
import { ActionsRegistry, reading } from './reading';
import { toFlag } from './userWritten';

/** What is flagged. */
export function registerListFlags(options: {
  registry: ActionsRegistry;
  flags: FlagService;
}): void {
  const { registry, flags } = options;
  registry.register({
    name: 'list-flags',
    title: 'List open flags',
    ...reading(
      'Lists what is flagged on entities of the catalog, newest first: rule, severity, reasons and the cheapest repair.',
    ),
    schema: {
      input: z =>
        z.object({
          owner: z.string().optional().describe('The reference of a team'),
          entity: z.string().optional().describe('The reference of an entity'),
          rule: z.string().optional().describe('Such as thin-understanding'),
          limit: z.number().optional().describe('At most 200; 50 otherwise'),
          cursor: z
            .string()
            .optional()
            .describe('nextCursor of the page before'),
        }),
      output: z =>
        z.object({
          items: z.array(z.unknown()),
          totalItems: z.number(),
          nextCursor: z.string().optional(),
        }),
    },
    action: async ({ input, credentials }) => {
      const page = await flags.list(
        parse(listFlagsQuerySchema, input),
        credentials,
      );
      return {
        output: { ...page, items: page.items.map(toFlag) },
      };
    },
  });
}
