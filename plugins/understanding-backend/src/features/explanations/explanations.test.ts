import { TestDatabaseId } from '@backstage/backend-test-utils';
import {
  HostFact,
  listExplanationsQuerySchema,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { component } from '../../__testUtils__/catalog';
import {
  HOST,
  file,
  hostChange,
  hostedIn,
  merged,
} from '../../__testUtils__/changes';
import {
  READER,
  at,
  cart,
  command,
  explained,
  pushed,
  record,
  shopTeam,
  tell,
} from '../../__testUtils__/explanations';
import { hostInstallations } from '../../__testUtils__/hostInstallations';
import { MigratedDatabases } from '../../__testUtils__/MigratedDatabases';

jest.setTimeout(240_000);

const CATALOG = [cart(), ...shopTeam('ada', 'bob', 'cem')];

const change = hostChange(1, { description: explained() });

describe('explanations in what a host tells', () => {
  const databases = MigratedDatabases.create({
    ids: ['SQLITE_3', 'POSTGRES_18'],
  });
  const installOn = hostInstallations(databases);
  const install = (id: TestDatabaseId) => installOn(id, ...CATALOG);

  describe.each(databases.eachSupportedId())('on %s', id => {
    it('are read, assessed and sealed', async () => {
      const installation = await install(id);
      await tell(installation, hostChange(1));
      await expect(record(installation)).resolves.toMatchObject({
        state: 'missing',
        required: true,
        because: 'Every change is explained here.',
        entityRefs: ['component:default/cart'],
        change: { host: HOST, repository: 'acme/shop', number: 1 },
        prompts: [{ rule: 'empty' }],
      });
      await tell(installation, { ...change, updatedAt: at(10) });
      await expect(record(installation)).resolves.toMatchObject({
        state: 'submitted',
        text: { what: 'The cart rounds once.' },
        prompts: [],
        authors: [{ personRef: 'user:default/ada' }],
      });
      await installation.told(command(change, 'bob', 'genuine I see why', 20));
      await expect(record(installation)).resolves.toMatchObject({
        state: 'accepted',
        assessments: [
          {
            result: 'genuine',
            note: 'I see why',
            reviewer: { personRef: 'user:default/bob' },
          },
        ],
      });
      await tell(installation, merged(change, at(100)));
      const sealed = await record(installation);
      expect(sealed).toMatchObject({
        state: 'accepted',
        sealed: { at: at(100), state: 'accepted' },
      });
      expect(sealed.debt).toBeUndefined();
    });

    it('keep every version, and lapse with each', async () => {
      const installation = await install(id);
      await tell(installation, change);
      await installation.told(command(change, 'bob', 'genuine', 20));
      await tell(installation, {
        ...change,
        description: explained('twice'),
        updatedAt: at(30),
      });
      await expect(record(installation)).resolves.toMatchObject({
        state: 'submitted',
        versions: [
          { at: at(30), sections: { what: 'The cart rounds twice.' } },
          { at: at(0), textId: expect.any(String) },
        ],
      });
      // What stood in an earlier one is asked for by itself.
      const { id: recordId, versions } = await record(installation);
      const { records } = installation.explanations;
      expect(versions[1].sections).toBeUndefined();
      const [now, before] = versions.map(one => one.textId ?? '');
      await expect(
        records.getText(recordId, before, READER),
      ).resolves.toMatchObject({ sections: { what: 'The cart rounds once.' } });
      await expect(
        records.getText(recordId, now, READER),
      ).resolves.toMatchObject({ sections: versions[0].sections });
      await expect(records.getText('other', before, READER)).rejects.toThrow(
        /There is no text/,
      );
      await installation.told(command(change, 'bob', 'surface why?', 40));
      expect((await record(installation)).state).toBe('returned');
      await tell(installation, pushed(change));
      expect((await record(installation)).state).toBe('returned');
      await installation.told(command(change, 'cem', 'genuine', 70));
      expect((await record(installation)).state).toBe('accepted');
    });

    it('are compared with earlier ones', async () => {
      const installation = await install(id);
      const description = explained(
        'once, when it books an order, and not in each of its lines',
      );
      await tell(installation, { ...change, description });
      expect((await record(installation)).prompts).toEqual([]);
      const copied = hostChange(2, {
        description: description.toUpperCase(),
        createdAt: at(100),
        updatedAt: at(100),
      });
      await tell(installation, copied);
      expect((await record(installation)).prompts).toEqual([
        {
          rule: 'near-duplicate',
          message: 'It is nearly the same text as acme/shop#1.',
          url: change.url,
        },
      ]);
      const own = hostChange(3, {
        description: [
          '# What this change does\n\nThe cart asks for the rates of taxes only once in an hour.',
          '# How it can fail\n\nRates of the hour before are applied to an order.',
          '# Why this way\n\nAsking at each order was three seconds of waiting.',
        ].join('\n\n'),
        createdAt: at(200),
        updatedAt: at(200),
      });
      await tell(installation, own);
      expect((await record(installation)).prompts).toEqual([]);
    });

    it('stay accepted on another head with the same code, and on no other', async () => {
      const installation = await install(id);
      const on = async (
        headSha: string,
        digest: string | undefined,
        second: number,
      ) => {
        const told = { ...change, headSha, updatedAt: at(second) };
        installation.host.hosted.set(change.id, {
          change: told,
          files: [{ ...file('cart/a.ts'), digest }],
          reviews: [],
        });
        await installation.told({ type: 'change', change: told });
        return (await record(installation)).state;
      };
      await on('a'.repeat(40), 'one', 0);
      await installation.told(command(change, 'bob', 'genuine', 20));
      expect((await record(installation)).state).toBe('accepted');
      // Rebased, or the base was merged into it.
      await expect(on('b'.repeat(40), 'one', 60)).resolves.toBe('accepted');
      await expect(on('c'.repeat(40), 'two', 80)).resolves.toBe('submitted');
      await expect(on('d'.repeat(40), undefined, 90)).resolves.toBe(
        'submitted',
      );
      await expect(on('e'.repeat(40), 'one', 99)).resolves.toBe('accepted');
    });

    it('prove who explained, as long as they are accepted', async () => {
      const installation = await install(id);
      const explainers = async () => {
        const { answers } = await installation.ask('cart');
        return answers.flatMap(({ people = [] }) =>
          people.flatMap(({ personRef, evidence }) =>
            evidence
              .filter(one => one.kind === 'explained')
              .map(one => ({ personRef, verified: one.verified })),
          ),
        );
      };
      installation.repository(`${HOST}/acme/shop`).commit({
        by: 'ada',
        at: '2026-05-01T10:00:00.000Z',
        write: { 'cart/a.ts': 'a\n' },
      });
      await installation.catalogHolds(...CATALOG);
      await tell(installation, change);
      await expect(explainers()).resolves.toEqual([]);
      await installation.told(command(change, 'bob', 'genuine', 20));
      await expect(explainers()).resolves.toEqual([
        { personRef: 'user:default/ada', verified: true },
      ]);
      await installation.told(command(change, 'bob', 'surface', 30));
      await expect(explainers()).resolves.toEqual([]);
    });

    it('explain an older system once their code has changed', async () => {
      const installation = await install(id);
      await tell(installation, change);
      await installation.told(command(change, 'bob', 'genuine', 20));
      await tell(installation, merged(change, at(100)));
      expect((await record(installation)).state).toBe('accepted');
      const stateOf = async (number: number) => {
        const { items } = await installation.explanations.records.list(
          listExplanationsQuerySchema.parse({}),
          READER,
        );
        return items.find(one => one.change?.number === number)?.state;
      };
      const elsewhere = hostChange(2, { createdAt: at(150) });
      installation.host.hosted.set(elsewhere.id, {
        change: merged(elsewhere, at(200)),
        files: [file('cart/b.ts')],
        reviews: [],
      });
      await installation.told({
        type: 'change',
        change: merged(elsewhere, at(200)),
      });
      await expect(stateOf(1)).resolves.toBe('accepted');
      const there = merged(hostChange(3, { createdAt: at(250) }), at(300));
      await tell(installation, there);
      await expect(stateOf(1)).resolves.toBe('stale');
    });

    it('explain an older system once a dependency they are about has changed', async () => {
      const installation = await install(id);
      const merge = installation.now;
      const depends = async (on: string[], hard: string[] = []) => {
        await installation.catalogHolds(
          component('cart', {
            owner: 'shop',
            dependsOn: on.map(name => `component:default/${name}`),
            annotations: {
              ...hostedIn('acme/shop', 'cart'),
              'understanding.dev/explanations': 'always',
              'understanding.dev/hard-dependencies': hard
                .map(name => `component:default/${name}`)
                .join(','),
            },
          }),
          ...['ledger', 'mail', 'rates'].map(name => component(name)),
          ...CATALOG.slice(1),
        );
        const { state, sealed, changedSince = [] } = await record(installation);
        expect(sealed).toMatchObject({ state: 'accepted', at: merge });
        return [state, ...changedSince.map(one => one.message)];
      };
      const about = hostChange(1, { description: explained() });
      installation.host.hosted.set(about.id, {
        change: about,
        files: [file('cart/ledger.ts'), file('cart/mail.ts')],
        reviews: [],
      });
      await installation.told({ type: 'change', change: about });
      await installation.told(command(about, 'bob', 'genuine', 20));
      const over = merged(about, merge);
      installation.host.hosted.set(about.id, {
        change: over,
        files: [file('cart/ledger.ts'), file('cart/mail.ts')],
        reviews: [],
      });
      await installation.told({ type: 'change', change: over });

      // The catalog follows the merge within a day.
      await expect(depends(['ledger', 'mail'], ['ledger'])).resolves.toEqual([
        'accepted',
      ]);
      await expect(depends(['ledger', 'mail'])).resolves.toEqual(['accepted']);
      await expect(depends(['ledger', 'mail'], ['ledger'])).resolves.toEqual([
        'accepted',
      ]);
      await installation.daysPass(2);
      // It is not about this one.
      await expect(
        depends(['ledger', 'mail', 'rates'], ['ledger', 'rates']),
      ).resolves.toEqual(['accepted']);
      await expect(
        depends(['ledger', 'mail'], ['ledger', 'mail']),
      ).resolves.toEqual([
        'stale',
        'The dependency on component:default/mail was SOFT, and is HARD now.',
      ]);
      await expect(depends(['mail', 'rates'])).resolves.toEqual([
        'stale',
        'It depends on component:default/ledger no more.',
      ]);
      await expect(depends(['ledger', 'mail'], ['ledger'])).resolves.toEqual([
        'accepted',
      ]);
    });

    it('leave a debt where they come to a merge unaccepted', async () => {
      const installation = await install(id);
      await tell(installation, hostChange(1));
      await tell(installation, merged(hostChange(1), at(100)));
      await expect(record(installation)).resolves.toMatchObject({
        state: 'missing',
        debt: 'open',
      });
    });

    it('end in one state in whatever order they are told', async () => {
      const facts: HostFact[] = [
        { type: 'change', change },
        command(change, 'bob', 'surface', 20),
        { type: 'change', change: pushed(change) },
        command(change, 'bob', 'genuine', 70),
        command(change, 'cem', 'genuine', 75, { updatedAt: at(80) }),
      ];
      const states = [];
      for (const order of [facts, [...facts].reverse()]) {
        const installation = await install(id);
        installation.host.hosted.set(change.id, {
          change: pushed(change),
          files: [],
          reviews: [],
        });
        await installation.told(...order);
        const { state, versions, assessments } = await record(installation);
        states.push({ state, versions, assessments });
      }
      expect(states[0].state).toBe('accepted');
      expect(states[1]).toEqual(states[0]);
    });
  });
});
