import {
  graphQuerySchema,
  graphResponseSchema,
  outageResponseSchema,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { component } from '../../__testUtils__/catalog';
import { Installation, READER } from '../../__testUtils__/Installation';
import { MigratedDatabases } from '../../__testUtils__/MigratedDatabases';

jest.setTimeout(120_000);

const ref = (name: string) => `component:default/${name}`;

describe('simulations', () => {
  const databases = MigratedDatabases.create({
    ids: ['SQLITE_3', 'POSTGRES_18'],
  });

  describe.each(databases.eachSupportedId())('on %s', id => {
    let installation: Installation;

    beforeEach(async () => {
      installation = Installation.create(await databases.init(id));
    });

    afterEach(() => installation.dispose());

    /** A service that depends on others; on those in capitals, HARD. */
    const service = (name: string, ...targets: string[]) =>
      component(name, {
        dependsOn: targets.map(one => ref(one.toLowerCase())),
        annotations: {
          'understanding.dev/plane': 'data',
          'understanding.dev/hard-dependencies': [
            'component:default/none',
            ...targets
              .filter(one => one === one.toUpperCase())
              .map(one => ref(one.toLowerCase())),
          ].join(','),
        },
      });

    const outage = async (name: string) =>
      outageResponseSchema.parse(
        await installation
          .ledger()
          .simulations.outage(
            { entityRef: ref(name), condition: 'down' },
            READER,
          ),
      );

    const graph = async (query: Record<string, string>) =>
      graphResponseSchema.parse(
        await installation
          .ledger()
          .simulations.graph(graphQuerySchema.parse(query), READER),
      );

    it('find who is hit, and the first edge that nobody answered', async () => {
      await installation.catalogHolds(
        service('db'),
        service('ledger', 'DB'),
        service('payouts', 'LEDGER'),
        service('shop', 'payouts'),
        service('loop', 'LOOP', 'SHOP'),
        service('aside'),
      );
      await installation.ledger().failureModes.create(
        {
          entityRef: ref('ledger'),
          edge: { type: 'dependsOn', targetRef: ref('db') },
          condition: 'down',
          plane: 'data',
          title: 'No database',
          cause: 'x',
          localEffect: 'x',
          endEffect: 'x',
          observations: {
            dataLossOrCorruption: false,
            customerVisible: false,
            happenedWithinYear: false,
            needsTwoFaults: false,
          },
        },
        READER,
      );
      await installation.settle();
      const { affected, ...rest } = await outage('db');
      expect(rest).toEqual({
        truncated: false,
        total: { hard: 2, soft: 2 },
        hidden: 0,
      });
      expect(
        affected.map(
          ({ title, via, distance, unansweredEdges }) =>
            `${title} ${via} ${distance} ${unansweredEdges[0]?.sourceRef}`,
        ),
      ).toEqual([
        'ledger HARD 1 undefined',
        `payouts HARD 2 ${ref('payouts')}`,
        `shop SOFT 3 ${ref('payouts')}`,
        `loop SOFT 4 ${ref('payouts')}`,
      ]);
      expect(affected[0].steps[0].state).toBe('described');
      expect((await outage('aside')).affected).toEqual([]);
      await expect(outage('nowhere')).rejects.toThrow(/Nothing is known/);

      // Who leaves the catalog is hit no longer.
      await installation.catalogHolds(
        service('db'),
        service('ledger', 'DB'),
        service('shop', 'payouts'),
      );
      expect((await outage('db')).affected).toHaveLength(1);
    });

    it('draw what is around an entity, step by step', async () => {
      await installation.catalogHolds(
        service('db'),
        service('ledger', 'DB'),
        service('payouts', 'LEDGER'),
        service('shop', 'payouts', 'gone'),
      );
      const names = async (query: Record<string, string>) => {
        const { nodes } = await graph({ root: ref('payouts'), ...query });
        return nodes.map(
          ({ entityRef, distance }) => `${entityRef.split('/')[1]} ${distance}`,
        );
      };
      await expect(names({ depth: '1' })).resolves.toEqual([
        'payouts 0',
        'ledger 1',
        'shop 1',
      ]);
      await expect(
        names({ depth: '3', direction: 'dependencies' }),
      ).resolves.toEqual(['payouts 0', 'ledger 1', 'db 2']);
      await expect(names({ direction: 'dependants' })).resolves.toEqual([
        'payouts 0',
        'shop 1',
      ]);
      const { edges, leftOut, nodes } = await graph({ root: ref('payouts') });
      expect(edges).toContainEqual({
        sourceRef: ref('ledger'),
        type: 'dependsOn',
        targetRef: ref('db'),
        criticality: 'HARD',
        required: 3,
        answered: 0,
      });
      expect(leftOut).toEqual({ nodes: 0, hidden: 0 });
      expect(nodes[0]).toMatchObject({
        title: 'payouts',
        plane: 'data',
        coverage: expect.objectContaining({ answered: expect.any(Number) }),
      });
    });

    it('say how much they leave out of a picture that is too large', async () => {
      await installation.catalogHolds(
        service('db'),
        ...Array.from({ length: 520 }, (_, index) =>
          service(`s${index}`, 'DB'),
        ),
      );
      const { nodes, edges, leftOut } = await graph({ root: ref('db') });
      expect(nodes).toHaveLength(500);
      expect(edges).toHaveLength(499);
      expect(leftOut).toEqual({ nodes: 21, hidden: 0 });
      expect((await outage('db')).total).toEqual({ hard: 520, soft: 0 });
    });

    it('find circles, single points of failure and hot spots', async () => {
      await installation.catalogHolds(
        service('a', 'B'),
        service('b', 'c'),
        service('c', 'a', 'HUB'),
        service('hub'),
        service('d', 'hub'),
      );
      await expect(
        installation.ledger().simulations.structure(READER),
      ).resolves.toEqual({
        entities: 5,
        edges: 5,
        cycles: [[ref('a'), ref('b'), ref('c')]],
        singlePoints: [ref('c'), ref('hub')],
        hotSpots: [{ entityRef: ref('hub'), dependants: 2 }],
        truncated: false,
      });
    });
  });
});
