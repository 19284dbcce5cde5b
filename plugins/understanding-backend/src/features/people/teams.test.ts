import {
  absenceOfGroupSchema,
  absenceResponseSchema,
  teamEntitiesQuerySchema,
  teamEntitiesSchema,
} from '@understanding-dev/backstage-plugin-understanding-common';
import fc from 'fast-check';
import { component, group, user } from '../../__testUtils__/catalog';
import { Installation, READER } from '../../__testUtils__/Installation';
import { MigratedDatabases } from '../../__testUtils__/MigratedDatabases';
import { AuthoredEntity } from './AbsenceStore';
import { absenceOf, rollUpAbsence } from './rollUpAbsence';

jest.setTimeout(180_000);

const names = fc.constantFrom('ada', 'ben', 'cem', 'dora');
const entities = fc.uniqueArray(
  fc
    .record({
      name: fc.integer({ min: 1, max: 30 }),
      owner: fc.constantFrom(
        'group:default/a',
        'group:default/b',
        'user:default/ada',
        undefined,
      ),
      source: fc.integer({ min: 1, max: 30 }),
      groups: fc.option(
        fc.array(
          fc.record({
            authors: fc.uniqueArray(names, { maxLength: 3 }),
            files: fc.integer({ min: 1, max: 9 }),
          }),
          { minLength: 1, maxLength: 4 },
        ),
        { nil: undefined },
      ),
    })
    .map(
      ({ name, owner, source, groups }): AuthoredEntity => ({
        summary: {
          entityRef: `component:default/${name}`,
          title: `${name}`,
          ownerRef: owner,
        },
        read: groups && {
          authorship: groups,
          readAt: '2026-01-01T00:00:00.000Z',
          sourceKey: `${source}`,
        },
      }),
    ),
  { selector: one => one.summary.entityRef, maxLength: 12 },
);

describe('rollUpAbsence', () => {
  it('counts every entity once, and of a person nothing', () => {
    fc.assert(
      fc.property(entities, given => {
        const items = rollUpAbsence(given, 'team', () => true);
        const counted = items.map(one => one.entities + one.unread);
        expect(counted.reduce((sum, one) => sum + one, 0)).toBe(given.length);
        expect(JSON.stringify(items)).not.toContain('user:');
      }),
      { numRuns: 200 },
    );
  });

  it('never has more left when somebody leaves', () => {
    fc.assert(
      fc.property(entities, names, (given, leaver) => {
        const before = absenceOf(given, () => true);
        const after = absenceOf(given, one => one !== leaver);
        expect(after.factor.factor).toBeLessThanOrEqual(before.factor.factor);
        expect(after.factor.files).toBe(before.factor.files);
        expect(after.nobodyLeft).toBeGreaterThanOrEqual(before.nobodyLeft);
        const gone = absenceOf(given, () => false);
        expect([gone.factor.factor, gone.nobodyLeft, gone.oneLeft]).toEqual([
          0,
          gone.entities,
          0,
        ]);
      }),
      { numRuns: 200 },
    );
  });
});

describe('a team', () => {
  const databases = MigratedDatabases.create({
    ids: ['SQLITE_3', 'POSTGRES_18'],
  });

  describe.each(databases.eachSupportedId())('on %s', id => {
    let installation: Installation;
    const PAYMENTS = 'group:default/payments';
    const members = ['ada', 'ben', 'cem', 'dora', 'eli'];

    const holds = (ofPayments: readonly string[]) =>
      installation.catalogHolds(
        ...['ledger', 'cart', 'old', 'shop'].map(name =>
          component(name, {
            owner: name === 'shop' ? 'selling' : 'payments',
            annotations: installation.sourceIn(name),
          }),
        ),
        component('unread', { owner: 'payments' }),
        group('payments', { members: ofPayments }),
        group('selling'),
        ...ofPayments.map(name => user(name)),
      );

    beforeEach(async () => {
      installation = Installation.create(await databases.init(id));
      const commits = (name: string, ...people: string[]) =>
        people.reduce(
          (repository, by, index) =>
            repository.commit({
              by,
              at: installation.daysAgo(9 - index),
              write: { [`src/${by}.ts`]: 'x\n' },
            }),
          installation.repository(name),
        );
      commits('ledger', 'ada', 'ben', 'zoe');
      commits('cart', 'ada');
      commits('old', 'zoe');
      commits('shop', 'ben');
      await holds(members);
    });

    afterEach(() => installation.dispose());

    const list = async (
      which: 'owned-not-understood' | 'understood-not-owned',
      more: { limit?: number; cursor?: string } = {},
    ) => {
      const answer = await installation
        .ledger()
        .teams.listEntities(
          PAYMENTS,
          teamEntitiesQuerySchema.parse({ list: which, ...more }),
          READER,
        );
      expect(teamEntitiesSchema.parse(answer)).toEqual(answer);
      return answer;
    };
    const titles = async (...args: Parameters<typeof list>) =>
      (await list(...args)).items.map(one => one.title);

    it('tells what nobody is left of from what one person is left of', async () => {
      const absence = await installation
        .ledger()
        .teams.getAbsence(PAYMENTS, READER);
      expect(absenceOfGroupSchema.parse(absence)).toEqual(absence);
      expect(absence).toMatchObject({
        title: 'Payments',
        entities: 3,
        unread: 1,
        // Of five files, zoe's two are nobody's, ada has two and ben one.
        factor: { factor: 1, files: 5, coverageAtStop: 0.2 },
        entitiesWithNobody: [{ title: 'old' }],
        entitiesWithOne: [{ title: 'cart' }, { title: 'ledger' }],
        readAt: installation.now,
      });
      await holds(members.slice(1));
      const all = await installation.ledger().teams.listAbsence('team', READER);
      expect(absenceResponseSchema.parse(all)).toEqual(all);
      expect(
        all.items.map(one => [one.ref, one.nobodyLeft, one.oneLeft]),
      ).toEqual([
        [PAYMENTS, 3, 0],
        ['group:default/selling', 0, 1],
      ]);
    });

    it('lists what it does not understand, and what it understands besides', async () => {
      await expect(list('owned-not-understood')).resolves.toMatchObject({
        items: [{ title: 'old', understoodBy: 0 }],
        totalItems: 1,
        among: 'team',
        unknown: 1,
      });
      await expect(titles('understood-not-owned')).resolves.toEqual(['shop']);
      // Of four people, what one of them knows could be told.
      await holds(members.slice(0, 4));
      await expect(list('understood-not-owned')).resolves.toMatchObject({
        items: [],
        among: 'anybody',
      });
      await expect(titles('owned-not-understood')).resolves.toEqual(['old']);
    });

    it('lists page by page, and of teams only', async () => {
      await holds(['eli', 'fay', 'gil', 'hal', 'ida']);
      const first = await list('owned-not-understood', { limit: 2 });
      expect(first.items.map(one => one.title)).toEqual(['cart', 'ledger']);
      expect(first.totalItems).toBe(3);
      await expect(
        titles('owned-not-understood', { limit: 2, cursor: first.nextCursor }),
      ).resolves.toEqual(['old']);
      const { teams } = installation.ledger();
      const query = teamEntitiesQuerySchema.parse({
        list: 'owned-not-understood',
      });
      for (const ref of ['user:default/eli', 'group:default/none']) {
        await expect(teams.listEntities(ref, query, READER)).rejects.toThrow(
          `The catalog has no Group ${ref}.`,
        );
      }
      await expect(
        teams.getAbsence('user:default/eli', READER),
      ).rejects.toThrow('neither a Group nor a System');
    });
  });
});
