import {
  Identifier,
  listIdentitiesQuerySchema,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { user } from '../../__testUtils__/catalog';
import { HOST, hostChange, merged } from '../../__testUtils__/changes';
import { MigratedDatabases } from '../../__testUtils__/MigratedDatabases';
import {
  ADA,
  ADMIN,
  AS_ADA,
  AS_BEN,
  HOME,
  QUERY,
  SHOP,
  useShop,
} from './__testUtils__/useShop';

jest.setTimeout(180_000);

describe('who is who', () => {
  const databases = MigratedDatabases.create({
    ids: ['SQLITE_3', 'POSTGRES_18'],
  });

  describe.each(databases.eachSupportedId())('on %s', id => {
    const shop = useShop(databases, id);
    const { catalog, commits, service, people, candidates, decide } = shop;

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
        (await shop.installation.understanding(SHOP)).absenceFactor?.allTime;
      await expect(factor()).resolves.toMatchObject({ factor: 2 });
      await decide(HOME);
      await shop.installation.settle('entity');
      await expect(people()).resolves.toEqual([
        '(Nina): 1 authored?',
        'Ada: 2 authored?',
      ]);
      const part = async () =>
        (await shop.installation.ask('src/1.ts')).answers[0].part?.people;
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
      await shop.installation.settle();
      await expect(factor()).resolves.toMatchObject({ factor: 1 });

      await service().undo(HOME, ADA, ADMIN);
      await shop.installation.settle('entity');
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
      await shop.installation.told({
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
      await shop.installation.settle('entity');
      // The host vouches for the account, and nobody for that it is hers.
      await expect(people()).resolves.toEqual(['Ada: 2 authored?']);
      const { aboutMe } = shop.installation.ledger();
      const told = await aboutMe.get(AS_ADA);
      expect(told.identities).toMatchObject([{ identifier: account }]);
      expect(told.evidence.map(one => [one.source, one.verified])).toEqual([
        ['history', false],
        ['host', false],
      ]);

      await service().undo(account, ADA, AS_ADA);
      await decide(account);
      await shop.installation.settle('entity');
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
      await shop.installation.settle();
      await expect(people()).resolves.toEqual(['Ada: 40 authored?']);
      const { absenceFactor } = await shop.installation.understanding(SHOP);
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
      await shop.installation.settle('entity');
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

    it('does not let commits under the address of another stand above what is verified', async () => {
      commits('ada', ...Array.from({ length: 25 }, () => 'ben'));
      await catalog(
        user('ada', { annotations: { [`${HOST}/user-login`]: 'ada' } }),
        user('ben'),
      );
      await shop.installation.told({
        type: 'change',
        change: merged(hostChange(1)),
      });
      const { people: told = [] } = await shop.installation.understanding(SHOP);
      expect(told.map(one => one.displayName)).toEqual(['Ada', 'Ben']);
      expect(told[1].evidence).toMatchObject([{ count: 25, verified: false }]);
      // Whose address it is says that they do not know it.
      await shop.installation
        .ledger()
        .statements.correct(SHOP, { type: 'no-longer' }, AS_BEN);
      await shop.installation.settle();
      const { people: after = [] } = await shop.installation.understanding(
        SHOP,
      );
      expect(after.find(one => one.displayName === 'Ben')?.understands).toBe(
        false,
      );
    });

    it('says what a mailmap would link before anything is linked', async () => {
      commits(
        'Ada <ada@home.example>',
        'Bo <bo@home.example>',
        'Cy <cy@home.example>',
        'ada',
      );
      const email = 'team@acme.example';
      await catalog(user('ada'), user('cy', { email }), user('dee', { email }));
      const text = [
        '# Who is who',
        'Ada <ada@acme.example> <ada@home.example>',
        'Bo <bo@nowhere.example> <bo@home.example>',
        'Nobody <ada@acme.example> <never@met.example>',
        'Cy <team@acme.example> <cy@home.example>',
        'ada@acme.example ada@home.example',
      ].join('\n');
      const reading = await service().readMailmap({ text }, ADMIN);
      expect(reading).toMatchObject({
        items: [{ identifier: HOME, personRef: ADA, reason: 'mailmap' }],
        left: 0,
        unknown: 1,
        shared: 1,
        unusableLines: [6],
      });
      await expect(people()).resolves.toHaveLength(4);
      await service().decide(
        reading.items.map(({ identifier, personRef }) => ({
          identifier,
          personRef,
          state: 'confirmed',
          fromMailmap: true,
        })),
        ADMIN,
      );
      await shop.installation.settle();
      await expect(people()).resolves.toEqual([
        '(Bo): 1 authored?',
        '(Cy): 1 authored?',
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
      await shop.installation.told({
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
