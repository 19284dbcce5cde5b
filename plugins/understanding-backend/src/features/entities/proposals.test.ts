import {
  HostFile,
  edgePageSchema,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { ChangeHostError } from '@understanding-dev/backstage-plugin-understanding-node';
import { component, group, user } from '../../__testUtils__/catalog';
import { hostChange, hostedIn } from '../../__testUtils__/changes';
import { Installation, READER } from '../../__testUtils__/Installation';
import { MigratedDatabases } from '../../__testUtils__/MigratedDatabases';

jest.setTimeout(120_000);

const SHOP = 'component:default/shop';
const CART = 'component:default/cart';
const FILE = 'catalog-info.yaml';

const catalogFile = (hard: string, name = 'shop') => `
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: ${name}
  annotations:
    understanding.dev/hard-dependencies: ${hard}
spec: {type: service, lifecycle: production, owner: payments}
`;

describe('a HARD dependency that an open change adds', () => {
  const databases = MigratedDatabases.create({
    ids: ['SQLITE_3', 'POSTGRES_18'],
  });

  describe.each(databases.eachSupportedId())('on %s', id => {
    let installation: Installation;
    const change = hostChange(7, { title: 'Ask the cart' });

    beforeEach(async () => {
      installation = Installation.create(await databases.init(id)).withHost();
      await installation.catalogHolds(
        component('shop', {
          owner: 'payments',
          annotations: hostedIn('acme/shop'),
        }),
        component('cart', { owner: 'payments' }),
        group('payments', { members: ['ada'] }),
        user('ada'),
      );
      installation.host.files.set(
        `acme/shop main ${FILE}`,
        catalogFile('resource:default/db'),
      );
    });

    afterEach(() => installation.dispose());

    const propose = async (
      text: string | undefined,
      file: Partial<HostFile> = {},
      more: Partial<typeof change> = {},
    ) => {
      const { files, hosted } = installation.host;
      const told = { ...change, ...more };
      if (text !== undefined) {
        files.set(`acme/shop ${told.headSha} ${FILE}`, text);
      }
      hosted.set(told.id, {
        change: told,
        files: [
          {
            path: FILE,
            status: 'modified',
            additions: 1,
            deletions: 0,
            ...file,
          },
        ],
        reviews: [],
      });
      await installation.told({ type: 'change', change: told });
    };
    const edges = async () =>
      edgePageSchema.parse(
        await installation.ledger().edges.list(SHOP, READER),
      );
    const reasons = async () =>
      (await installation.understanding(SHOP)).flags
        .filter(flag => flag.rule === 'unanswered-dependency')
        .flatMap(flag => flag.reasons);

    it('is a finding with the way there, until it is answered', async () => {
      await propose(catalogFile(`resource:default/db, ${CART}`));
      await expect(reasons()).resolves.toEqual([
        {
          message: `No answer for ${CART} being down, slow, wrong-data; “Ask the cart”, which is open, makes it a HARD dependency`,
          url: change.url,
          entityRef: CART,
        },
      ]);
      await expect(edges()).resolves.toMatchObject({
        items: [],
        proposed: [
          {
            targetRef: CART,
            change: { url: change.url, title: 'Ask the cart' },
            unanswered: ['down', 'slow', 'wrong-data'],
          },
        ],
        unread: [],
      });
      for (const condition of ['down', 'slow', 'wrong-data'] as const) {
        await installation.ledger().failureModes.create(
          {
            entityRef: SHOP,
            edge: { type: 'dependsOn', targetRef: CART },
            condition,
            plane: 'data',
            title: `The cart is ${condition}`,
            cause: 'A deployment.',
            localEffect: 'Nothing is sold.',
            endEffect: 'Customers leave.',
            observations: {
              dataLossOrCorruption: false,
              customerVisible: true,
              happenedWithinYear: false,
              needsTwoFaults: false,
            },
          },
          READER,
        );
      }
      await installation.settle();
      await expect(reasons()).resolves.toEqual([]);
    });

    it('is none any more once the change is closed, or no longer adds it', async () => {
      await propose(catalogFile(CART));
      await expect(reasons()).resolves.toHaveLength(1);
      await propose(catalogFile('resource:default/db'), undefined, {
        headSha: 'b'.repeat(40),
        updatedAt: '2026-05-20T11:00:00.000Z',
      });
      await expect(reasons()).resolves.toEqual([]);
      await propose(catalogFile(CART), undefined, {
        headSha: 'c'.repeat(40),
        updatedAt: '2026-05-20T12:00:00.000Z',
      });
      await expect(reasons()).resolves.toHaveLength(1);
      await propose(undefined, undefined, {
        headSha: 'c'.repeat(40),
        state: 'closed',
        updatedAt: '2026-05-20T13:00:00.000Z',
      });
      await expect(reasons()).resolves.toEqual([]);
      await expect(edges()).resolves.toMatchObject({ proposed: [] });
    });

    it.each([
      ['metadata: [', {}, /catalog-info\.yaml, line 1: /],
      ['x'.repeat(600_000), {}, /has 600000 bytes; at most 524288 are read/],
      [
        `a: &a [x]\nb: [${'*a, '.repeat(60)}]\n`,
        {},
        /uses more than 50 aliases/,
      ],
    ])('claims nothing of %.12j, and says why', async (text, file, problem) => {
      await propose(text, file);
      await expect(reasons()).resolves.toEqual([]);
      await expect(edges()).resolves.toMatchObject({
        proposed: [],
        unread: [
          {
            change: { url: change.url },
            problem: expect.stringMatching(problem),
          },
        ],
      });
    });

    it('says so where the host does not let the file be read', async () => {
      const read = installation.host.readFile.bind(installation.host);
      installation.host.readFile = async () => {
        throw new ChangeHostError('forbidden', 'No.');
      };
      await propose(catalogFile(CART));
      await expect(edges()).resolves.toMatchObject({
        unread: [{ problem: expect.stringMatching(/does not let it be read/) }],
      });
      installation.host.readFile = read;
      await propose(catalogFile(CART), undefined, {
        headSha: 'b'.repeat(40),
        updatedAt: '2026-05-20T11:00:00.000Z',
      });
      await expect(edges()).resolves.toMatchObject({
        proposed: [{ targetRef: CART }],
        unread: [],
      });
    });

    it('counts for entities of that repository alone, also of a file that is new', async () => {
      await propose(`${catalogFile(SHOP, 'cart')}---\n${catalogFile(CART)}`, {
        status: 'added',
      });
      await expect(reasons()).resolves.toHaveLength(1);
      const { flags } = await installation.understanding(CART);
      expect(flags.map(flag => flag.rule)).not.toContain(
        'unanswered-dependency',
      );
    });
  });
});
