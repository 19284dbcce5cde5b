import {
  suggestionsResponseSchema,
  whoUnderstandsResponseSchema,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { api, component, group, user } from '../../__testUtils__/catalog';
import { Installation, READER } from '../../__testUtils__/Installation';
import { MigratedDatabases } from '../../__testUtils__/MigratedDatabases';

jest.setTimeout(120_000);

describe('who understands a path', () => {
  const databases = MigratedDatabases.create({
    ids: ['SQLITE_3', 'POSTGRES_18'],
  });

  describe.each(databases.eachSupportedId())('on %s', id => {
    let installation: Installation;

    const catalog = (...members: string[]) =>
      installation.catalogHolds(
        component('shop', {
          owner: 'payments',
          annotations: installation.sourceIn('shop'),
        }),
        group('payments', { members }),
        ...members.map(name => user(name)),
      );

    beforeEach(async () => {
      installation = Installation.create(await databases.init(id));
      installation
        .repository('shop')
        .commit({
          by: 'ada',
          at: installation.daysAgo(9),
          write: { 'README.md': '# Shop\n', 'pay/refund.ts': 'x\n' },
        })
        .commit({
          by: 'ben',
          at: installation.daysAgo(8),
          write: { 'cart/cart.ts': 'x\n' },
        })
        .commit({
          by: 'zoe',
          at: installation.daysAgo(7),
          write: { 'cart/sum.ts': 'x\n' },
        });
      await catalog('ada', 'ben');
    });

    afterEach(() => installation.dispose());

    const ask = async (query: string) => {
      const answer = await installation.ask(query);
      expect(whoUnderstandsResponseSchema.parse(answer)).toEqual(answer);
      // What is sent is the same.
      const sent = await installation
        .ledger()
        .lookup.whoUnderstandsAsJson(query, READER);
      expect(JSON.parse(sent)).toEqual(answer);
      return answer.answers;
    };

    it('says that what it does not find may still come', async () => {
      const told = async (query: string) =>
        (await installation.ask(query)).stillReading;
      await expect(told('zzzz')).resolves.toBeUndefined();
      const { knex } = installation;
      await knex('tickets').update({ due_at: '2000-01-01T00:00:00.000Z' });
      await expect(told('zzzz')).resolves.toBeUndefined();
      await knex('repositories').delete();
      await expect(told('zzzz')).resolves.toBe(true);
      await expect(told('shop')).resolves.toBeUndefined();
      await knex('summaries').delete();
      await expect(told('shop')).resolves.toBe(true);
      await knex('entities').delete();
      await expect(told('shop')).resolves.toBe(true);
      // Once all is read, there is nothing to wait for.
      await knex('tickets').delete();
      await expect(told('shop')).resolves.toBeUndefined();
    });

    it('names those who know that part, the latest first', async () => {
      const [file] = await ask('pay/refund.ts');
      expect(file.part).toEqual({
        path: 'pay/refund.ts',
        people: [
          {
            personRef: 'user:default/ada',
            displayName: 'Ada',
            status: 'active',
          },
        ],
      });
      expect(file.people?.map(one => one.displayName)).toEqual([
        'Ben',
        'Ada',
        'Zoe',
      ]);
      const [folder] = await ask('cart/');
      expect(folder.part?.path).toBe('cart');
      expect(folder.part?.people?.map(one => one.displayName)).toEqual([
        'Ben',
        'Zoe',
      ]);
      const [whole] = await ask('shop');
      expect(whole).not.toHaveProperty('part.path');
    });

    it('finds few of many that hold such a path, and says so', async () => {
      const annotations = installation.sourceIn('shop');
      await installation.catalogHolds(
        ...Array.from({ length: 12 }, (_, index) =>
          component(`shop-${index}`, { annotations }),
        ),
        component('refunds', {
          annotations: {
            ...annotations,
            'understanding.dev/source-paths': 'pay',
          },
        }),
      );
      const { answers, truncated } = await installation.ask('pay/refund.ts');
      expect(answers.map(one => one.entityRef)).toHaveLength(10);
      // The one whose source is nearest comes first.
      expect(answers[0].entityRef).toBe('component:default/refunds');
      expect(truncated).toBe(true);
    });

    it('finds others beside one with very many files in a folder', async () => {
      const names = Array.from({ length: 250 }, (_, index) => `${index}.ts`);
      installation.repository('big').commit({
        by: 'ada',
        at: installation.daysAgo(5),
        write: Object.fromEntries(names.map(name => [`cart/${name}`, 'x\n'])),
      });
      await installation.catalogHolds(
        ...['shop', 'big'].map(name =>
          component(name, { annotations: installation.sourceIn(name) }),
        ),
      );
      const { answers, truncated } = await installation.ask('cart/');
      expect(answers.map(one => one.entityRef)).toEqual([
        'component:default/big',
        'component:default/shop',
      ]);
      expect(truncated).toBe(false);
      expect(answers[0].part).not.toHaveProperty('truncated', true);
      await installation.knex.batchInsert(
        'paths',
        Array.from({ length: 10_000 }, (_, index) => ({
          repository: 'elsewhere',
          path: `cart/more/${index}.ts`,
          entity_ref: 'component:default/big',
        })),
        500,
      );
      const [more] = (await installation.ask('cart/')).answers;
      expect(more.part).toMatchObject({
        truncated: true,
        people: [{ displayName: 'Ada' }],
      });
    });

    it('names them anew when who they are changes', async () => {
      await catalog('ada', 'ben', 'zoe');
      const [folder] = await ask('cart/');
      expect(folder.part?.people).toEqual([
        expect.objectContaining({ personRef: 'user:default/zoe' }),
        expect.objectContaining({ personRef: 'user:default/ben' }),
      ]);
    });

    it('tells how to reach those who are here', async () => {
      const holds = (...teams: ReturnType<typeof group>[]) =>
        installation.catalogHolds(
          component('shop', {
            annotations: installation.sourceIn('shop'),
          }),
          ...teams,
          user('ada', {
            annotations: {
              'slack.com/bot-notify': 'U012AB3CD',
              'understanding.dev/time-zone': 'Europe/Berlin',
            },
          }),
        );
      await holds(group('payments', { members: ['ada'] }));
      const [whole] = await ask('shop');
      expect(whole.people?.map(one => [one.displayName, one.reach])).toEqual([
        [
          'Ada',
          {
            teams: [{ ref: 'group:default/payments', title: 'Payments' }],
            chat: 'U012AB3CD',
            timeZone: 'Europe/Berlin',
          },
        ],
        ['Zoe', undefined],
        ['Ben', undefined],
      ]);
      const titles = async () =>
        (await ask('shop'))[0].people?.[0].reach?.teams.map(one => one.title);
      await holds(group('payments', { title: 'Money', members: ['ada'] }));
      await expect(titles()).resolves.toEqual(['Money']);
      await holds();
      await expect(titles()).resolves.toEqual([]);
    });

    it('says that nobody does, who did last, and how to get it back', async () => {
      const lastAt = installation.daysAgo(7);
      await installation.daysPass(200);
      const [answer] = await ask('pay/refund.ts');
      expect(answer.nobody).toEqual({
        message: 'Nobody active has evidence younger than 180 days',
        lastAt: expect.stringContaining(lastAt.slice(0, 16)),
        lastPeople: [{ displayName: 'Zoe', status: 'not-in-catalog' }],
        rebuild: expect.arrayContaining([
          'Let somebody of Payments make its next change and Ben review it: both leave evidence.',
        ]),
      });
      expect(answer.fallback).toEqual([
        { message: 'Payments owns it', entityRef: 'group:default/payments' },
      ]);
    });

    it('is not answered with a link to another host or repository', async () => {
      await installation.catalogHolds(
        component('bank', {
          owner: 'payments',
          annotations: {
            'backstage.io/source-location':
              'url:https://git.acme.example/acme/Bank/tree/main/',
          },
        }),
        group('payments', { members: ['ada'] }),
        user('ada'),
      );
      const refs = async (query: string) =>
        (await ask(query)).map(one => one.entityRef);
      for (const host of ['git.acme.example', 'GIT.acme.example:8443']) {
        await expect(refs(`https://${host}/acme/bank/pull/7`)).resolves.toEqual(
          ['component:default/bank'],
        );
      }
      for (const link of [
        'https://git.acme.example.evil.example/acme/bank/pull/7',
        'https://git.other.example/acme/bank/blob/main/pay/refund.ts',
        'https://git.acme.example/acme/bank2',
        'https://git.acme.example/acme',
      ]) {
        await expect(refs(link)).resolves.toEqual([]);
      }
    });

    it('is answered for each that an ambiguous name may mean, for what a typo may mean, and not for what is hidden', async () => {
      await installation.catalogHolds(
        component('shop', {
          owner: 'payments',
          annotations: installation.sourceIn('shop'),
        }),
        api('shop'),
        component('shop-admin', { owner: 'payments', title: 'Shop' }),
        group('payments', { members: ['ada'] }),
        user('ada'),
      );
      const refs = async (query: string) =>
        (await ask(query)).map(one => `${one.entityRef} ${one.matchedBy}`);
      await expect(refs('shop')).resolves.toEqual([
        // Of the others nothing is known.
        'component:default/shop its name',
        'api:default/shop its name',
        'component:default/shop-admin its name',
      ]);
      const admin = 'component:default/shop-admin the words “shop-admin”';
      await expect(refs('shpo-admin')).resolves.toEqual([
        `${admin}; nothing has “shpo-admin”`,
      ]);
      await expect(refs('Who knows the shop-admin, please?')).resolves.toEqual([
        `${admin}; nothing has “please”`,
      ]);
      await expect(refs('component:default/shpo')).resolves.toEqual([
        'component:default/shop the words “component:default/shop”; nothing has “component:default/shpo”',
      ]);
      for (const nothing of ['cart/crat.ts', 'sphinx', 'one more shop here']) {
        await expect(refs(nothing)).resolves.toEqual([]);
      }
      const hidden = { type: 'some' as const, refs: new Set<string>() };
      for (const query of ['shop', 'shpo', 'shop please', 'cart/cart.ts']) {
        const told = await installation
          .ledger()
          .lookup.answer(query, { entities: hidden, people: true });
        expect(told).toEqual({ query, answers: [], truncated: false });
      }
    });

    it('is suggested while one types, without naming anybody', async () => {
      const typed = async (query: string) => {
        const { items } = await installation
          .ledger()
          .suggestions.suggest(query, READER);
        expect(suggestionsResponseSchema.parse({ items })).toEqual({ items });
        return items.map(
          one => `${one.query}: ${one.title}, ${one.description}`,
        );
      };
      await expect(typed('Sho')).resolves.toEqual([
        'component:default/shop: shop, component:default/shop, of Payments',
      ]);
      await expect(typed('component:default/s')).resolves.toEqual([
        'component:default/shop: shop, component:default/shop, of Payments',
      ]);
      await expect(typed('cart/')).resolves.toEqual([
        'cart/cart.ts: cart/cart.ts, in shop',
        'cart/sum.ts: cart/sum.ts, in shop',
      ]);
      await expect(typed('service sho')).resolves.toHaveLength(1);
      for (const nothing of [
        'op',
        'Ada',
        'user:default/ada',
        'cart%',
        'zz sho',
      ]) {
        await expect(typed(nothing)).resolves.toEqual([]);
      }
    });

    it('is found by the words that the catalog has now', async () => {
      await installation.catalogHolds(
        component('shop', { title: 'Bazaar', owner: 'payments' }),
      );
      const titles = async (query: string) =>
        (await ask(query)).map(one => one.title);
      await expect(titles('baz')).resolves.toEqual(['Bazaar']);
      await installation.catalogHolds(
        component('shop', { title: 'Market', owner: 'payments' }),
      );
      await expect(titles('baz')).resolves.toEqual([]);
      await expect(titles('mark')).resolves.toEqual(['Market']);
      await installation.catalogHolds();
      await expect(titles('mark')).resolves.toEqual([]);
    });

    describe('in Slack', () => {
      const MEMBER = 'U012AB3CD';

      const holds = () =>
        installation.catalogHolds(
          component('shop', {
            owner: 'payments',
            annotations: installation.sourceIn('shop'),
          }),
          component('vault', { owner: 'security' }),
          group('payments', { members: ['ada', 'ben'] }),
          group('security', { members: ['eve'] }),
          user('ada', { annotations: { 'slack.com/bot-notify': MEMBER } }),
          user('ben'),
          user('eve', {
            team: 'security',
            annotations: { 'slack.com/bot-notify': 'U0TWICE' },
          }),
          user('zoe', { annotations: { 'slack.com/bot-notify': 'U0TWICE' } }),
        );

      const told = (query: string, member: string = MEMBER) =>
        installation.ledger().slack.answer(member, query);

      it('tells a person of the catalog what everybody here may see', async () => {
        await holds();
        const text = await told('shop');
        expect(text).toContain('• Ben; authored');
        expect(text).toContain('Payments owns it');
        expect(text).toContain('/understanding?ask=shop|The page>');
        await expect(told('vault')).resolves.toContain('by its name');
        expect(installation.audited).toContainEqual(
          expect.objectContaining({
            eventId: 'who-understands',
            meta: { query: 'shop', by: 'user:default/ada', over: 'slack' },
          }),
        );
      });

      it('tells only what their teams own, and no names, where permissions may hide things', async () => {
        installation.hasPermissions = true;
        await holds();
        const text = await told('shop');
        expect(text).toContain('by its name');
        expect(text).toContain('active people understand it');
        expect(text).not.toContain('Ben');
        const none = await told('nothing');
        await expect(told('vault')).resolves.toBe(
          none.replaceAll('nothing', 'vault'),
        );
      });

      it('tells nothing to who is nobody of the catalog, or might be two', async () => {
        await holds();
        for (const member of ['U0NOBODY', 'U0TWICE']) {
          const text = await told('shop', member);
          expect(text).toMatch(/does not know who you are/);
          expect(text).not.toContain('Ben');
        }
      });

      it('names nobody where names are off, and tells how to ask', async () => {
        installation.config = { people: { names: false } };
        await holds();
        await expect(told('shop')).resolves.not.toContain('Ben');
        await expect(told(' ')).resolves.toBe(
          'Ask with at least two characters: the name of a service, a path of its repository, a link to a file, or words.',
        );
      });
    });
  });
});
