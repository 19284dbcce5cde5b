import { mockCredentials } from '@backstage/backend-test-utils';
import { departureResponseSchema } from '@understanding-dev/backstage-plugin-understanding-common';
import { component, group, user } from '../../__testUtils__/catalog';
import { Installation, READER } from '../../__testUtils__/Installation';
import { MigratedDatabases } from '../../__testUtils__/MigratedDatabases';

jest.setTimeout(120_000);

describe('a departure', () => {
  const databases = MigratedDatabases.create({
    ids: ['SQLITE_3', 'POSTGRES_18'],
  });

  describe.each(databases.eachSupportedId())('on %s', id => {
    let installation: Installation;

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
      commits('ledger', 'ada', 'ben');
      commits('cart', 'ada');
      commits('docs', 'ben');
      await installation.catalogHolds(
        ...['ledger', 'cart', 'docs'].map(name =>
          component(name, {
            owner: 'payments',
            annotations: installation.sourceIn(name),
          }),
        ),
        group('payments', { members: ['ada', 'ben', 'cem'] }),
        user('ada'),
        user('ben'),
        user('cem'),
      );
    });

    afterEach(() => installation.dispose());

    const simulate = async (...people: string[]) => {
      const answer = await installation
        .ledger()
        .departures.simulate({ people }, READER);
      expect(departureResponseSchema.parse(answer)).toEqual(answer);
      return answer;
    };

    it('tells what falls, and who restores it', async () => {
      const { entities, actions, unrepaired } = await simulate(
        'user:default/ada',
      );
      expect(entities.map(one => [one.title, one.before, one.after])).toEqual([
        ['cart', 1, 0],
        ['ledger', 2, 1],
      ]);
      expect(
        actions.map(one => [one.action, one.displayName, one.restores]),
      ).toEqual([
        ['pair', 'Cem', ['component:default/cart']],
        ['pair', 'Cem', ['component:default/ledger']],
      ]);
      expect(unrepaired).toEqual([]);
    });

    it('is that of a whole team, too, whom nobody replaces', async () => {
      const { entities, actions, unrepaired } = await simulate(
        'group:default/payments',
      );
      expect(entities.map(one => one.after)).toEqual([0, 0, 0]);
      expect(actions).toEqual([]);
      expect(unrepaired.map(one => one.unknownToOthers)).toEqual([
        true,
        true,
        true,
      ]);
    });

    it('asks nobody who does not want to be', async () => {
      const { statements } = installation.ledger();
      await statements.setSuggested(
        false,
        mockCredentials.user('user:default/cem'),
      );
      const { actions } = await simulate('user:default/ada');
      expect(actions.map(one => one.displayName)).toEqual(['Ben']);
    });

    it('counts everybody of what very many work on, though the first are told', async () => {
      const names = Array.from({ length: 103 }, (_, index) => `p${index}`);
      const { knex } = installation;
      await knex('evidence').insert(
        names.map(name => ({
          entity_ref: 'component:default/docs',
          source: 'elsewhere',
          kind: 'authored',
          person_ref: `user:default/${name}`,
          display_name: name,
          latest_at: installation.daysAgo(3),
          count: 1,
          verified: false,
        })),
      );
      await installation.catalogHolds(
        component('docs', {
          owner: 'payments',
          annotations: installation.sourceIn('docs'),
        }),
        group('payments', { members: ['ben', 'p0'] }),
        group('crowd', { members: names.slice(1) }),
        ...['ben', ...names].map(name => user(name)),
      );
      const { summary, people, morePeople } = await installation.understanding(
        'component:default/docs',
      );
      expect(summary).toMatchObject({ understoodBy: 104 });
      expect(summary.people).toHaveLength(10);
      expect(people).toHaveLength(100);
      expect(morePeople).toBe(4);
      const crowd = 'group:default/crowd';
      expect((await simulate(crowd)).entities).toEqual([]);
      const { entities } = await simulate(crowd, 'user:default/ben');
      expect(entities).toMatchObject([{ before: 104, after: 1, minimum: 2 }]);
    });

    it('is of people whom the catalog has', async () => {
      await expect(simulate('user:default/zoe')).rejects.toThrow(
        /people: the catalog has no User or Group user:default\/zoe/,
      );
    });

    it('can be switched off', async () => {
      installation.config = { simulations: { departures: false } };
      await expect(simulate('user:default/ada')).rejects.toThrow(
        /understanding.simulations.departures is off/,
      );
    });
  });
});
