import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { TestDatabases } from '@backstage/backend-test-utils';
import { tablesOf } from '../__testUtils__/MigratedDatabases';
import { databaseClock } from './instants';
import { migrateDown, migrateUp } from './migrations';

jest.setTimeout(60_000);

const MIGRATIONS = resolvePackagePath(
  '@understanding-dev/backstage-plugin-understanding-backend',
  'migrations',
);

describe('migrations', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

  it.each(databases.eachSupportedId())(
    'make and remove every table, again and again, on %s',
    async id => {
      const knex = await databases.init(id);
      await migrateUp(knex);
      const tables = await tablesOf(knex);
      expect(tables).toContain('summaries');
      expect(tables).toContain('outbox');
      await migrateDown(knex);
      await expect(tablesOf(knex)).resolves.toEqual([]);
      await migrateUp(knex);
      await expect(tablesOf(knex)).resolves.toEqual(tables);
    },
  );

  it.each(databases.eachSupportedId())(
    'refuse a second open flag of one rule on one entity on %s',
    async id => {
      const knex = await databases.init(id);
      await migrateUp(knex);
      const flag = {
        entity_ref: 'component:default/a',
        rule: 'stale-docs',
        severity: 'low',
        reasons: '[]',
        repair: '{}',
        since: '2026-01-01T00:00:00.000Z',
      };
      await knex('flags').insert({ ...flag, id: '1', state: 'resolved' });
      await knex('flags').insert({ ...flag, id: '2', state: 'open' });
      await expect(
        knex('flags').insert({ ...flag, id: '3', state: 'open' }),
      ).rejects.toThrow(/unique/i);
    },
  );

  it.each(databases.eachSupportedId())(
    'fill what they add for entities that are there, on %s',
    async id => {
      const knex = await databases.init(id);
      // The first one, as it was released.
      await knex.migrate.up({ directory: MIGRATIONS });
      const refs = ['component:default/ledger', 'component:eu/pay'];
      await knex('entities').insert(
        refs.map(ref => ({
          entity_ref: ref,
          kind: 'component',
          shadow: '{}',
          location: '{}',
          hash: 'x',
          seen_at: '2026-01-01T00:00:00.000Z',
        })),
      );
      await knex('summaries').insert(
        refs.map(ref => ({
          entity_ref: ref,
          kind: 'component',
          search_text: '',
          order_title: '',
          order_owner: '',
          order_system: '',
          order_understood_by: 0,
          order_document_state: 0,
          order_flags: 0,
          summary: '{}',
          detail: '{"people":[],"edges":[]}',
        })),
      );
      await knex('tickets').insert({
        queue: 'entity',
        key: refs[0],
        ticket: 'x',
        due_at: '2999-01-01T00:00:00.000Z',
      });
      await migrateUp(knex);
      await expect(
        knex('entities').orderBy('name').pluck('name'),
      ).resolves.toEqual(['ledger', 'pay']);
      // All are assessed once more.
      await expect(
        knex('tickets')
          .where({ queue: 'entity' })
          .andWhere('due_at', '<', '2026-01-01')
          .orderBy('key')
          .pluck('key'),
      ).resolves.toEqual(refs);
      await expect(
        knex('summaries').first('people', 'understanding_rule'),
      ).resolves.toEqual({ people: '[]', understanding_rule: '{}' });
      await knex('summaries').update({
        people: '["ada"]',
        understanding_rule: '{"freshDays":180}',
        detail: '{"edges":[]}',
      });
      for (const name of [
        '20261206020000_prepared_people.js',
        '20261205130000_prepared_understanding.js',
      ]) {
        await knex.migrate.down({ directory: MIGRATIONS, name });
      }
      const { detail } = await knex('summaries').first('detail');
      expect(JSON.parse(detail)).toEqual({
        edges: [],
        people: ['ada'],
        understandingRule: { freshDays: 180 },
      });
    },
  );

  it.each(databases.eachSupportedId())(
    'come with a clock that tells ISO 8601 with milliseconds on %s',
    async id => {
      const now = await databaseClock(await databases.init(id))();
      expect(new Date(now).toISOString()).toBe(now);
    },
  );
});
