import { mockCredentials } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { component, group, user } from '../../__testUtils__/catalog';
import {
  HOST,
  hostChange,
  hostReview,
  hostedIn,
  merged,
} from '../../__testUtils__/changes';
import { Installation, READER } from '../../__testUtils__/Installation';
import {
  MigratedDatabases,
  tablesOf,
} from '../../__testUtils__/MigratedDatabases';
import { Repository } from '../../__testUtils__/Repository';
import { ACTORS, SUBJECTS } from './personalData';
import { withoutLogin } from './PersonEraser';

jest.setTimeout(180_000);

const SHOP = 'component:default/shop';
const ZORA = mockCredentials.user('user:default/zora');
const ADA = mockCredentials.user('user:default/ada');

/** Columns that may name people and are no reference of a User, with what becomes of them. */
const OTHERS: Record<string, string> = {
  'absence_factors.authorship': 'emptied by person',
  'accounts.login': 'goes with its person_ref',
  'changes.author': 'emptied by account',
  'contributors.email': 'removed by address',
  'contributors.login': 'removed by login',
  'evidence.email': 'removed by address',
  'evidence.login': 'removed by account',
  'on_call_shifts.display_name': 'goes with its row',
  'on_call_shifts.email': 'removed by address',
  'on_call_shifts.login': 'removed by account',
  'operations.login': 'removed by account',
  'operations.email': 'removed by address',
  'operations.display_name': 'goes with its row',
  'evidence.display_name': 'goes with its row',
  'explanation_assessments.login': 'emptied by account',
  'explanation_bypasses.login': 'emptied by account',
  'explanation_reviewers.login': 'removed by account',
  'people.display_name': 'goes with its person_ref',
  'people.email': 'goes with its person_ref',
  'people.logins': 'goes with its person_ref',
  'reviews.reviewer': 'emptied by account',
  'teams.member_refs': 'follows the catalog',
  // Not of people:
  'changes.author_is_bot': 'tells a bot',
  'edge_observations.reporter': 'an address of metrics',
  'explanation_debts.paid_by': 'by what, not by whom',
  'paths.known_by': 'ids of evidence',
  'reviews.reviewer_is_bot': 'tells a bot',
  'summaries.order_understood_by': 'a number',
};
const MAY_NAME =
  /(_by$|person|author|login|reviewer|reader|reporter|email|member|display_name|user)/;

describe('to erase somebody', () => {
  const databases = MigratedDatabases.create({
    ids: ['SQLITE_3', 'POSTGRES_18'],
  });

  it('takes what hosts tell of them for that of nobody', () => {
    expect(
      withoutLogin(
        { author: { login: 'zora', bot: false }, labels: ['x', 'zora'], n: 1 },
        'zora',
      ),
    ).toEqual({
      author: { login: 'ghost', bot: false },
      labels: ['x', 'ghost'],
      n: 1,
    });
  });

  describe.each(databases.eachSupportedId())('on %s', id => {
    let installation: Installation;
    let shop: Repository;
    let knex: Knex;

    beforeEach(async () => {
      knex = await databases.init(id);
      installation = Installation.create(knex).withHost();
      shop = installation
        .repository(`${HOST}/acme/shop`)
        .commit({
          by: 'zora',
          at: installation.daysAgo(9),
          write: { 'pay.ts': 'x\n' },
        })
        .commit({
          by: 'ada',
          at: installation.daysAgo(8),
          write: { 'cart.ts': 'x\n' },
        });
    });

    afterEach(() => installation.dispose());

    const catalog = (...members: string[]) =>
      installation.catalogHolds(
        component('shop', {
          owner: 'payments',
          annotations: hostedIn('acme/shop'),
        }),
        group('payments', { members }),
        ...members.map(name =>
          user(name, {
            annotations: { [`${HOST}/user-login`]: `${name}-dev` },
          }),
        ),
      );

    /** Where the database still says something of zora, as `table: row`. */
    const traces = async () => {
      const found: string[] = [];
      for (const table of await tablesOf(knex)) {
        for (const row of await knex(table)) {
          const text = JSON.stringify(row);
          if (/zora/i.test(text)) {
            found.push(`${table}: ${text}`);
          }
        }
      }
      return found;
    };

    it('leaves no trace, and what they did with others stays', async () => {
      shop.commit({
        by: 'Z <z.zora@home.example>',
        at: installation.daysAgo(7),
        write: { 'tax.ts': 'x\n' },
      });
      await catalog('ada', 'zora');
      await installation.told(
        {
          type: 'change',
          change: merged(
            hostChange(1, { author: { login: 'zora-dev', bot: false } }),
          ),
        },
        {
          type: 'review',
          host: HOST,
          repository: 'acme/shop',
          review: {
            ...hostReview(hostChange(1)),
            reviewer: { login: 'ada-dev', bot: false },
          },
        },
      );
      const { statements, assumptions, identities } = installation.ledger();
      await identities.decide(
        [
          {
            identifier: { type: 'email', value: 'z.zora@home.example' },
            personRef: 'user:default/zora',
            state: 'confirmed',
            fromMailmap: false,
          },
        ],
        READER,
      );
      const { id: about } = await statements.propose(
        {
          entityRef: SHOP,
          kind: 'taught',
          personRef: 'user:default/zora',
          at: installation.daysAgo(1),
        },
        ADA,
      );
      await statements.confirm(about, ZORA);
      await statements.propose(
        {
          entityRef: SHOP,
          kind: 'documented',
          personRef: 'user:default/ada',
          at: installation.daysAgo(1),
        },
        ZORA,
      );
      await statements.correct(SHOP, { type: 'no-longer' }, ZORA);
      await statements.setSuggested(false, ZORA);
      await installation
        .ledger()
        .explanations.drafts.keep(
          { key: 'entities x', content: { what: 'By Zora' } },
          ZORA,
        );
      await assumptions.create(
        {
          entityRef: SHOP,
          statement: 'It stays small.',
          basis: 'estimate',
          refutedBy: 'It grows.',
          verifyBy: installation.daysAgo(-30),
        },
        ZORA,
      );
      await installation.settle();
      const { erasures } = installation.ledger();
      await expect(erasures.erase('user:default/zora', READER)).rejects.toThrow(
        /is in the catalog\. Remove the User there first/,
      );
      await expect(
        erasures.erase('user:default/zorra', READER),
      ).rejects.toThrow(/Nothing is kept about user:default\/zorra/);

      await catalog('ada');
      const before = await installation.understanding(SHOP);
      expect(before.people?.map(one => one.displayName)).toContain('Zora');
      await erasures.erase('user:default/zora', READER);
      await installation.settle();
      // What hosts delivered is kept as it came, until its retention ends.
      await knex('inbox').delete();
      await expect(traces()).resolves.toEqual([]);
      await expect(erasures.erase('user:default/zora', READER)).rejects.toThrow(
        /Nothing is kept/,
      );

      const after = await installation.understanding(SHOP);
      expect(after.people?.map(one => one.displayName)).toEqual(['Ada']);
      await expect(knex('changes').pluck('author')).resolves.toEqual([null]);
      await expect(knex('assumptions').pluck('updated_by')).resolves.toEqual([
        'user:default/erased',
      ]);

      // The history cannot be changed, and is read again every day.
      await installation.daysPass(2);
      await expect(traces()).resolves.toEqual([]);
      const [answer] = (await installation.ask('pay.ts')).answers;
      expect(answer.part?.people).toEqual([]);
      await expect(
        knex('evidence').pluck('display_name'),
      ).resolves.not.toContain('Z');
    });

    it('takes nothing from who has that login on another host', async () => {
      await catalog('ada', 'zora');
      const at = installation.daysAgo(1);
      const explanations = [HOST, 'other.example'].map(host => ({
        id: host,
        host,
        ai_assistance: 'none',
        planes: '[]',
        state: 'open',
        required: false,
        because: '{}',
        created_at: at,
        updated_at: at,
      }));
      const explained = explanations.map(one => ({ explanation_id: one.id }));
      const told = explained.map(one => ({
        ...one,
        id: one.explanation_id,
        login: 'zora-dev',
        bot: false,
        at,
        withdrawn: false,
      }));
      await knex('explanations').insert(explanations);
      await knex('explanation_authors').insert(
        explained.map(one => ({ ...one, kind: 'login', value: 'zora-dev' })),
      );
      await knex('explanation_reviewers').insert(
        explained.map(one => ({ ...one, login: 'zora-dev' })),
      );
      await knex('explanation_assessments').insert(
        told.map(one => ({ ...one, result: 'accepted' })),
      );
      await knex('explanation_bypasses').insert(
        told.map(one => ({ ...one, source: 'command', reason: 'Urgent.' })),
      );
      await catalog('ada');
      await installation.ledger().erasures.erase('user:default/zora', READER);
      await installation.settle();
      for (const [table, column] of [
        ['explanation_authors', 'value'],
        ['explanation_reviewers', 'login'],
        ['explanation_assessments', 'login'],
        ['explanation_bypasses', 'login'],
      ]) {
        await expect(
          knex(table)
            .where({ [column]: 'zora-dev' })
            .pluck('explanation_id'),
        ).resolves.toEqual(['other.example']);
      }
    });

    it('knows their addresses of a host by whatever number', async () => {
      const holds = (...members: string[]) =>
        installation.catalogHolds(
          component('shop', { annotations: hostedIn('acme/shop') }),
          ...members.map(name =>
            user(name, {
              annotations: { 'github.com/user-login': `${name}-gh` },
            }),
          ),
        );
      await holds('ada', 'zora');
      await installation.settle();
      // Of a commit that was squashed, and is in no history.
      await knex('explanation_authors').insert(
        ['8+zora-gh', '9+ada-gh'].map(name => ({
          explanation_id: 'x',
          kind: 'email',
          value: `${name}@users.noreply.github.com`,
        })),
      );
      await holds('ada');
      await installation.ledger().erasures.erase('user:default/zora', READER);
      await installation.settle();
      await expect(traces()).resolves.toEqual([]);
      await expect(knex('explanation_authors')).resolves.toHaveLength(1);
      shop.commit({
        by: 'Z <7+Zora-gh@users.noreply.github.com>',
        at: installation.daysAgo(1),
        write: { 'tax.ts': 'x\n' },
      });
      await installation.daysPass(2);
      await expect(traces()).resolves.toEqual([]);
      await expect(
        knex('evidence').pluck('display_name'),
      ).resolves.not.toContain('Z');
    });

    it('is not needed of what grows too old', async () => {
      installation.config = { evidence: { retention: { days: 30 } } };
      await catalog('ada', 'zora');
      const { statements } = installation.ledger();
      await statements.propose(
        {
          entityRef: SHOP,
          kind: 'taught',
          personRef: 'user:default/ada',
          at: installation.daysAgo(29),
        },
        ADA,
      );
      const people = async () =>
        (await installation.understanding(SHOP)).people?.map(
          one => `${one.displayName}: ${one.evidence.map(({ kind }) => kind)}`,
        );
      await installation.settle();
      await expect(people()).resolves.toEqual([
        'Ada: authored,taught',
        'Zora: authored',
      ]);
      await installation.daysPass(2);
      await expect(people()).resolves.toEqual([
        'Ada: authored',
        'Zora: authored',
      ]);
      await installation.daysPass(19.5);
      await expect(people()).resolves.toEqual(['Ada: authored']);
      await installation.daysPass(2);
      await expect(people()).resolves.toEqual([]);
      await expect(knex('evidence')).resolves.toEqual([]);
      await expect(knex('hand_evidence')).resolves.toEqual([]);
    });

    it('knows every column that may name people', async () => {
      const known = new Set([
        ...[...ACTORS, ...SUBJECTS].map(
          ({ table, column }) => `${table}.${column}`,
        ),
        ...Object.keys(OTHERS),
      ]);
      const columns: string[] = [];
      for (const table of await tablesOf(knex)) {
        for (const column of Object.keys(await knex(table).columnInfo())) {
          if (MAY_NAME.test(column)) {
            columns.push(`${table}.${column}`);
          }
        }
      }
      expect(columns.filter(one => !known.has(one))).toEqual([]);
      const names = await tablesOf(knex);
      for (const one of known) {
        expect(names).toContain(one.split('.')[0]);
      }
      expect(columns.length).toBeGreaterThan(20);
    });
  });
});
