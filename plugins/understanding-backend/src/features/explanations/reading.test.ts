import { TestDatabases, mockCredentials } from '@backstage/backend-test-utils';
import {
  ListExplanationsQuery,
  listExplanationsQuerySchema,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { component, group, user } from '../../__testUtils__/catalog';
import { HOST, hostChange, hostedIn } from '../../__testUtils__/changes';
import {
  READER,
  explained,
  record,
  tell,
} from '../../__testUtils__/explanations';
import { Installation } from '../../__testUtils__/Installation';

jest.setTimeout(240_000);

/** What the pages ask for. */
describe('reading explanations', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
  const installations: Installation[] = [];
  afterEach(() => {
    installations.splice(0).forEach(installation => installation.dispose());
  });

  async function install(id: string) {
    const knex = await databases.init(id as 'SQLITE_3');
    const installation = (await Installation.create(knex)).withHost();
    installations.push(installation);
    await installation.catalogHolds(
      component('cart', {
        owner: 'shop',
        annotations: {
          ...hostedIn('acme/shop', 'cart'),
          'understanding.dev/explanations': 'always',
          'understanding.dev/plane': 'data',
        },
      }),
      component('till', { owner: 'shop' }),
      group('shop', { members: ['ada'] }),
      user('ada', {
        team: 'shop',
        annotations: { [`${HOST}/user-login`]: 'ada' },
      }),
    );
    return installation;
  }

  describe.each(databases.eachSupportedId())('on %s', id => {
    it('finds them by plane and by AI assistance', async () => {
      const installation = await install(id);
      await tell(
        installation,
        hostChange(1, { description: `AI assistance: none\n\n${explained()}` }),
      );
      const { records, submissions } = installation.explanations;
      await submissions.create(
        {
          what: 'Sums.',
          howItFails: 'Late.',
          why: 'Cheap.',
          entityRefs: ['component:default/till'],
          planes: ['control', 'artifact'],
          aiAssistance: 'assisted',
        },
        mockCredentials.user('user:default/ada'),
      );
      const found = async (query: ListExplanationsQuery) => {
        const { items, totalItems } = await records.list(
          listExplanationsQuerySchema.parse(query),
          READER,
        );
        expect(items).toHaveLength(totalItems);
        return items.flatMap(one => one.entityRefs).sort();
      };
      const cart = 'component:default/cart';
      const till = 'component:default/till';
      await expect(found({})).resolves.toEqual([cart, till]);
      await expect(found({ plane: 'data' })).resolves.toEqual([cart]);
      await expect(found({ plane: 'control' })).resolves.toEqual([till]);
      await expect(found({ plane: 'artifact' })).resolves.toEqual([till]);
      await expect(found({ aiAssistance: 'none' })).resolves.toEqual([cart]);
      await expect(found({ aiAssistance: 'assisted' })).resolves.toEqual([
        till,
      ]);
      await expect(found({ aiAssistance: 'unknown' })).resolves.toEqual([]);
      await expect(
        found({ aiAssistance: 'none', plane: 'control' }),
      ).resolves.toEqual([]);
    });

    it('tells what a change touches, and whether the reader had a part', async () => {
      const installation = await install(id);
      await tell(installation, hostChange(1, { description: explained() }));
      const read = await record(installation);
      expect(read).toMatchObject({
        hadPart: false,
        diff: {
          files: [{ path: 'cart/a.ts', status: 'modified', additions: 1 }],
          totalFiles: 1,
          additions: 1,
          deletions: 0,
          truncated: false,
        },
      });
      await expect(
        installation.explanations.records.get(
          read.id,
          mockCredentials.user('user:default/ada'),
        ),
      ).resolves.toMatchObject({ hadPart: true });
    });

    it('tells only some of three thousand files, and how many there are', async () => {
      const installation = await install(id);
      const change = hostChange(1, { description: explained() });
      installation.host.hosted.set(change.id, {
        change,
        files: Array.from({ length: 3000 }, (_, index) => ({
          path: `cart/${index}.ts`,
          status: 'added' as const,
          additions: 2,
          deletions: 1,
        })),
        reviews: [],
      });
      await installation.told({ type: 'change', change });
      const { diff } = await record(installation);
      expect(diff).toMatchObject({
        totalFiles: 3000,
        additions: 6000,
        deletions: 3000,
      });
      expect(diff?.files).toHaveLength(200);
    });

    it('tells when explanations are asked for, and under which headings', async () => {
      const installation = await install(id);
      installation.config = {
        explanations: {
          policy: 'never',
          headings: { what: ['Was es tut', 'What'] },
        },
      };
      const { policy } = installation.explanations;
      await expect(
        policy.get('component:default/cart', READER),
      ).resolves.toMatchObject({
        policy: 'always',
        inWords: expect.stringContaining('with every change'),
        headings: { what: 'Was es tut', why: 'Why this way' },
      });
      for (const entityRef of ['component:default/till', undefined]) {
        await expect(policy.get(entityRef, READER)).resolves.toMatchObject({
          policy: 'never',
        });
      }
      await expect(policy.get('component:default/nil', READER)).rejects.toThrow(
        'The catalog has no component:default/nil, or you may not see it.',
      );
    });
  });
});
