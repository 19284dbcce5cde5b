import { TestDatabaseId, mockCredentials } from '@backstage/backend-test-utils';
import {
  listExplanationDebtsQuerySchema,
  listExplanationsQuerySchema,
  listMyExplanationsQuerySchema,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { component } from '../../__testUtils__/catalog';
import {
  HOST,
  hostChange,
  hostReview,
  hostedIn,
  merged,
} from '../../__testUtils__/changes';
import {
  READER,
  at,
  cart,
  command,
  explained,
  record,
  shopTeam,
  tell,
} from '../../__testUtils__/explanations';
import { hostInstallations } from '../../__testUtils__/hostInstallations';
import { MigratedDatabases } from '../../__testUtils__/MigratedDatabases';
import { Installation } from '../../__testUtils__/Installation';

jest.setTimeout(240_000);

describe('what explanations wait for', () => {
  const databases = MigratedDatabases.create({
    ids: ['SQLITE_3', 'POSTGRES_18'],
  });
  const installOn = hostInstallations(databases);
  const entities = (policies: { cart: string; docs: string }) => [
    cart({ 'understanding.dev/explanations': policies.cart }),
    component('docs', {
      annotations: {
        ...hostedIn('acme/shop', 'cart'),
        'understanding.dev/explanations': policies.docs,
      },
    }),
    ...shopTeam('ada', 'bob', 'cem'),
  ];
  const install = (id: TestDatabaseId) =>
    installOn(id, ...entities({ cart: 'always', docs: 'never' }));

  const mine = async (
    installation: Installation,
    name: string,
    as: 'author' | 'reviewer',
  ) => {
    const page = await installation.explanations.records.listMine(
      listMyExplanationsQuerySchema.parse({ as }),
      mockCredentials.user(`user:default/${name}`),
    );
    expect(page.totalItems).toBe(page.items.length);
    return page.items.map(one => `${one.change?.number} ${one.state}`);
  };
  const debts = async (
    installation: Installation,
    query: { state?: 'paid'; owner?: string; entity?: string } = {},
  ) => {
    const page = await installation.explanations.debts.list(
      listExplanationDebtsQuerySchema.parse(query),
      READER,
    );
    expect(page.totalItems).toBe(page.items.length);
    return page.items;
  };

  describe.each(databases.eachSupportedId())('on %s', id => {
    it('is listed for its authors and reviewers, and for nobody else', async () => {
      const installation = await install(id);
      const requested = hostChange(1, {
        description: explained(),
        requestedReviewers: ['bob'],
      });
      await tell(installation, requested);
      await tell(installation, hostChange(2));
      await tell(
        installation,
        hostChange(3, { author: { login: 'bob', bot: false } }),
      );
      const ofAda = await mine(installation, 'ada', 'author');
      expect(ofAda.sort()).toEqual(['1 submitted', '2 missing']);
      await expect(mine(installation, 'bob', 'author')).resolves.toEqual([
        '3 missing',
      ]);
      await expect(mine(installation, 'bob', 'reviewer')).resolves.toEqual([
        '1 submitted',
      ]);
      for (const name of ['ada', 'cem']) {
        await expect(mine(installation, name, 'reviewer')).resolves.toEqual([]);
      }
      await installation.told(command(requested, 'bob', 'genuine', 20));
      await expect(mine(installation, 'bob', 'reviewer')).resolves.toEqual([]);
      // Hosts no longer ask for a review that was given; its reviewer is still needed.
      await tell(installation, {
        ...requested,
        headSha: 'b'.repeat(40),
        requestedReviewers: [],
        updatedAt: at(30),
      });
      await expect(mine(installation, 'bob', 'reviewer')).resolves.toEqual([
        '1 submitted',
      ]);
      await tell(installation, {
        ...requested,
        state: 'closed',
        updatedAt: at(50),
      });
      await expect(mine(installation, 'bob', 'reviewer')).resolves.toEqual([]);
      await expect(mine(installation, 'ada', 'author')).resolves.toEqual([
        '2 missing',
      ]);
    });

    it('is no review by its author, whoever is asked for it', async () => {
      const installation = await install(id);
      const change = hostChange(1, {
        description: explained(),
        requestedReviewers: ['ada', 'bob'],
      });
      await tell(installation, change, {
        commits: [{ message: 'A change', email: 'bob@acme.example' }],
      });
      await installation.told({
        type: 'review',
        host: HOST,
        repository: 'acme/shop',
        review: hostReview(change, { reviewer: { login: 'cem', bot: false } }),
      });
      for (const name of ['ada', 'bob']) {
        await expect(mine(installation, name, 'reviewer')).resolves.toEqual([]);
        await expect(mine(installation, name, 'author')).resolves.toEqual([
          '1 submitted',
        ]);
      }
      await expect(mine(installation, 'cem', 'reviewer')).resolves.toEqual([
        '1 submitted',
      ]);
    });

    it('is owed as entities asked for it at the merge', async () => {
      const installation = await install(id);
      const change = hostChange(1, { description: explained() });
      const over = merged(change, at(100));
      await tell(installation, change);
      await tell(installation, over);
      const owedTo = async () =>
        (await debts(installation)).map(one => one.entityRef);
      await expect(owedTo()).resolves.toEqual(['component:default/cart']);
      await installation.catalogHolds(
        ...entities({ cart: 'never', docs: 'always' }),
      );
      await tell(installation, { ...over, title: 'New', updatedAt: at(200) });
      await expect(owedTo()).resolves.toEqual(['component:default/cart']);
      await tell(installation, hostChange(2));
      await tell(installation, merged(hostChange(2), at(300)));
      const owedNow = await owedTo();
      expect(owedNow.sort()).toEqual([
        'component:default/cart',
        'component:default/docs',
      ]);
    });

    it('is owed to each entity that asks for it, until it is paid', async () => {
      const installation = await install(id);
      const change = hostChange(1, { description: explained() });
      await tell(installation, change);
      await expect(debts(installation)).resolves.toEqual([]);
      const over = merged(change, at(100));
      await tell(installation, over);
      const [debt, ...others] = await debts(installation);
      expect(others).toEqual([]);
      expect(debt).toMatchObject({
        entityRef: 'component:default/cart',
        entityTitle: 'cart',
        ownerRef: 'group:default/shop',
        ownerTitle: 'Shop',
        state: 'open',
        openedAt: at(100),
        explanation: {
          state: 'submitted',
          debt: 'open',
          sealed: { at: at(100), state: 'submitted', mergeSha: over.mergeSha },
        },
      });
      expect(debt.explanation.sealed?.weight).toBeCloseTo(1 + Math.log10(2));
      expect((await record(installation)).sealedFiles).toEqual(['cart/a.ts']);
      await expect(mine(installation, 'ada', 'author')).resolves.toEqual([
        '1 submitted',
      ]);
      await expect(
        installation.explanations.debts.overview({ by: 'team' }, READER),
      ).resolves.toEqual({
        items: [
          {
            ref: 'group:default/shop',
            title: 'Shop',
            open: 1,
            paid: 0,
            oldestAt: at(100),
          },
        ],
        totalItems: 1,
      });
      await installation.told(command(change, 'bob', 'genuine', 200));
      await expect(debts(installation)).resolves.toEqual([]);
      await expect(mine(installation, 'ada', 'author')).resolves.toEqual([]);
      await expect(
        debts(installation, { state: 'paid', owner: 'group:default/shop' }),
      ).resolves.toMatchObject([
        {
          paidAt: at(200),
          paidBy: 'explanation',
          explanation: { debt: 'paid' },
        },
      ]);
      await expect(
        debts(installation, { state: 'paid', owner: 'group:default/other' }),
      ).resolves.toEqual([]);
    });

    it('is paid by a session in which the change was taught, as others say', async () => {
      const installation = await install(id);
      const as = (name: string) => mockCredentials.user(`user:default/${name}`);
      const change = hostChange(1);
      await tell(installation, change);
      await tell(installation, merged(change, at(100)));
      const entityRef = 'component:default/cart';
      const { id: owed } = await record(installation);
      const sessions = () => installation.explanations.sessions;
      const { statements } = installation.ledger();
      const taught = async (
        second: number,
        more: { personRef?: string } = {},
      ) => {
        const { id: sessionId } = await statements.propose(
          {
            entityRef,
            kind: 'taught',
            personRef: 'user:default/ada',
            at: at(second),
            url: 'https://wiki.acme.example/talk',
            ...more,
          },
          as('bob'),
        );
        return sessionId;
      };
      const pay = (sessionId: string, name: string) =>
        sessions().pay(owed, { entityRef, sessionId }, as(name));

      const early = await taught(50);
      await statements.confirm(early, as('ada'));
      const claimed = await taught(150, { personRef: 'user:default/bob' });
      const sessionId = await taught(200);
      await expect(pay(sessionId, 'bob')).rejects.toThrow(
        'who taught it has not confirmed it',
      );
      await statements.confirm(sessionId, as('ada'));
      await expect(
        sessions().list(owed, entityRef, as('bob')),
      ).resolves.toEqual({
        items: [
          {
            id: sessionId,
            at: at(200),
            url: 'https://wiki.acme.example/talk',
            taughtBy: { personRef: 'user:default/ada', displayName: 'Ada' },
          },
        ],
      });
      await expect(pay(early, 'bob')).rejects.toThrow('before the merge');
      await expect(pay(claimed, 'cem')).rejects.toThrow('only who taught it');
      await expect(pay('none', 'bob')).rejects.toThrow('is not known');
      await expect(pay(sessionId, 'ada')).rejects.toThrow(
        'You had a part in this change',
      );
      await expect(
        sessions().pay(
          owed,
          { entityRef: 'component:default/till', sessionId },
          as('bob'),
        ),
      ).rejects.toThrow('is not of component:default/till');

      await expect(pay(sessionId, 'bob')).resolves.toMatchObject({
        state: 'missing',
        debt: 'paid',
      });
      await expect(pay(sessionId, 'cem')).rejects.toThrow('paid meanwhile');
      await expect(debts(installation)).resolves.toEqual([]);
      await expect(
        debts(installation, { state: 'paid' }),
      ).resolves.toMatchObject([
        {
          paidAt: at(200),
          paidBy: 'taught-session',
          session: { at: at(200), url: 'https://wiki.acme.example/talk' },
        },
      ]);
      // Whatever is told of the change afterwards, it stays paid, until who taught takes it back.
      await tell(installation, { ...merged(change, at(100)), title: 'New' });
      expect((await record(installation)).debt).toBe('paid');
      await statements.withdraw(sessionId, as('ada'));
      await installation.settle();
      await expect(debts(installation)).resolves.toHaveLength(1);
      expect((await record(installation)).debt).toBe('open');
    });

    it('is not asked for where an exemption holds, at the merge for good', async () => {
      const installation = await install(id);
      const change = hostChange(1);
      await tell(installation, change);
      const { exemptions } = installation.explanations;
      await exemptions.create(
        {
          entityRef: 'component:default/cart',
          reason: 'It is replaced next week.',
          until: installation.daysAgo(-7),
        },
        mockCredentials.user('user:default/ada'),
      );
      await installation.settle();
      await expect(record(installation)).resolves.toMatchObject({
        required: false,
        because: expect.stringContaining('It is replaced next week.'),
      });
      const other = hostChange(2);
      await tell(installation, other);
      await tell(
        installation,
        merged({ ...other, createdAt: at(1) }, installation.now),
      );
      await installation.daysPass(8);
      await expect(debts(installation)).resolves.toEqual([]);
      const page = await installation.explanations.records.list(
        listExplanationsQuerySchema.parse({}),
        READER,
      );
      expect(
        page.items.map(one => [one.change?.number, one.required]).sort(),
      ).toEqual([
        [1, true],
        [2, false],
      ]);
    });

    it('is listed a page at a time, the oldest debt first', async () => {
      const installation = await install(id);
      for (const number of [1, 2, 3]) {
        const change = hostChange(number);
        await tell(installation, change);
        await tell(installation, merged(change, at(400 - 100 * number)));
      }
      const found: Array<number | undefined> = [];
      let cursor: string | undefined;
      do {
        const page = await installation.explanations.debts.list(
          listExplanationDebtsQuerySchema.parse({ limit: 2, cursor }),
          READER,
        );
        expect(page.totalItems).toBe(3);
        found.push(...page.items.map(one => one.explanation.change?.number));
        cursor = page.nextCursor;
      } while (cursor);
      expect(found).toEqual([3, 2, 1]);
    });
  });
});
