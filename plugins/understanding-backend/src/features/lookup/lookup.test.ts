import { TestDatabases } from '@backstage/backend-test-utils';
import { whoUnderstandsResponseSchema } from '@understanding-dev/backstage-plugin-understanding-common';
import { component, group, user } from '../../__testUtils__/catalog';
import { Installation } from '../../__testUtils__/Installation';

jest.setTimeout(120_000);

describe('who understands a path', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

  describe.each(databases.eachSupportedId())('on %s', id => {
    let installation: Installation;

    beforeEach(async () => {
      installation = await Installation.create(await databases.init(id));
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

    const catalog = (...members: string[]) =>
      installation.catalogHolds(
        component('shop', {
          owner: 'payments',
          annotations: installation.sourceIn('shop'),
        }),
        group('payments', { members }),
        ...members.map(name => user(name)),
      );

    const ask = async (query: string) => {
      const answer = await installation.ask(query);
      expect(whoUnderstandsResponseSchema.parse(answer)).toEqual(answer);
      return answer.answers;
    };

    it('names those who know that part, in the order of all', async () => {
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

    it('names them anew when who they are changes', async () => {
      await catalog('ada', 'ben', 'zoe');
      const [folder] = await ask('cart/');
      expect(folder.part?.people).toEqual([
        expect.objectContaining({ personRef: 'user:default/zoe' }),
        expect.objectContaining({ personRef: 'user:default/ben' }),
      ]);
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
  });
});
