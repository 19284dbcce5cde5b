import { mockCredentials } from '@backstage/backend-test-utils';
import {
  Identifier,
  listIdentitiesQuerySchema,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { component, group, user } from '../../__testUtils__/catalog';
import {
  HOST,
  hostChange,
  hostedIn,
  merged,
} from '../../__testUtils__/changes';
import { Installation } from '../../__testUtils__/Installation';
import { MigratedDatabases } from '../../__testUtils__/MigratedDatabases';

jest.setTimeout(180_000);

const SHOP = 'component:default/shop';
const ADA = 'user:default/ada';
const AS_ADA = mockCredentials.user(ADA);
const AS_BEN = mockCredentials.user('user:default/ben');
const ADMIN = mockCredentials.user('user:default/admin');
const HOME: Identifier = { type: 'email', value: 'ada@home.example' };
const QUERY = listIdentitiesQuerySchema.parse({ limit: 200 });

describe('who is who', () => {
  const databases = MigratedDatabases.create({
    ids: ['SQLITE_3', 'POSTGRES_18'],
  });

  describe.each(databases.eachSupportedId())('on %s', id => {
    let installation: Installation;

    beforeEach(async () => {
      installation = Installation.create(await databases.init(id)).withHost();
      installation.allows = (who, permission) =>
        who === 'user:default/admin' || permission !== 'understanding.admin';
    });

    afterEach(() => installation.dispose());

    const catalog = (...users: ReturnType<typeof user>[]) =>
      installation.catalogHolds(
        component('shop', {
          owner: 'payments',
          annotations: hostedIn('acme/shop'),
        }),
        group('payments', { members: users.map(one => one.metadata.name) }),
        ...users,
      );

    /** A commit by each, of a file of their own. */
    const commits = (...by: string[]) =>
      installation.repository(`${HOST}/acme/shop`).commit(
        ...by.map((one, index) => ({
          by: one,
          at: installation.daysAgo(30 - index),
          write: { [`src/${index}.ts`]: 'x\n' },
        })),
      );

    const service = () => installation.ledger().identities;

    /** Each as `Name: kinds with their count`, a claim with `?`, gone in brackets. */
    const people = async () => {
      const { people: all = [] } = await installation.understanding(SHOP);
      return all
        .map(one => {
          const name =
            one.status === 'active' ? one.displayName : `(${one.displayName})`;
          const kinds = one.evidence.map(
            ({ kind, count, verified }) =>
              `${count} ${kind}${verified ? '' : '?'}`,
          );
          return `${name}: ${kinds.join(' ')}`;
        })
        .sort();
    };

    const candidates = async () =>
      (await service().listCandidates(QUERY, ADMIN)).items.map(
        one => `${one.identifier.value} ${one.displayName} ${one.reason}`,
      );

    const decide = (
      identifier: Identifier,
      as = ADMIN,
      state: 'confirmed' | 'refused' = 'confirmed',
      personRef = ADA,
    ) =>
      service().decide(
        [{ identifier, personRef, state, fromMailmap: false }],
        as,
      );

    it('offers what is weaker, and a confirmation changes answers without a reading', async () => {
      commits('ada', 'Ada <ada@home.example>', 'Nina <nina@x.example>');
      await catalog(user('ada'), user('ben'));
      await expect(people()).resolves.toEqual([
        '(Ada): 1 authored?',
        '(Nina): 1 authored?',
        'Ada: 1 authored?',
      ]);
      await expect(candidates()).resolves.toEqual([
        'ada@home.example Ada same-name',
      ]);

      const factor = async () =>
        (await installation.understanding(SHOP)).absenceFactor?.allTime;
      await expect(factor()).resolves.toMatchObject({ factor: 2 });
      await decide(HOME);
      await installation.settle('entity');
      await expect(people()).resolves.toEqual([
        '(Nina): 1 authored?',
        'Ada: 2 authored?',
      ]);
      const part = async () =>
        (await installation.ask('src/1.ts')).answers[0].part?.people;
      await expect(part()).resolves.toMatchObject([{ personRef: ADA }]);
      await expect(candidates()).resolves.toEqual([]);
      const told = await service().listLinks(QUERY, ADMIN);
      expect(told.items).toMatchObject([
        {
          identifier: HOME,
          state: 'confirmed',
          decidedBy: 'user:default/admin',
        },
      ]);
      // What is counted over all files follows with the next reading.
      await installation.settle();
      await expect(factor()).resolves.toMatchObject({ factor: 1 });

      await service().undo(HOME, ADA, ADMIN);
      await installation.settle('entity');
      await expect(people()).resolves.toEqual([
        '(Ada): 1 authored?',
        '(Nina): 1 authored?',
        'Ada: 1 authored?',
      ]);
      await expect(part()).resolves.toMatchObject([
        { displayName: 'Ada', status: 'not-in-catalog' },
      ]);

      await decide(HOME, ADMIN, 'refused');
      await expect(candidates()).resolves.toEqual([]);
    });

    it('lets people decide about what may be theirs, as their own word', async () => {
      commits('ada');
      const account: Identifier = { type: 'account', value: `${HOST}/ada` };
      await catalog(user('ada'), user('ben'));
      await installation.told({
        type: 'change',
        change: merged(hostChange(1)),
      });
      await expect(people()).resolves.toEqual([
        '(ada): 1 authored',
        'Ada: 1 authored?',
      ]);
      await expect(service().listMine(AS_BEN)).resolves.toEqual({
        candidates: [],
        links: [],
      });
      const mine = await service().listMine(AS_ADA);
      expect(mine.candidates).toMatchObject([{ identifier: account }]);
      await expect(decide(account, AS_BEN)).rejects.toThrow(
        /lack the permission understanding.admin/,
      );
      await expect(
        decide(account, AS_BEN, 'confirmed', 'user:default/ben'),
      ).rejects.toThrow(/is nothing that may be yours/);
      await expect(service().listCandidates(QUERY, AS_ADA)).rejects.toThrow(
        /lack the permission/,
      );

      await decide(account, AS_ADA);
      await installation.settle('entity');
      // The host vouches for the account, and nobody for that it is hers.
      await expect(people()).resolves.toEqual(['Ada: 2 authored?']);
      const { aboutMe } = installation.ledger();
      const told = await aboutMe.get(AS_ADA);
      expect(told.identities).toMatchObject([{ identifier: account }]);
      expect(told.evidence.map(one => [one.source, one.verified])).toEqual([
        ['history', false],
        ['host', false],
      ]);

      await service().undo(account, ADA, AS_ADA);
      await decide(account);
      await installation.settle('entity');
      await expect(people()).resolves.toEqual(['Ada: 1 authored 1 authored?']);
      // Who is named may take it back, and not what an admin refused.
      await service().undo(account, ADA, AS_ADA);
      await decide(account, ADMIN, 'refused');
      await expect(service().undo(account, ADA, AS_ADA)).rejects.toThrow(
        /lack the permission/,
      );
      await expect(decide(account, AS_ADA)).rejects.toThrow(/may be yours/);
    });

    it('is one person with forty addresses', async () => {
      const addresses = Array.from(
        { length: 39 },
        (_, index) => `a${index}@home.example`,
      );
      commits('ada', ...addresses.map(address => `Ada <${address}>`));
      await catalog(user('ada'));
      const { items, totalItems, nextCursor } = await service().listCandidates(
        listIdentitiesQuerySchema.parse({ limit: 30 }),
        ADMIN,
      );
      expect([items.length, totalItems]).toEqual([30, 39]);
      const next = await service().listCandidates(
        listIdentitiesQuerySchema.parse({ limit: 30, cursor: nextCursor }),
        ADMIN,
      );
      const all = [...items, ...next.items].map(one => one.identifier);
      expect(new Set(all.map(one => one.value))).toEqual(new Set(addresses));
      await service().decide(
        all.map(identifier => ({
          identifier,
          personRef: ADA,
          state: 'confirmed',
          fromMailmap: false,
        })),
        ADMIN,
      );
      await installation.settle();
      await expect(people()).resolves.toEqual(['Ada: 40 authored?']);
      const { absenceFactor } = await installation.understanding(SHOP);
      expect(absenceFactor?.allTime).toMatchObject({ factor: 1, files: 40 });
    });

    it('is nobody where an address is longer than addresses are', async () => {
      const long = 'x'.repeat(300);
      commits('ada', `${long} <${long}@home.example>`);
      await catalog(user('ada'));
      await expect(people()).resolves.toEqual([
        `(${long.slice(0, 255)}): 1 authored?`,
        'Ada: 1 authored?',
      ]);
    });

    it('counts what two people of the catalog claim for neither, and shows it', async () => {
      const email = 'team@acme.example';
      commits(`Team <${email}>`);
      await catalog(user('ada', { email }), user('ben', { email }));
      await expect(people()).resolves.toEqual(['(Team): 1 authored?']);
      const contradictions = async () =>
        (await service().listContradictions(QUERY, ADMIN)).items;
      await expect(contradictions()).resolves.toEqual([
        {
          identifier: { type: 'email', value: email },
          type: 'shared',
          personRefs: [ADA, 'user:default/ben'],
        },
      ]);
      await decide({ type: 'email', value: email });
      await installation.settle('entity');
      await expect(people()).resolves.toEqual(['Ada: 1 authored?']);
      await expect(contradictions()).resolves.toEqual([]);
      await expect(
        decide(
          { type: 'email', value: 'TEAM@acme.example' },
          ADMIN,
          'confirmed',
          'user:default/ben',
        ),
      ).rejects.toThrow(/confirmed for somebody else already/);
    });

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
      const { statements } = installation.ledger();
      const said = {
        entityRef: SHOP,
        kind: 'taught' as const,
        personRef: ADA,
        at: installation.daysAgo(3),
      };
      const { id: taught } = await statements.propose(said, AS_BEN);
      await statements.confirm(taught, AS_ADA);
      const { id: documented } = await statements.propose(
        { ...said, kind: 'documented', at: installation.daysAgo(2) },
        AS_BEN,
      );
      await statements.setSuggested(false, AS_ADA);
      await installation.settle();
      await expect(people()).resolves.toEqual([
        'Ada: 1 taught',
        'Ben: 1 authored?',
      ]);
      return { taught, documented };
    };

    it('takes what was said by hand along to what a User is called now', async () => {
      const { taught, documented } = await saidOfAda();
      const drafts = () => installation.ledger().explanations.drafts;
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
      const { aboutMe, erasures, statements } = installation.ledger();
      const { items } = await statements.list(AS_KING);
      expect(items.map(one => [one.kind, one.personRef])).toEqual(
        expect.arrayContaining([
          ['taught', KING],
          ['documented', KING],
        ]),
      );
      await statements.confirm(documented, AS_KING);
      await installation.settle();
      await expect(people()).resolves.toEqual([
        'Ada.king: 1 documented 1 taught',
        'Ben: 1 authored?',
      ]);
      const told = await aboutMe.get(AS_KING);
      // What she was writing is still there, is gone on with, and can be removed.
      await installation.minutesPass(1);
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
      await installation.settle();
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
      await installation
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
      await installation.settle('entity');
      await expect(people()).resolves.toContain('Countess: 1 taught');
      const { people: told = [] } = await installation.understanding(SHOP);
      expect(
        told.find(one => one.personRef === COUNTESS)?.correction,
      ).toMatchObject({ type: 'no-longer' });
      await installation
        .ledger()
        .statements.withdrawCorrection(SHOP, AS_COUNTESS);

      await service().undo(ada, COUNTESS, ADMIN);
      await installation.settle('entity');
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

    it('does not let commits under the address of another stand above what is verified', async () => {
      commits('ada', ...Array.from({ length: 25 }, () => 'ben'));
      await catalog(
        user('ada', { annotations: { [`${HOST}/user-login`]: 'ada' } }),
        user('ben'),
      );
      await installation.told({
        type: 'change',
        change: merged(hostChange(1)),
      });
      const { people: told = [] } = await installation.understanding(SHOP);
      expect(told.map(one => one.displayName)).toEqual(['Ada', 'Ben']);
      expect(told[1].evidence).toMatchObject([{ count: 25, verified: false }]);
      // Whose address it is says that they do not know it.
      await installation
        .ledger()
        .statements.correct(SHOP, { type: 'no-longer' }, AS_BEN);
      await installation.settle();
      const { people: after = [] } = await installation.understanding(SHOP);
      expect(after.find(one => one.displayName === 'Ben')?.understands).toBe(
        false,
      );
    });

    it('says what a mailmap would link before anything is linked', async () => {
      commits('Ada <ada@home.example>', 'Bo <bo@home.example>', 'ada');
      await catalog(user('ada'));
      const text = [
        '# Who is who',
        'Ada <ada@acme.example> <ada@home.example>',
        'Bo <bo@nowhere.example> <bo@home.example>',
        'Nobody <ada@acme.example> <never@met.example>',
      ].join('\n');
      const reading = await service().readMailmap({ text }, ADMIN);
      expect(reading).toMatchObject({
        items: [{ identifier: HOME, personRef: ADA, reason: 'mailmap' }],
        left: 0,
        unknown: 1,
      });
      await expect(people()).resolves.toHaveLength(3);
      await service().decide(
        reading.items.map(({ identifier, personRef }) => ({
          identifier,
          personRef,
          state: 'confirmed',
          fromMailmap: true,
        })),
        ADMIN,
      );
      await installation.settle();
      await expect(people()).resolves.toEqual([
        '(Bo): 1 authored?',
        'Ada: 2 authored?',
      ]);
      await expect(
        service().readMailmap({ text }, ADMIN),
      ).resolves.toMatchObject({ items: [] });
      await expect(service().readMailmap({ text }, AS_ADA)).rejects.toThrow(
        /lack the permission/,
      );
    });

    it('lists bots, each with the reason', async () => {
      commits(
        'ada',
        'renovate[bot] <renovate[bot]@users.noreply.github.com>',
        'Claude <noreply@anthropic.com>',
      );
      await catalog(user('ada'));
      await installation.told({
        type: 'change',
        change: hostChange(1, { author: { login: 'shipit', bot: true } }),
      });
      const { items } = await service().listBots(QUERY, ADMIN);
      expect(items).toEqual([
        { address: `${HOST}/shipit`, name: 'shipit', reason: 'told' },
        {
          address: 'noreply@anthropic.com',
          name: 'Claude',
          reason: 'agent',
        },
        {
          address: 'renovate[bot]@users.noreply.github.com',
          name: 'renovate[bot]',
          reason: 'marked',
        },
      ]);
    });
  });
});
