import { sidesResponseSchema } from '@understanding-dev/backstage-plugin-understanding-common';
import { api, component } from '../../__testUtils__/catalog';
import { Installation, READER } from '../../__testUtils__/Installation';
import { MigratedDatabases } from '../../__testUtils__/MigratedDatabases';

jest.setTimeout(120_000);

const CART = 'component:default/cart';
const LEDGER = 'component:default/ledger';
const SHOP = 'component:default/shop';

describe('both sides of a dependency', () => {
  const databases = MigratedDatabases.create({
    ids: ['SQLITE_3', 'POSTGRES_18'],
  });

  describe.each(databases.eachSupportedId())('on %s', id => {
    let installation: Installation;

    beforeEach(async () => {
      installation = Installation.create(await databases.init(id));
      await installation.catalogHolds(
        api('ledger-api'),
        component('ledger', { providesApis: ['api:default/ledger-api'] }),
        component('cart', { consumesApis: ['api:default/ledger-api'] }),
        component('shop', { dependsOn: [CART] }),
      );
    });

    afterEach(() => installation.dispose());

    const sides = () => installation.ledger().sides;

    it('list a mismatch for the one and for the other', async () => {
      const expected = await sides().expect(
        CART,
        0,
        {
          targetRef: 'api:default/ledger-api',
          timeoutMs: 100,
          retries: 3,
          guarantees: ['idempotent'],
        },
        READER,
      );
      expect(sidesResponseSchema.parse(expected)).toMatchObject({
        asConsumer: [
          {
            targetRef: LEDGER,
            mismatches: ['Something is counted on, and nothing is promised'],
          },
        ],
      });
      const promised = await sides().promise(
        LEDGER,
        0,
        { latencyMs: 300, retries: 1, guarantees: ['idempotent'] },
        READER,
      );
      const mismatches = [
        'An answer is waited for 100 ms, and may take 300 ms',
        'A request is tried again 3 times, and 1 are wanted at most',
      ];
      expect(promised).toMatchObject({
        promise: { latencyMs: 300, by: 'user:default/reader' },
        asConsumer: [],
        asProvider: [{ sourceRef: CART, targetRef: LEDGER, mismatches }],
      });
      await expect(sides().get(CART, READER)).resolves.toMatchObject({
        asConsumer: [
          { targetRef: LEDGER, promise: { latencyMs: 300 }, mismatches },
        ],
        asProvider: [],
      });

      await sides().promise(
        LEDGER,
        1,
        { latencyMs: 100, retries: 3, guarantees: ['idempotent'] },
        READER,
      );
      await expect(sides().get(CART, READER)).resolves.toMatchObject({
        asConsumer: [{ mismatches: [] }],
      });
    });

    it('multiply declared retries along the path of an outage', async () => {
      await sides().expect(
        CART,
        0,
        { targetRef: LEDGER, retries: 3, guarantees: [] },
        READER,
      );
      await sides().expect(
        SHOP,
        0,
        { targetRef: CART, retries: 2, guarantees: [] },
        READER,
      );
      const { affected } = await installation
        .ledger()
        .simulations.outage({ entityRef: LEDGER, condition: 'slow' }, READER);
      expect(
        affected.map(one => [one.entityRef, one.retryAmplification]),
      ).toEqual([
        [CART, 4],
        [SHOP, 12],
      ]);
    });

    it('tell who changes a side that somebody else changed meanwhile', async () => {
      const first = { targetRef: LEDGER, retries: 1, guarantees: [] };
      await sides().expect(CART, 0, { ...first, note: 'We wait.' }, READER);
      for (const version of [0, 2]) {
        await expect(
          sides().expect(
            CART,
            version,
            { ...first, note: 'We queue.' },
            READER,
          ),
        ).rejects.toMatchObject({
          name: 'ConflictError',
          message: expect.stringMatching(/If-Match: "1"/),
          current: { version: 1, note: 'We wait.', by: 'user:default/reader' },
          submitted: { note: 'We queue.' },
        });
      }
      const promises = await Promise.allSettled(
        ['Always.', 'Nearly always.'].map(note =>
          sides().promise(LEDGER, 0, { guarantees: [], note }, READER),
        ),
      );
      expect(promises.map(one => one.status).sort()).toEqual([
        'fulfilled',
        'rejected',
      ]);
      const { promise } = await sides().get(LEDGER, READER);
      expect(promise?.version).toBe(1);
      const changed = await sides().promise(
        LEDGER,
        1,
        { guarantees: [], note: 'In the end.' },
        READER,
      );
      expect(changed.promise).toMatchObject({
        version: 2,
        note: 'In the end.',
      });
    });

    it('are refused of what is no dependency', async () => {
      await expect(
        sides().expect(SHOP, 0, { targetRef: LEDGER, guarantees: [] }, READER),
      ).rejects.toThrow(/has no dependency on component:default\/ledger/);
      await expect(
        sides().promise(
          'component:default/none',
          0,
          { guarantees: [] },
          READER,
        ),
      ).rejects.toThrow(/Nothing is known/);
    });
  });
});
