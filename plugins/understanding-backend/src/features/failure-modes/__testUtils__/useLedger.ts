import { TestDatabaseId, mockCredentials } from '@backstage/backend-test-utils';
import {
  FailureModeContent,
  listFailureModesQuerySchema,
  recordTestRequestSchema,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { component, group, user } from '../../../__testUtils__/catalog';
import { Installation, READER } from '../../../__testUtils__/Installation';
import { MigratedDatabases } from '../../../__testUtils__/MigratedDatabases';

/** A service with one dependency. */
export const LEDGER = 'component:default/ledger';
/** What it depends on. */
export const DATABASE = 'component:default/ledger-db';
export const ADA = mockCredentials.user('user:default/ada');

/** A failure mode of the dependency. */
export function content(
  overrides: Partial<FailureModeContent> = {},
): FailureModeContent {
  return {
    entityRef: LEDGER,
    edge: { type: 'dependsOn', targetRef: DATABASE },
    condition: 'down',
    plane: 'data',
    title: 'The database is gone',
    cause: 'A failover takes a minute.',
    localEffect: 'No posting is taken.',
    endEffect: 'Payouts wait.',
    observations: {
      dataLossOrCorruption: false,
      customerVisible: true,
      happenedWithinYear: false,
      needsTwoFaults: false,
    },
    ...overrides,
  };
}

/** An installation for each test, and what is asked of the failure modes there. */
export function useLedger(databases: MigratedDatabases, id: TestDatabaseId) {
  let installation: Installation;

  beforeEach(async () => {
    installation = Installation.create(await databases.init(id));
  });

  afterEach(() => installation.dispose());

  const modes = () => installation.ledger().failureModes;
  const answers = () => installation.ledger().answers;

  /** The ledger, which fails without its database, and two people who own it. */
  const catalogHoldsLedger = (annotations: Record<string, string> = {}) =>
    installation.catalogHolds(
      component('ledger', {
        owner: 'payments',
        annotations: {
          'understanding.dev/hard-dependencies': DATABASE,
          ...annotations,
        },
        dependsOn: [DATABASE],
      }),
      component('ledger-db', { owner: 'payments' }),
      group('payments', { members: ['ada', 'bo'] }),
      user('ada'),
      user('bo'),
    );

  /** The states of the conditions of its only edge. */
  async function states(): Promise<string[]> {
    await installation.settle();
    const { edges } = await installation.understanding(LEDGER);
    return edges[0].conditions.map(
      ({ condition, state }) => `${condition}: ${state}`,
    );
  }

  const listed = async () =>
    (
      await modes().list(
        listFailureModesQuerySchema.parse({ entity: LEDGER }),
        READER,
      )
    ).items;

  const testOf = (overrides: Record<string, unknown> = {}) =>
    recordTestRequestSchema.parse({
      kind: 'game-day',
      performedAt: installation.daysAgo(1),
      expected: 'Payouts wait, and none is lost.',
      actual: 'So it was.',
      result: 'as-expected',
      ...overrides,
    });

  return {
    get installation() {
      return installation;
    },
    modes,
    answers,
    catalogHoldsLedger,
    states,
    listed,
    testOf,
  };
}
