import { TestDatabaseId, mockCredentials } from '@backstage/backend-test-utils';
import {
  ListExplanationsQuery,
  WalkthroughQuestion,
  listExplanationsQuerySchema,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { component } from '../../../__testUtils__/catalog';
import {
  file,
  hostChange,
  hostedIn,
  merged,
} from '../../../__testUtils__/changes';
import {
  READER,
  at,
  explained,
  shopTeam,
} from '../../../__testUtils__/explanations';
import { hostInstallations } from '../../../__testUtils__/hostInstallations';
import { MigratedDatabases } from '../../../__testUtils__/MigratedDatabases';
import { Installation } from '../../../__testUtils__/Installation';

jest.setTimeout(240_000);

const ADA = mockCredentials.user('user:default/ada');
const BOB = mockCredentials.user('user:default/bob');
const CART = 'component:default/cart';
const RUBRIC = {
  mechanism: true,
  conditionAndEffect: true,
  alternativeRejected: false,
  observableSign: true,
};

describe('walkthroughs', () => {
  const databases = MigratedDatabases.create({
    ids: ['SQLITE_3', 'POSTGRES_18'],
  });
  const installOn = hostInstallations(databases);

  const cart = (...hard: string[]) =>
    component('cart', {
      owner: 'shop',
      dependsOn: ['component:default/ledger', 'component:default/mail'],
      annotations: {
        ...hostedIn('acme/shop', 'cart'),
        'understanding.dev/hard-dependencies': hard.join(','),
        'understanding.dev/plane': 'data',
      },
    });

  const catalog = (...hard: string[]) => [
    cart(...hard),
    component('ledger', { owner: 'shop' }),
    component('mail', { owner: 'shop' }),
    component('till', { owner: 'shop', dependsOn: [CART] }),
    ...shopTeam('ada', 'bob'),
  ];

  const install = (id: TestDatabaseId) =>
    installOn(id, ...catalog('component:default/ledger'));

  const service = (installation: Installation) =>
    installation.walkthroughs.walkthroughs;
  const answersTo = (questions: readonly WalkthroughQuestion[], word = 'So') =>
    questions.map(({ key, question }) => ({
      key,
      question,
      answer: `${word}, for ${key}.`,
    }));

  async function write(installation: Installation, word?: string) {
    const { questions, versions } = await service(installation).get(CART, ADA);
    return service(installation).write(
      CART,
      {
        readVersion: versions[0]?.version ?? 0,
        answers: answersTo(questions, word),
      },
      ADA,
    );
  }

  async function accept(installation: Installation, version = 1) {
    await installation.minutesPass(1);
    return service(installation).assess(
      CART,
      { version, result: 'genuine', rubric: RUBRIC, note: 'I could run it' },
      BOB,
    );
  }

  /** Merged changes, each of those files. */
  async function mergeChanges(
    installation: Installation,
    count: number,
    path: string,
    first = 1,
  ) {
    for (let number = first; number < first + count; number++) {
      const change = merged(hostChange(number), installation.now);
      installation.host.hosted.set(change.id, {
        change,
        files: [file(path)],
        reviews: [],
      });
      await installation.told({ type: 'change', change });
    }
  }

  describe.each(databases.eachSupportedId())('on %s', id => {
    it('ask what follows from the graph, are written, and accepted by somebody else', async () => {
      const installation = await install(id);
      const asked = await service(installation).get(CART, READER);
      expect(asked).toMatchObject({
        state: 'missing',
        due: [],
        hadPart: false,
      });
      expect(asked.questions.map(one => one.key)).toEqual([
        'load',
        'state',
        'gone component:default/ledger',
        'limits',
        'recovery',
      ]);
      expect(asked.questions[0].reason).toBe('till depends on it.');

      await expect(write(installation)).resolves.toMatchObject({
        state: 'submitted',
        hadPart: true,
        versions: [{ version: 1, author: { personRef: 'user:default/ada' } }],
      });
      await expect(
        service(installation).assess(
          CART,
          { version: 1, result: 'genuine', rubric: RUBRIC },
          ADA,
        ),
      ).rejects.toThrow('somebody else has to assess it');
      await expect(accept(installation)).resolves.toMatchObject({
        state: 'accepted',
        due: [],
        assessments: [
          { result: 'genuine', note: 'I could run it', rubric: RUBRIC },
        ],
      });
    });

    it('lapse with another version, and keep every one', async () => {
      const installation = await install(id);
      await write(installation);
      await accept(installation);
      await installation.minutesPass(1);
      const next = await write(installation, 'Otherwise');
      expect(next).toMatchObject({
        state: 'submitted',
        versions: [{ version: 2 }, { version: 1 }],
        assessments: [{ version: 1 }],
      });
      await expect(
        service(installation).assess(
          CART,
          { version: 1, result: 'genuine', rubric: RUBRIC },
          BOB,
        ),
      ).rejects.toThrow('Version 2 stands by now');
    });

    it('lose nothing where two write at once, and take nothing half', async () => {
      const installation = await install(id);
      const { questions } = await service(installation).get(CART, ADA);
      const both = await Promise.allSettled(
        [ADA, BOB].map(credentials =>
          service(installation).write(
            CART,
            { readVersion: 0, answers: answersTo(questions) },
            credentials,
          ),
        ),
      );
      expect(both.map(one => one.status).sort()).toEqual([
        'fulfilled',
        'rejected',
      ]);
      await expect(
        service(installation).write(
          CART,
          { readVersion: 1, answers: answersTo(questions.slice(1)) },
          ADA,
        ),
      ).rejects.toThrow('nothing is said on “How does cart behave under load');
      const [first] = answersTo(questions);
      await expect(
        service(installation).write(
          CART,
          { readVersion: 1, answers: [...answersTo(questions), first] },
          ADA,
        ),
      ).rejects.toThrow('each key may stand there only once');
    });

    it('fall due after 180 days, until somebody confirms them again', async () => {
      const installation = await install(id);
      await write(installation);
      const { dueAt } = await accept(installation);
      await installation.daysPass(179);
      await expect(
        service(installation).get(CART, READER),
      ).resolves.toMatchObject({ state: 'accepted' });
      await installation.daysPass(1);
      const stale = await service(installation).get(CART, READER);
      expect(stale).toMatchObject({
        state: 'stale',
        dueAt,
        due: ['Nobody has confirmed it for 180 days.'],
      });
      expect(dueAt! <= installation.now).toBe(true);
      await expect(accept(installation)).resolves.toMatchObject({
        state: 'accepted',
        due: [],
      });
    });

    it('fall due after so many significant changes, and not after others', async () => {
      const installation = await install(id);
      installation.config = { walkthroughs: { dueChanges: 2 } };
      await write(installation);
      await accept(installation);
      await installation.minutesPass(1);
      await mergeChanges(installation, 3, 'cart/README.md');
      await mergeChanges(installation, 1, 'cart/yarn.lock', 4);
      await mergeChanges(installation, 1, 'cart/a.ts', 5);
      await expect(
        service(installation).get(CART, READER),
      ).resolves.toMatchObject({ state: 'accepted', significantChanges: 1 });
      await mergeChanges(installation, 1, 'cart/b.ts', 6);
      await expect(
        service(installation).get(CART, READER),
      ).resolves.toMatchObject({
        state: 'stale',
        due: ['2 significant changes were merged since it was confirmed.'],
      });
    });

    it('fall due when a dependency becomes HARD of which they say nothing', async () => {
      const installation = await install(id);
      await write(installation);
      await accept(installation);
      await installation.catalogHolds(
        ...catalog('component:default/ledger', 'component:default/mail'),
      );
      await expect(
        service(installation).get(CART, READER),
      ).resolves.toMatchObject({
        state: 'stale',
        due: ['It does not answer: What happens to data when mail is gone?'],
      });
    });

    it('show that their author understands it, as long as they are accepted', async () => {
      const installation = await install(id);
      const ofAda = async () => {
        await installation.settle();
        const { people = [] } = await installation.understanding(CART);
        const [found] = people.filter(
          one => one.personRef === 'user:default/ada',
        );
        return found?.evidence.some(one => one.walkthrough)
          ? found.understands
          : undefined;
      };
      await write(installation);
      await expect(ofAda()).resolves.toBeUndefined();
      await accept(installation);
      await expect(ofAda()).resolves.toBe(true);
      const { aboutMe } = installation.ledger();
      await expect(aboutMe.get(ADA)).resolves.toMatchObject({
        evidence: [
          { entityRef: CART, kind: 'explained', source: 'explanation' },
        ],
      });
      await expect(aboutMe.get(BOB)).resolves.toMatchObject({ evidence: [] });

      // It falls due, is confirmed, and then becomes another text.
      await installation.daysPass(180);
      await expect(ofAda()).resolves.toBeUndefined();
      await accept(installation);
      await expect(ofAda()).resolves.toBe(true);
      await installation.minutesPass(1);
      await write(installation, 'Otherwise');
      await expect(ofAda()).resolves.toBeUndefined();
    });

    it('are of nothing that is not there', async () => {
      const installation = await install(id);
      await expect(
        service(installation).get('component:default/nil', READER),
      ).rejects.toThrow('or you may not see it');
      await expect(service(installation).read(CART, true, ADA)).rejects.toThrow(
        'Nobody has written a walkthrough',
      );
    });

    it('lead a newcomer on to records by plane and dependency', async () => {
      const installation = await install(id);
      for (const [number, path] of [
        [1, 'cart/ledger.ts'],
        [2, 'cart/sum.ts'],
      ] as const) {
        const change = hostChange(number, {
          description: explained(`${number}`),
          createdAt: at(-number),
        });
        installation.host.hosted.set(change.id, {
          change,
          files: [file(path)],
          reviews: [],
        });
        await installation.told({ type: 'change', change });
      }
      const { readings } = installation.walkthroughs;
      const titles = async () =>
        (await readings.path(CART, READER)).groups.map(part => [
          part.plane ?? part.targetRef,
          part.items.map(one => one.explanation.change?.title),
        ]);
      await expect(titles()).resolves.toEqual([
        ['data', ['Change 1', 'Change 2']],
        ['component:default/ledger', ['Change 1']],
      ]);

      // What did not help comes last, for whoever reads next; one reader has one word.
      const { groups } = await readings.path(CART, READER);
      const { explanation } = groups[0].items[0];
      for (const helped of [true, false, false]) {
        await readings.read(explanation.id, helped, BOB);
      }
      await expect(readings.get(explanation.id, BOB)).resolves.toEqual({
        helped: 0,
        notHelped: 1,
        mine: false,
      });
      await expect(readings.get(explanation.id, READER)).resolves.toEqual({
        helped: 0,
        notHelped: 1,
      });
      await expect(titles()).resolves.toEqual([
        ['data', ['Change 2', 'Change 1']],
        ['component:default/ledger', ['Change 1']],
      ]);

      const listed = async (query: ListExplanationsQuery) =>
        (
          await installation.explanations.records.list(
            listExplanationsQuerySchema.parse(query),
            READER,
          )
        ).items.map(one => one.change?.title);
      await expect(
        listed({ entity: CART, edgeTo: 'component:default/ledger' }),
      ).resolves.toEqual(['Change 1']);
      await expect(
        listed({ entity: CART, edgeTo: 'component:default/mail' }),
      ).resolves.toEqual([]);
    });

    it('say nothing of who found them unhelpful, nor weigh on their authors', async () => {
      const installation = await install(id);
      await write(installation);
      const before = await installation.understanding(CART);
      const read = await service(installation).read(CART, false, BOB);
      expect(read.readings).toEqual({ helped: 0, notHelped: 1, mine: false });
      const asked = await service(installation).get(CART, ADA);
      expect(asked.readings).toEqual({ helped: 0, notHelped: 1 });
      expect(JSON.stringify(asked)).not.toContain('user:default/bob');
      await expect(installation.understanding(CART)).resolves.toEqual(before);
    });
  });
});
