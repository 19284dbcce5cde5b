import { Entity } from '@backstage/catalog-model';
import {
  HostChange,
  HostComment,
  HostFact,
  HostReview,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { ChangeHostError } from '@understanding-dev/backstage-plugin-understanding-node';
import fc from 'fast-check';
import { Knex } from 'knex';
import { component, group, user } from '../../../__testUtils__/catalog';
import {
  HOST,
  file,
  hostChange,
  hostReview,
  hostedIn,
  merged,
} from '../../../__testUtils__/changes';
import { Installation } from '../../../__testUtils__/Installation';
import { MigratedDatabases } from '../../../__testUtils__/MigratedDatabases';

jest.setTimeout(240_000);

const CATALOG: Entity[] = [
  component('cart', {
    owner: 'shop',
    annotations: hostedIn('acme/shop', 'cart'),
  }),
  component('till', {
    owner: 'shop',
    annotations: hostedIn('acme/shop', 'till'),
  }),
  group('shop', { members: ['ada', 'bob'] }),
  user('ada', { team: 'shop', annotations: { [`${HOST}/user-login`]: 'ada' } }),
  user('bob', {
    team: 'shop',
    // As GitLab's own provider writes it.
    annotations: { [`${HOST}/user-login`]: `https://${HOST}/Bob` },
  }),
];

const IN_SHOP = { host: HOST, repository: 'acme/shop' };

function review(told: HostReview): HostFact {
  return { type: 'review', ...IN_SHOP, review: told };
}

function comment(told: HostComment): HostFact {
  return { type: 'comment', ...IN_SHOP, comment: told };
}

describe('changes that a host tells of', () => {
  const databases = MigratedDatabases.create({
    ids: ['SQLITE_3', 'POSTGRES_18'],
  });
  const installations: Installation[] = [];
  afterEach(() => {
    installations.splice(0).forEach(installation => installation.dispose());
  });

  async function install(id: string, ...entities: Entity[]) {
    const knex = await databases.init(id as 'SQLITE_3');
    const installation = Installation.create(knex).withHost();
    installations.push(installation);
    installation.repository(`${HOST}/acme/shop`).commit({
      by: 'ada',
      at: '2026-05-01T10:00:00.000Z',
      write: { 'cart/a.ts': 'a\n', 'till/a.ts': 'a\n' },
    });
    await installation.catalogHolds(...CATALOG, ...entities);
    return { installation, knex };
  }

  /** Tells of a change that is merged, and lets the host hold it. */
  async function merge(
    installation: Installation,
    change: HostChange,
    paths: string[],
    reviewers: string[] = ['bob'],
  ) {
    const done = merged(change);
    installation.host.hosted.set(change.id, {
      change: done,
      files: paths.map(path => file(path)),
      reviews: reviewers.map(login =>
        hostReview(change, { reviewer: { login, bot: false } }),
      ),
    });
    await installation.told({ type: 'change', change: done });
  }

  /** Verified evidence of an entity, as `person: kind`. */
  async function verified(installation: Installation, entityRef: string) {
    const { people = [] } = await installation.understanding(entityRef);
    return people
      .flatMap(person =>
        person.evidence
          .filter(evidence => evidence.verified)
          .map(
            evidence =>
              `${person.personRef ?? person.displayName}: ${evidence.kind} ${
                evidence.count
              }`,
          ),
      )
      .sort();
  }

  describe.each(databases.eachSupportedId())('on %s', id => {
    it('prove who wrote and who reviewed what was merged, by its files', async () => {
      const { installation } = await install(id);
      await merge(installation, hostChange(1), ['cart/a.ts', 'README.md']);
      await merge(installation, hostChange(2), ['cart/b.ts', 'till/a.ts']);

      await expect(
        verified(installation, 'component:default/cart'),
      ).resolves.toEqual([
        'user:default/ada: authored 2',
        'user:default/bob: reviewed 2',
      ]);
      await expect(
        verified(installation, 'component:default/till'),
      ).resolves.toEqual([
        'user:default/ada: authored 1',
        'user:default/bob: reviewed 1',
      ]);
      const { people = [] } = await installation.understanding(
        'component:default/till',
      );
      expect(
        people.flatMap(person => person.evidence).filter(one => one.verified),
      ).toEqual([
        expect.objectContaining({
          kind: 'authored',
          latestAt: '2026-05-21T10:00:00.000Z',
          url: `https://${HOST}/acme/shop/pull/2`,
        }),
        expect.objectContaining({
          kind: 'reviewed',
          latestAt: '2026-05-20T11:00:00.000Z',
        }),
      ]);
    });

    it('prove nothing before they are merged, nor by bots, authors and what was dismissed', async () => {
      const { installation } = await install(id);
      await installation.told(
        { type: 'change', change: hostChange(1) },
        review(hostReview(hostChange(1))),
      );
      const byBot = hostChange(2, { author: { login: 'dep[bot]', bot: true } });
      installation.host.hosted.set(byBot.id, {
        change: merged(byBot),
        files: [file('cart/a.ts')],
        reviews: [
          hostReview(byBot, { reviewer: { login: 'ci', bot: true } }),
          hostReview(byBot, {
            reviewer: { login: 'bob', bot: false },
            verdict: 'dismissed',
          }),
        ],
      });
      await installation.told({ type: 'change', change: merged(byBot) });
      await merge(installation, hostChange(3), ['till/a.ts'], ['ada']);

      await expect(
        verified(installation, 'component:default/cart'),
      ).resolves.toEqual([]);
      await expect(
        verified(installation, 'component:default/till'),
      ).resolves.toEqual(['user:default/ada: authored 1']);
    });

    it('are kept only where an entity names their repository', async () => {
      const { installation, knex } = await install(id);
      const elsewhere = hostChange(1, { repository: 'acme/other' });
      await installation.told({ type: 'change', change: elsewhere });
      await expect(knex('changes')).resolves.toEqual([]);
      await expect(knex('inbox').select('state', 'reason')).resolves.toEqual([
        {
          state: 'ignored',
          reason: 'No entity of the catalog names its repository',
        },
      ]);
    });

    it('belong to logins that nobody of the catalog has, or two have', async () => {
      const { installation } = await install(
        id,
        user('eve', { annotations: { [`${HOST}/user-login`]: 'bob' } }),
      );
      await merge(
        installation,
        hostChange(1, { author: { login: 'mallory', bot: false } }),
        ['cart/a.ts'],
      );
      await expect(
        verified(installation, 'component:default/cart'),
      ).resolves.toEqual(['bob: reviewed 1', 'mallory: authored 1']);

      // As soon as the catalog knows better, so does everything here.
      await installation.catalogHolds(
        ...CATALOG,
        user('eve'),
        user('mallory', { annotations: { [`${HOST}/user-login`]: 'Mallory' } }),
      );
      await expect(
        verified(installation, 'component:default/cart'),
      ).resolves.toEqual([
        'user:default/bob: reviewed 1',
        'user:default/mallory: authored 1',
      ]);
    });

    it('survive a deleted account and a description of any kind', async () => {
      const { installation } = await install(id);
      const change = hostChange(1, {
        author: undefined,
        description: `\u0000<script>\uD800 ${'x'.repeat(65_536)}`,
      });
      await merge(installation, change, ['cart/a.ts']);
      await expect(
        verified(installation, 'component:default/cart'),
      ).resolves.toEqual(['user:default/bob: reviewed 1']);
    });

    it('move to other entities as the catalog changes', async () => {
      const { installation } = await install(id);
      await merge(installation, hostChange(1), ['cart/a.ts']);
      await installation.catalogHolds(
        ...CATALOG.slice(1),
        component('basket', {
          owner: 'shop',
          annotations: hostedIn('acme/shop', 'cart'),
        }),
      );
      await expect(
        verified(installation, 'component:default/basket'),
      ).resolves.toEqual([
        'user:default/ada: authored 1',
        'user:default/bob: reviewed 1',
      ]);
      await expect(
        verified(installation, 'component:default/till'),
      ).resolves.toEqual([]);
    });

    it('go along when their repository gets another name', async () => {
      const { installation } = await install(id);
      await merge(installation, hostChange(1), ['cart/a.ts']);
      installation.repository(`${HOST}/acme/mall`).commit({
        by: 'ada',
        at: '2026-05-01T10:00:00.000Z',
        write: { 'cart/a.ts': 'a\n' },
      });
      await installation.told({
        type: 'moved',
        host: HOST,
        from: 'acme/shop',
        repository: 'acme/mall',
      });
      await installation.catalogHolds(
        component('cart', {
          owner: 'shop',
          annotations: hostedIn('acme/mall', 'cart'),
        }),
        ...CATALOG.slice(2),
      );
      await expect(
        verified(installation, 'component:default/cart'),
      ).resolves.toEqual([
        'user:default/ada: authored 1',
        'user:default/bob: reviewed 1',
      ]);
    });

    it('keep comments that are commands, and no others', async () => {
      const { installation, knex } = await install(id);
      const change = hostChange(1);
      const said = {
        id: 'c1',
        changeId: change.id,
        author: { login: 'bob', bot: false },
        body: '/understanding genuine',
        createdAt: '2026-05-20T12:00:00.000Z',
        updatedAt: '2026-05-20T12:00:00.000Z',
        deleted: false,
      };
      await installation.told(
        { type: 'change', change },
        comment(said),
        comment({ ...said, id: 'c2', body: 'Nice!' }),
        comment({
          ...said,
          body: 'Never mind',
          updatedAt: '2026-05-20T13:00:00.000Z',
        }),
      );
      const comments = await knex('comments');
      // It was one; what it says now is nobody's business.
      expect(comments.map(row => JSON.parse(row.told).body)).toEqual(['']);
    });

    it('tell whether agents had a part, by what anybody says of it', async () => {
      const { installation, knex } = await install(id);
      const change = hostChange(1, { description: 'AI assistance: none' });
      const assistance = async () =>
        (await knex('changes').first('ai_assistance')).ai_assistance;
      await installation.told({ type: 'change', change });
      await expect(assistance()).resolves.toBe('none');

      installation.host.hosted.set(change.id, {
        change: { ...change, headSha: 'b'.repeat(40) },
        files: [],
        reviews: [],
        message: 'A change\n\nCo-authored-by: Claude <noreply@anthropic.com>',
      });
      await installation.told({
        type: 'change',
        change: {
          ...change,
          headSha: 'b'.repeat(40),
          updatedAt: '2026-05-20T11:00:00.000Z',
        },
      });
      await expect(assistance()).resolves.toBe('assisted');
    });

    it('are asked for once, whatever is told at once, and again for a new head', async () => {
      const { installation } = await install(id);
      const change = hostChange(1);
      installation.host.hosted.set(change.id, {
        change,
        files: [],
        reviews: [],
      });
      await installation.settle();
      const before = installation.host.requests;
      const facts: HostFact[] = ['a', 'b', 'c'].map(label => ({
        type: 'change',
        change: {
          ...change,
          labels: [label],
          updatedAt: change.updatedAt.replace('10:', '09:'),
        },
      }));
      await installation.told(...facts);
      const first = installation.host.requests - before;
      await installation.told({
        type: 'change',
        change: { ...change, labels: ['d'] },
      });
      expect(first).toBe(1);
      // The host settles what of two statements of one instant holds.
      await expect(installation.change(change.id)).resolves.toEqual(change);
    });

    it('wait where the host will not let us read, and say so', async () => {
      const { installation } = await install(id);
      installation.host.failure = new ChangeHostError(
        'forbidden',
        'Our token may not read acme/shop',
      );
      await installation.told({ type: 'change', change: hostChange(1) });
      const { repositories } = await installation.ingest();
      expect(repositories).toEqual([
        expect.objectContaining({
          repository: 'acme/shop',
          changes: 1,
          unread: 1,
          problem: 'Our token may not read acme/shop',
        }),
      ]);
      installation.host.failure = undefined;
      await installation.told({
        type: 'access',
        host: HOST,
        repositories: ['acme/shop'],
        granted: true,
      });
      installation.host.hosted.set(hostChange(1).id, {
        change: hostChange(1),
        files: [],
        reviews: [],
      });
      await installation.minutesPass(2);
      const [after] = (await installation.ingest()).repositories;
      expect(after.problem).toBeUndefined();
      expect(after.unread).toBe(0);
    });
  });

  it('end in one state, in whatever order, and however often, they are told', async () => {
    const { installation, knex } = await install('SQLITE_3');
    const at = (minute: number) =>
      `2026-05-20T10:${String(minute).padStart(2, '0')}:00.000Z`;
    const opened = hostChange(1);
    const pushed = {
      ...opened,
      headSha: 'b'.repeat(40),
      updatedAt: at(3),
    };
    const life: HostFact[] = [
      { type: 'change', change: opened },
      {
        type: 'change',
        change: { ...opened, title: 'Better', updatedAt: at(1) },
      },
      {
        type: 'change',
        // In the same instant as the edit.
        change: { ...opened, labels: ['ai-assisted'], updatedAt: at(1) },
      },
      { type: 'change', change: pushed },
      review(hostReview(opened)),
      review(hostReview(opened, { verdict: 'dismissed' })),
      review(
        hostReview(pushed, {
          id: 'second',
          reviewer: { login: 'carl', bot: false },
        }),
      ),
      { type: 'change', change: merged(pushed, at(9)) },
    ];
    const tables = ['changes', 'reviews', 'change_entities', 'evidence'];
    const stateAfter = async (order: readonly HostFact[]) => {
      for (const table of [...tables, 'inbox', 'tickets']) {
        await knex(table).delete();
      }
      for (const fact of order) {
        await installation.told(fact);
      }
      const rows = await Promise.all(
        tables.map(table => knex(table).orderBy(knex.raw('1') as Knex.Raw)),
      );
      return JSON.stringify(rows, (key, value) =>
        ['id'].includes(key) && typeof value === 'number' ? undefined : value,
      );
    };
    const expected = await stateAfter(life);
    expect(expected).toContain('"state":"merged"');
    expect(expected).toContain('dismissed');
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray([...life, ...life], {
          minLength: 2 * life.length,
        }),
        async order => {
          await expect(stateAfter(order)).resolves.toBe(expected);
        },
      ),
      { numRuns: 30 },
    );
  });
});
