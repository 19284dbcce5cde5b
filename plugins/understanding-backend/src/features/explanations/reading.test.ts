import { TestDatabaseId, mockCredentials } from '@backstage/backend-test-utils';
import {
  ListExplanationsQuery,
  listExplanationsQuerySchema,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { component } from '../../__testUtils__/catalog';
import { HOST, hostChange, merged } from '../../__testUtils__/changes';
import {
  READER,
  cart,
  explained,
  record,
  shopTeam,
  tell,
} from '../../__testUtils__/explanations';
import { hostInstallations } from '../../__testUtils__/hostInstallations';
import { MigratedDatabases } from '../../__testUtils__/MigratedDatabases';
import { Installation } from '../../__testUtils__/Installation';

jest.setTimeout(240_000);

/** What the pages ask for. */
describe('reading explanations', () => {
  const databases = MigratedDatabases.create({
    ids: ['SQLITE_3', 'POSTGRES_18'],
  });
  const installOn = hostInstallations(databases);
  const install = (id: TestDatabaseId) =>
    installOn(
      id,
      cart({ 'understanding.dev/plane': 'data' }),
      component('till', { owner: 'shop' }),
      ...shopTeam('ada'),
    );

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
      const ofCart = 'component:default/cart';
      const ofTill = 'component:default/till';
      await expect(found({})).resolves.toEqual([ofCart, ofTill]);
      await expect(found({ plane: 'data' })).resolves.toEqual([ofCart]);
      await expect(found({ plane: 'control' })).resolves.toEqual([ofTill]);
      await expect(found({ plane: 'artifact' })).resolves.toEqual([ofTill]);
      await expect(found({ aiAssistance: 'none' })).resolves.toEqual([ofCart]);
      await expect(found({ aiAssistance: 'assisted' })).resolves.toEqual([
        ofTill,
      ]);
      await expect(found({ aiAssistance: 'unknown' })).resolves.toEqual([]);
      await expect(
        found({ aiAssistance: 'none', plane: 'control' }),
      ).resolves.toEqual([]);
    });

    it('keeps drafts for their authors alone, and not for good', async () => {
      const installation = await install(id);
      const ada = mockCredentials.user('user:default/ada');
      const { aboutMe, explanations } = installation.ledger();
      const { drafts } = explanations;
      const key = 'entities component:default/cart';
      const content = { what: 'Half \u0000 a "text"', planes: ['data'] };
      await drafts.keep({ key, content: { what: 'Half' } }, ada);
      await drafts.keep({ key, content }, ada);
      await expect(drafts.get(key, ada)).resolves.toMatchObject({
        draft: { key, content },
      });
      await expect(drafts.get(key, READER)).resolves.toEqual({});
      await drafts.remove(key, READER);
      await expect(aboutMe.get(READER)).resolves.toMatchObject({ drafts: [] });

      await installation.daysPass(50);
      await drafts.keep({ key: 'another', content: {} }, ada);
      await expect(aboutMe.get(ada)).resolves.toMatchObject({
        drafts: [{ key: 'another' }, { key }],
      });
      await installation.daysPass(42);
      await expect(aboutMe.get(ada)).resolves.toMatchObject({
        drafts: [{ key: 'another' }],
      });
      await drafts.remove('another', ada);
      await drafts.remove('another', ada);

      for (let index = 0; index < 50; index += 1) {
        await drafts.keep({ key: `${index}`, content: {} }, ada);
      }
      await expect(drafts.keep({ key, content }, ada)).rejects.toThrow(
        'You have 50 other drafts.',
      );
      await drafts.keep({ key: '0', content }, ada);
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

    describe('an open change', () => {
      /** Ben knows the file that Ada changes; Cem and Dora are of the team. */
      async function opened(
        more: Partial<Pick<Installation, 'config' | 'hasPermissions'>> = {},
      ) {
        const installation = await installOn(id);
        Object.assign(installation, more);
        installation.repository(`${HOST}/acme/shop`).commit({
          by: 'ben',
          at: installation.daysAgo(9),
          write: { 'cart/a.ts': 'x\n' },
        });
        await installation.catalogHolds(
          cart(),
          ...shopTeam('ada', 'ben', 'cem', 'dora'),
        );
        await tell(installation, hostChange(1));
        return installation;
      }
      const learns =
        'cart is understood by nobody and needs 2. This review would be a beginning.';

      it('has two reviewers suggested, who are willing and have time', async () => {
        const installation = await opened();
        const suggested = async () =>
          (await record(installation)).suggestedReviewers;
        await expect(suggested()).resolves.toEqual({
          knows: {
            person: { personRef: 'user:default/ben', displayName: 'Ben' },
            reason:
              'Has fresh evidence of cart, and knows files that the change touches.',
          },
          learns: {
            person: { personRef: 'user:default/cem', displayName: 'Cem' },
            reason: learns,
          },
        });
        // Whom others ask for four reviews is not asked for a fifth.
        for (const number of [2, 3, 4, 5]) {
          await tell(
            installation,
            hostChange(number, { requestedReviewers: ['ben'] }),
          );
        }
        const { statements } = installation.ledger();
        await statements.setSuggested(
          false,
          mockCredentials.user('user:default/cem'),
        );
        const { items } = await installation.explanations.records.list(
          listExplanationsQuerySchema.parse({
            changeUrl: hostChange(1).url,
          }),
          READER,
        );
        const get = () =>
          installation.explanations.records.get(items[0].id, READER);
        await expect(get()).resolves.toMatchObject({
          suggestedReviewers: {
            knows: {
              reason: 'Nobody who can be asked has fresh evidence of it.',
            },
            learns: { person: { displayName: 'Dora' } },
          },
        });
        await tell(installation, merged(hostChange(1)));
        expect((await get()).suggestedReviewers).toBeUndefined();
      });

      it.each([
        [{}, `- Cem: ${learns}`, 'suggests people'],
        [{ hasPermissions: true }, '/explanations/', 'Cem'],
        [{ config: { people: { names: false } } }, 'the record', 'Cem'],
      ])(
        'is told of in its check as far as names go: %j',
        async (more, said, unsaid) => {
          const installation = await opened(more);
          await installation.minutesPass(1);
          const check = installation.host.checks.get(hostChange(1).headSha);
          expect(check?.summary).toContain(said);
          expect(check?.summary).not.toContain(unsaid);
        },
      );
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
