import { createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import { api, component, group, user } from '../../__testUtils__/catalog';
import { Installation, READER } from '../../__testUtils__/Installation';
import { MigratedDatabases } from '../../__testUtils__/MigratedDatabases';

jest.setTimeout(120_000);

const CART = 'component:default/cart';
const LEDGER = 'component:default/ledger';
const NOTIFIER = 'component:default/notifier';

/** What the catalog declares, what people say, and what traffic shows. */
describe('edges', () => {
  const databases = MigratedDatabases.create({
    ids: ['SQLITE_3', 'POSTGRES_18'],
  });

  describe.each(databases.eachSupportedId())('on %s', id => {
    let installation: Installation;

    beforeEach(async () => {
      installation = Installation.create(await databases.init(id));
    });

    afterEach(() => installation.dispose());

    const owners = [group('payments', { members: ['ada'] }), user('ada')];
    const service = (
      name: string,
      options: Parameters<typeof component>[1] = {},
    ) => component(name, { owner: 'payments', ...options });

    const edgesOf = async (entityRef: string) =>
      (await installation.ledger().edges.list(entityRef, READER)).items;

    /** Edges in short, as the prepared row has them. */
    const prepared = async (entityRef: string) =>
      (await installation.understanding(entityRef)).edges.map(
        edge =>
          `${edge.type} ${edge.targetRef} ${edge.criticality} ${edge.origin}`,
      );

    const calls = (...lines: Array<[string, string, number]>) =>
      lines
        .map(
          ([client, server, requests]) =>
            `traces_service_graph_request_total{client="${client}",server="${server}"} ${requests}`,
        )
        .join('\n');

    const post = async (...lines: Array<[string, string, number]>) => {
      const answer = await installation
        .ledger()
        .edges.observe(calls(...lines), READER);
      await installation.settle();
      return answer;
    };

    it('lead through an API to whoever provides it at present', async () => {
      const cart = service('cart', { consumesApis: ['api:default/pay'] });
      await installation.catalogHolds(
        ...owners,
        cart,
        api('pay'),
        service('ledger', { providesApis: ['api:default/pay'] }),
      );
      await expect(prepared(CART)).resolves.toEqual([
        `consumesApi ${LEDGER} UNCLASSIFIED declared`,
      ]);
      // Nothing of the cart itself changes here.
      await installation.catalogHolds(
        ...owners,
        cart,
        api('pay'),
        service('ledger'),
        service('wallet', { providesApis: ['api:default/pay'] }),
      );
      await expect(prepared(CART)).resolves.toEqual([
        'consumesApi component:default/wallet UNCLASSIFIED declared',
      ]);
      await installation.catalogHolds(...owners, cart, api('pay'));
      await expect(prepared(CART)).resolves.toEqual([
        'consumesApi api:default/pay UNCLASSIFIED declared',
      ]);
    });

    it('keep what people said of them while they are away', async () => {
      const cart = service('cart', { dependsOn: [LEDGER, CART] });
      await installation.catalogHolds(...owners, cart, service('ledger'));
      const classified = await installation.ledger().edges.classify(
        CART,
        0,
        {
          type: 'dependsOn',
          targetRef: LEDGER,
          criticality: 'SOFT',
          comment: 'Baskets wait in a queue.',
        },
        READER,
      );
      expect(classified).toMatchObject({
        targetTitle: 'ledger',
        criticality: 'SOFT',
        comment: 'Baskets wait in a queue.',
        classified: { by: 'user:default/reader' },
      });
      await installation.settle();
      await expect(prepared(CART)).resolves.toEqual([
        `dependsOn ${LEDGER} SOFT declared`,
      ]);
      const [{ firstSeen }] = await edgesOf(CART);

      await installation.catalogHolds(...owners, service('cart'));
      await expect(prepared(CART)).resolves.toEqual([]);
      await expect(
        installation
          .ledger()
          .edges.classify(
            CART,
            0,
            { type: 'dependsOn', targetRef: LEDGER, criticality: 'HARD' },
            READER,
          ),
      ).rejects.toThrow(/has no dependency on component:default\/ledger/);

      await installation.daysPass(3);
      await installation.catalogHolds(...owners, cart, service('ledger'));
      await expect(edgesOf(CART)).resolves.toMatchObject([
        {
          criticality: 'SOFT',
          comment: 'Baskets wait in a queue.',
          firstSeen,
        },
      ]);
    });

    it('say what the catalog does not know, without failing', async () => {
      await installation.catalogHolds(
        ...owners,
        service('cart', { dependsOn: ['component:default/gone'] }),
      );
      const [edge] = await edgesOf(CART);
      expect(edge).toMatchObject({ targetRef: 'component:default/gone' });
      expect(edge.targetTitle).toBeUndefined();
      await expect(edgesOf('component:default/gone')).rejects.toThrow(
        /Nothing is known/,
      );
    });

    it('are found by the calls that were seen, until these are long ago', async () => {
      await installation.catalogHolds(
        ...owners,
        service('cart', { dependsOn: [LEDGER] }),
        service('ledger'),
        service('notifier'),
      );
      await expect(
        post(
          ['cart', 'ledger', 5],
          ['Cart', 'notifier', 7],
          ['cart', 'cart', 1],
          ['cart', 'elsewhere', 1],
          ['user', 'cart', 9],
          ['ledger', 'notifier', 0],
        ),
      ).resolves.toEqual({
        pairs: 3,
        seen: 2,
        unknownServices: ['elsewhere', 'user'],
      });
      await expect(prepared(CART)).resolves.toEqual([
        `dependsOn ${LEDGER} UNCLASSIFIED both`,
        `dependsOn ${NOTIFIER} UNCLASSIFIED observed`,
      ]);
      await expect(installation.flags()).resolves.toEqual([
        `undeclared-dependency of ${CART}`,
      ]);
      const { flags } = await installation.understanding(CART);
      expect(flags[0].reasons).toEqual([
        {
          message: `It called ${NOTIFIER}, last seen on 2026-06-01`,
          entityRef: NOTIFIER,
        },
      ]);

      // The counter stands still, so that nobody called.
      await installation.daysPass(29);
      await expect(
        post(['cart', 'ledger', 6], ['cart', 'notifier', 7]),
      ).resolves.toMatchObject({ pairs: 2, seen: 1 });
      await installation.daysPass(2);
      await expect(installation.flags()).resolves.toEqual([]);
      await expect(prepared(CART)).resolves.toEqual([
        `dependsOn ${LEDGER} UNCLASSIFIED both`,
      ]);
    });

    it('are missed where no call was seen for 30 days, and no longer when one is', async () => {
      await installation.catalogHolds(
        ...owners,
        service('cart', {
          dependsOn: [LEDGER, NOTIFIER, 'resource:default/db'],
        }),
        service('ledger'),
        service('notifier'),
      );
      for (let day = 0; day < 32; day += 8) {
        await post(
          ['cart', 'notifier', day + 1],
          ['notifier', 'ledger', day + 1],
        );
        await installation.daysPass(8);
      }
      await expect(installation.flags()).resolves.toEqual([
        `undeclared-dependency of ${NOTIFIER}`,
        `unseen-dependency of ${CART}`,
      ]);
      const { flags } = await installation.understanding(CART);
      expect(flags[0].reasons.map(one => one.message)).toEqual([
        `No call to ${LEDGER} was seen since 2026-06-01`,
      ]);
      await post(['cart', 'ledger', 1]);
      await expect(installation.flags()).resolves.toEqual([
        `undeclared-dependency of ${NOTIFIER}`,
      ]);
    });

    it('take nothing of metrics in which a line cannot be read', async () => {
      await installation.catalogHolds(
        ...owners,
        service('cart'),
        service('ledger'),
      );
      await expect(
        installation
          .ledger()
          .edges.observe(
            `${calls([
              'cart',
              'ledger',
              1,
            ])}\ntraces_service_graph_request_total{} 1`,
            READER,
          ),
      ).rejects.toThrow(/^line 2: .* needs the labels client and server/);
      await expect(edgesOf(CART)).resolves.toEqual([]);
    });

    it('are read from an address of the configuration, again and again', async () => {
      let body = calls(['cart', 'ledger', 1]);
      let status = 500;
      const server = createServer((_, response) => {
        response.writeHead(status);
        response.end(body);
      });
      await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
      const { port } = server.address() as AddressInfo;
      installation.config = {
        edges: { serviceGraph: { urls: [`http://127.0.0.1:${port}/metrics`] } },
      };
      await installation.catalogHolds(
        ...owners,
        service('cart'),
        service('ledger'),
        service('notifier'),
      );
      await expect(prepared(CART)).resolves.toEqual([]);
      status = 200;
      await installation.minutesPass(1);
      await expect(prepared(CART)).resolves.toEqual([
        `dependsOn ${LEDGER} UNCLASSIFIED observed`,
      ]);
      body = calls(['cart', 'ledger', 1], ['cart', 'notifier', 1]);
      await installation.minutesPass(1);
      await expect(prepared(CART)).resolves.toHaveLength(2);

      // Nothing is asked any more of what is not configured.
      installation.config = {};
      body = calls(['ledger', 'notifier', 1]);
      await installation.minutesPass(1);
      await expect(prepared(LEDGER)).resolves.toEqual([]);
      server.closeAllConnections();
      await new Promise(done => server.close(done));
    });
  });
});
