import { mockCredentials } from '@backstage/backend-test-utils';
import { Identifier } from '@understanding-dev/backstage-plugin-understanding-common';
import { user } from '../../__testUtils__/catalog';
import { MigratedDatabases } from '../../__testUtils__/MigratedDatabases';
import {
  ADA,
  ADMIN,
  AS_ADA,
  AS_BEN,
  QUERY,
  SHOP,
  useShop,
} from './__testUtils__/useShop';

jest.setTimeout(180_000);

describe('who is called otherwise now', () => {
  const databases = MigratedDatabases.create({
    ids: ['SQLITE_3', 'POSTGRES_18'],
  });

  describe.each(databases.eachSupportedId())('on %s', id => {
    const shop = useShop(databases, id);
    const { catalog, commits, service, people, candidates, decide } = shop;

    it('follows a User who is called otherwise now, and tells who left', async () => {
      commits('ada');
      await catalog(user('ada'), user('ben', { team: 'payments' }));
      const email = 'ada@acme.example';
      await catalog(user('ada.king', { email }), user('ben'));
      await expect(people()).resolves.toEqual(['Ada.king: 1 authored?']);
      const { items } = await service().listContradictions(QUERY, ADMIN);
      expect(items).toMatchObject([
        { type: 'taken-over', decided: 'user:default/ada.king' },
      ]);
      await expect(service().listLeavers(QUERY, ADMIN)).resolves.toMatchObject({
        totalItems: 1,
        items: [{ personRef: ADA, reason: 'removed' }],
      });
      await catalog({ ...user('ben'), relations: [] });
      const { items: left } = await service().listLeavers(QUERY, ADMIN);
      expect(left.map(one => [one.personRef, one.reason])).toEqual([
        [ADA, 'removed'],
        ['user:default/ada.king', 'removed'],
        ['user:default/ben', 'no-group'],
      ]);
    });

    /** Ben says what Ada taught, which she confirms, and documented, which waits. */
    const saidOfAda = async () => {
      commits('ben');
      await catalog(user('ada'), user('ben'));
      const { statements } = shop.installation.ledger();
      const said = {
        entityRef: SHOP,
        kind: 'taught' as const,
        personRef: ADA,
        at: shop.installation.daysAgo(3),
      };
      const { id: taught } = await statements.propose(said, AS_BEN);
      await statements.confirm(taught, AS_ADA);
      const { id: documented } = await statements.propose(
        { ...said, kind: 'documented', at: shop.installation.daysAgo(2) },
        AS_BEN,
      );
      await statements.setSuggested(false, AS_ADA);
      await shop.installation.settle();
      await expect(people()).resolves.toEqual([
        'Ada: 1 taught',
        'Ben: 1 authored?',
      ]);
      return { taught, documented };
    };

    it('takes what was said by hand along to what a User is called now', async () => {
      const { taught, documented } = await saidOfAda();
      const drafts = () => shop.installation.ledger().explanations.drafts;
      for (const key of ['one', 'two']) {
        await drafts().keep({ key, content: { what: 'Half' } }, AS_ADA);
      }
      const KING = 'user:default/ada.king';
      const AS_KING = mockCredentials.user(KING);
      const email = 'ada@acme.example';
      await catalog(user('ada.king', { email }), user('ben'));
      await expect(people()).resolves.toEqual([
        'Ada.king: 1 taught',
        'Ben: 1 authored?',
      ]);
      const { aboutMe, erasures, statements } = shop.installation.ledger();
      const { items } = await statements.list(AS_KING);
      expect(items.map(one => [one.kind, one.personRef])).toEqual(
        expect.arrayContaining([
          ['taught', KING],
          ['documented', KING],
        ]),
      );
      await statements.confirm(documented, AS_KING);
      await shop.installation.settle();
      await expect(people()).resolves.toEqual([
        'Ada.king: 1 documented 1 taught',
        'Ben: 1 authored?',
      ]);
      const told = await aboutMe.get(AS_KING);
      // What she was writing is still there, is gone on with, and can be removed.
      await shop.installation.minutesPass(1);
      await drafts().keep({ key: 'one', content: { what: 'More' } }, AS_KING);
      await expect(drafts().get('one', AS_KING)).resolves.toMatchObject({
        draft: { content: { what: 'More' } },
      });
      await expect(drafts().get('two', AS_KING)).resolves.toMatchObject({
        draft: { content: { what: 'Half' } },
      });
      await expect(
        drafts().get('two', mockCredentials.user('user:default/ben')),
      ).resolves.toEqual({});
      await drafts().remove('two', AS_KING);
      await expect(drafts().get('two', AS_KING)).resolves.toEqual({});
      expect(told.drafts.map(one => one.key)).toEqual(['one', 'two']);
      expect((await aboutMe.get(AS_KING)).drafts).toHaveLength(1);
      expect(told.suggested).toBe(false);
      expect(told.evidence.map(one => one.kind)).toEqual([
        'documented',
        'taught',
      ]);
      // What is kept under the former name is of somebody who is here.
      await expect(erasures.erase(ADA, ADMIN)).rejects.toThrow(
        /is called user:default\/ada\.king now/,
      );
      await statements.withdraw(taught, AS_KING);
      await statements.setSuggested(true, AS_KING);
      await shop.installation.settle();
      await expect(people()).resolves.toEqual([
        'Ada.king: 1 documented',
        'Ben: 1 authored?',
      ]);
      await expect(aboutMe.get(AS_KING)).resolves.toMatchObject({
        suggested: true,
      });
    });

    it('takes it along by the word of an admin where the catalog does not tell', async () => {
      await saidOfAda();
      const COUNTESS = 'user:default/countess';
      const AS_COUNTESS = mockCredentials.user(COUNTESS);
      await shop.installation
        .ledger()
        .statements.correct(SHOP, { type: 'no-longer' }, AS_ADA);
      const ada: Identifier = { type: 'user', value: ADA };
      await catalog(user('countess'), user('ben'));
      await expect(people()).resolves.toContain('(Ada): 1 taught');
      await expect(
        decide(ada, AS_COUNTESS, 'confirmed', COUNTESS),
      ).rejects.toThrow(/is nothing that may be yours/);
      await expect(
        decide(
          { type: 'user', value: 'user:default/ben' },
          ADMIN,
          'confirmed',
          COUNTESS,
        ),
      ).rejects.toThrow(/whom the catalog no longer has/);

      await decide(ada, ADMIN, 'confirmed', COUNTESS);
      await shop.installation.settle('entity');
      await expect(people()).resolves.toContain('Countess: 1 taught');
      const { people: told = [] } = await shop.installation.understanding(SHOP);
      expect(
        told.find(one => one.personRef === COUNTESS)?.correction,
      ).toMatchObject({ type: 'no-longer' });
      await shop.installation
        .ledger()
        .statements.withdrawCorrection(SHOP, AS_COUNTESS);

      await service().undo(ada, COUNTESS, ADMIN);
      await shop.installation.settle('entity');
      await expect(people()).resolves.toContain('(Ada): 1 taught');
    });

    it('offers an admin who may be called otherwise now', async () => {
      await catalog(user('ada'));
      await catalog(
        user('countess', { email: 'ada@home.example' }),
        user('ben'),
      );
      await expect(candidates()).resolves.toEqual([
        'user:default/ada Countess name-is-local-part',
      ]);
      const mine = await service().listMine(
        mockCredentials.user('user:default/countess'),
      );
      expect(mine.candidates).toEqual([]);
    });
  });
});
