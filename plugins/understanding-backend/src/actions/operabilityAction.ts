import { entityRefSchema } from '@understanding-dev/backstage-plugin-understanding-common';
import type { OperabilityService } from '../features/operability/OperabilityService';
import { parse } from '../http/parse';
import { ActionsRegistry, reading } from './reading';
import { toReason } from './userWritten';

/** Whether an entity is ready to be operated. */
export function registerOperability(options: {
  registry: ActionsRegistry;
  operability: OperabilityService;
}): void {
  const { registry, operability } = options;
  registry.register({
    name: 'operability',
    title: 'Is it ready to be operated?',
    ...reading(
      'Tells of one entity of the catalog whether it is ready to be operated, by rule: operable, not-operable with each reason and its cheapest repair, or unknown with what cannot be seen. Nobody is named.',
    ),
    schema: {
      input: z =>
        z.object({
          entityRef: z
            .string()
            .describe('A full reference, such as component:default/ledger'),
        }),
      output: z =>
        z.object({
          entityRef: z.string(),
          state: z.enum(['operable', 'not-operable', 'unknown']),
          reasons: z.array(z.unknown()),
          unseen: z.array(z.string()),
          computedAt: z.string(),
        }),
    },
    action: async ({ input, credentials }) => {
      const entityRef = parse(entityRefSchema, input.entityRef);
      const { reasons, ...rest } = await operability.get(
        entityRef,
        credentials,
      );
      return {
        output: { ...rest, reasons: reasons.map(toReason) },
      };
    },
  });
}
