import { listEntitiesQuerySchema } from '@understanding-dev/backstage-plugin-understanding-common';
import { component, group, user } from './__testUtils__/catalog';
import { Installation, READER } from './__testUtils__/Installation';
import { MigratedDatabases } from './__testUtils__/MigratedDatabases';

jest.setTimeout(120_000);

const LEDGER = 'component:default/ledger';

/** What the back end makes of a catalog and of histories, from end to end. */
describe('stories', () => {
  const databases = MigratedDatabases.create({
    ids: ['SQLITE_3', 'POSTGRES_18'],
  });

  describe.each(databases.eachSupportedId())('on %s', id => {
    let installation: Installation;

    beforeEach(async () => {
      installation = Installation.create(await databases.init(id));
    });

    afterEach(() => installation.dispose());

    const payments = () =>
      group('payments', { members: ['ada', 'bo'], channels: 'chat:payments' });

    const others = Object.fromEntries(
      Array.from({ length: 8 }, (_, index) => [`src/other${index}.ts`, 'x\n']),
    );

    /** A service with a README, large enough that a change is a small part of it. */
    function ledgerBy(...authors: string[]) {
      return installation.repository('ledger').commit(
        ...authors.map((by, index) => ({
          by,
          at: installation.daysAgo(10 - index),
          write: {
            [`src/${by}.ts`]: `export const ${by} = ${index};\n`,
            ...(index === 0 ? { 'README.md': '# Ledger\n', ...others } : {}),
          },
        })),
      );
    }

    const ledger = (owner = 'payments') =>
      component('ledger', {
        owner,
        annotations: installation.sourceIn('ledger'),
      });

    it('tells a team once that one person alone knows its service, and once that two do', async () => {
      const repository = ledgerBy('ada');
      const wroteAt = installation.daysAgo(10);
      await installation.catalogHolds(
        ledger(),
        payments(),
        user('ada'),
        user('bo'),
      );

      await expect(installation.flags()).resolves.toEqual([
        `thin-understanding of ${LEDGER}`,
      ]);
      const { summary, people, flags } = await installation.understanding(
        LEDGER,
      );
      expect(summary).toMatchObject({
        understoodBy: 1,
        people: [{ personRef: 'user:default/ada', displayName: 'Ada' }],
        documentState: 'fresh',
        ownerTitle: 'Payments',
      });
      expect(people).toMatchObject([
        {
          evidence: [
            { kind: 'authored', count: 1, latestAt: wroteAt },
            { kind: 'documented', count: 1, latestAt: wroteAt },
          ],
        },
      ]);
      expect(flags[0].reasons[0].message).toBe(
        '1 active person understands it, of at least 2 that are needed',
      );

      await installation.daysPass(1);
      await installation.catalogHolds(
        ledger(),
        payments(),
        user('ada'),
        user('bo'),
      );
      expect(installation.channel.texts).toEqual([
        '#payments: opened thin-understanding of ledger',
      ]);
      expect(installation.notified).toMatchObject([
        {
          recipients: { type: 'entity', entityRef: 'group:default/payments' },
          payload: { link: '/catalog/default/component/ledger/understanding' },
        },
      ]);

      repository.commit({
        by: 'bo',
        at: installation.daysAgo(1),
        write: { 'src/bo.ts': 'export const bo = 1;\n' },
      });
      await installation.daysPass(1);
      await installation.minutesPass(1);
      await expect(installation.flags()).resolves.toEqual([]);
      await expect(installation.flags('resolved')).resolves.toEqual([
        `thin-understanding of ${LEDGER}`,
      ]);
      expect(installation.channel.texts).toEqual([
        '#payments: opened thin-understanding of ledger',
        '#payments: resolved thin-understanding of ledger',
      ]);
    });

    it('takes who changed a document last for having documented it, and for no more', async () => {
      const repository = ledgerBy('ada');
      repository.commit(
        {
          by: 'bo',
          at: installation.daysAgo(8),
          write: { 'README.md': '# Ledger\n\nIt posts twice, and why.\n' },
        },
        {
          by: 'Bo <bo@home.example>',
          at: installation.daysAgo(7),
          write: {
            'docs/one.md': '# One\n\nHow it posts.\n',
            'docs/two.md': '# Two\n\nHow it fails.\n',
          },
        },
      );
      const catalog = () =>
        installation.catalogHolds(
          ledger(),
          payments(),
          user('ada'),
          user('bo'),
        );
      const told = async () => {
        const { people = [], summary } = await installation.understanding(
          LEDGER,
        );
        return [
          `${summary.understoodBy}`,
          ...people.map(
            one =>
              `${one.displayName} ${one.status} ${
                one.understands
              }: ${one.evidence
                .map(
                  ({ kind, count, verified }) => `${kind} ${count} ${verified}`,
                )
                .join(', ')}`,
          ),
        ];
      };
      await catalog();
      await expect(told()).resolves.toEqual([
        '1',
        'Ada active true: authored 1 false',
        'Bo not-in-catalog false: documented 2 false',
        'Bo active false: documented 1 false',
      ]);
      // Bound to people like all that histories tell.
      await installation.ledger().identities.decide(
        [
          {
            identifier: { type: 'email', value: 'bo@home.example' },
            personRef: 'user:default/bo',
            state: 'confirmed',
            fromMailmap: false,
          },
        ],
        READER,
      );
      await installation.settle();
      await expect(told()).resolves.toEqual([
        '1',
        'Ada active true: authored 1 false',
        'Bo active false: documented 3 false',
      ]);
    });

    it('sees evidence age though nothing happens', async () => {
      ledgerBy('ada', 'bo');
      await installation.catalogHolds(
        ledger(),
        payments(),
        user('ada'),
        user('bo'),
      );
      await expect(installation.flags()).resolves.toEqual([]);

      await installation.daysPass(150);
      await expect(installation.flags()).resolves.toEqual([]);
      await installation.daysPass(50);
      await expect(installation.flags()).resolves.toEqual([
        `thin-understanding of ${LEDGER}`,
      ]);
      const answer = await installation.ask('ledger');
      expect(answer.answers[0].nobody?.message).toBe(
        'Nobody active has evidence younger than 180 days',
      );
    });

    it('counts nobody who left, and tells that they did', async () => {
      ledgerBy('ada', 'bo');
      await installation.catalogHolds(
        ledger(),
        payments(),
        user('ada'),
        user('bo'),
      );
      await installation.catalogHolds(ledger(), payments(), user('ada'));

      const { summary, people } = await installation.understanding(LEDGER);
      expect(summary.understoodBy).toBe(1);
      expect(
        people?.map(({ displayName, status }) => [displayName, status]),
      ).toEqual([
        ['Ada', 'active'],
        ['Bo', 'left'],
      ]);
      await expect(installation.flags()).resolves.toEqual([
        `thin-understanding of ${LEDGER}`,
      ]);
    });

    it('sees a document fall behind its code, and catch up', async () => {
      const repository = ledgerBy('ada', 'bo');
      await installation.catalogHolds(
        ledger(),
        payments(),
        user('ada'),
        user('bo'),
      );
      await expect(installation.flags()).resolves.toEqual([]);

      repository.commit(
        ...Array.from({ length: 12 }, (_, index) => ({
          by: index % 2 ? 'ada' : 'bo',
          at: installation.daysAgo(7 - index / 2),
          write: { 'src/ada.ts': 'changed\n'.repeat(30 * (index + 1)) },
        })),
      );
      await installation.daysPass(1);
      expect(
        (await installation.understanding(LEDGER)).summary.documentState,
      ).toBe('changed-since');
      await expect(installation.flags()).resolves.toEqual([
        `stale-docs of ${LEDGER}`,
      ]);

      repository.commit({
        by: 'ada',
        at: installation.daysAgo(0),
        write: { 'README.md': '# Ledger\n\nWhat holds now.\n' },
      });
      await installation.daysPass(1);
      expect(
        (await installation.understanding(LEDGER)).summary.documentState,
      ).toBe('fresh');
      await expect(installation.flags()).resolves.toEqual([]);
    });

    it('forgets an entity that leaves the catalog, and knows it when it returns', async () => {
      ledgerBy('ada');
      await installation.catalogHolds(ledger(), payments(), user('ada'));
      await installation.catalogHolds(payments(), user('ada'));

      await expect(installation.understanding(LEDGER)).rejects.toThrow(
        /Nothing is known/,
      );
      await expect(installation.flags()).resolves.toEqual([]);
      await expect(installation.ask('src/ada.ts')).resolves.toMatchObject({
        answers: [],
      });

      await installation.catalogHolds(ledger(), payments(), user('ada'));
      await expect(installation.flags()).resolves.toEqual([
        `thin-understanding of ${LEDGER}`,
      ]);
    });

    it('tells a team that takes over what is open', async () => {
      ledgerBy('ada');
      const billing = group('billing', {
        members: ['bo'],
        channels: 'chat:billing',
      });
      const people = [user('ada'), user('bo', { team: 'billing' })];
      await installation.catalogHolds(ledger(), payments(), billing, ...people);
      await installation.minutesPass(1);
      await installation.catalogHolds(
        ledger('billing'),
        payments(),
        billing,
        ...people,
      );
      await installation.minutesPass(1);
      expect(installation.channel.texts).toEqual([
        '#payments: opened thin-understanding of ledger',
        '#billing: opened thin-understanding of ledger',
      ]);
    });

    it('flags what nobody of the catalog owns, and tells nobody', async () => {
      ledgerBy('ada', 'bo');
      await installation.catalogHolds(
        component('ledger', {
          owner: 'gone',
          annotations: installation.sourceIn('ledger'),
        }),
        payments(),
        user('ada'),
        user('bo'),
      );
      await installation.minutesPass(1);
      await expect(installation.flags()).resolves.toEqual([
        `no-owner of ${LEDGER}`,
      ]);
      const { answers } = await installation.ask(LEDGER);
      expect(answers[0]).toMatchObject({
        understoodBy: 2,
        fallback: [
          { message: 'Its owner group:default/gone is not in the catalog' },
        ],
      });
      expect(installation.channel.received).toEqual([]);
    });

    it('answers by name, by a path with or without its repository, and by words', async () => {
      ledgerBy('ada');
      installation.repository('cart').commit({
        by: 'bo',
        at: installation.daysAgo(3),
        write: { 'src/bo.ts': 'export const bo = 1;\n' },
      });
      await installation.catalogHolds(
        ledger(),
        component('cart', {
          title: 'Shopping cart',
          annotations: installation.sourceIn('cart'),
        }),
        payments(),
        user('ada'),
        user('bo'),
      );
      const asked = async (query: string) =>
        (await installation.ask(query)).answers.map(
          ({ entityRef, matchedBy, people }) =>
            `${entityRef} by ${matchedBy}: ${people?.map(
              one => one.displayName,
            )}`,
        );
      await expect(asked('ledger')).resolves.toEqual([
        `${LEDGER} by its name: Ada`,
      ]);
      await expect(asked('src/ada.ts')).resolves.toEqual([
        `${LEDGER} by the path src/ada.ts of ledger: Ada`,
      ]);
      await expect(asked('cart/src/bo.ts')).resolves.toEqual([
        'component:default/cart by the path src/bo.ts of cart: Bo',
      ]);
      await expect(asked('shopping')).resolves.toEqual([
        'component:default/cart by the words “shopping”: Bo',
      ]);
      await expect(asked('100% _nothing_')).resolves.toEqual([]);
    });

    it('tells a catalog that was not read yet from one that is empty', async () => {
      const listed = async () => {
        const { items, stillReading } = await installation
          .ledger()
          .entities.list(listEntitiesQuerySchema.parse({}), READER);
        return { names: items.map(one => one.name), stillReading };
      };
      const reading = { names: [], stillReading: true };
      await installation.ledger().begin();
      await expect(listed()).resolves.toEqual(reading);
      await installation.catalogHolds();
      await expect(listed()).resolves.toEqual({ names: [] });

      ledgerBy('ada');
      await installation.catalogHolds(ledger());
      await expect(listed()).resolves.toEqual({ names: ['ledger'] });
      // Before it was assessed for the first time.
      const { knex } = installation;
      await knex('summaries').delete();
      await installation.ledger().queue.mark(knex, 'entity', [LEDGER], '2000');
      await expect(listed()).resolves.toEqual(reading);
    });

    it('tells nobody of what comes and goes while a catalog fills', async () => {
      ledgerBy('ada', 'bo');
      await installation.catalogHolds(ledger(), payments());
      await expect(installation.flags()).resolves.toEqual([
        `no-owner of ${LEDGER}`,
        `thin-understanding of ${LEDGER}`,
      ]);
      await installation.catalogHolds(
        ledger(),
        payments(),
        user('ada'),
        user('bo'),
      );
      await expect(installation.flags()).resolves.toEqual([]);
      await installation.minutesPass(5);
      expect(installation.channel.received).toEqual([]);
    });

    it('tells of what was withdrawn when it holds again', async () => {
      ledgerBy('ada');
      const people = [user('ada'), user('bo')];
      await installation.catalogHolds(ledger(), payments(), ...people);
      // With nobody at all it is worse for half a minute.
      await installation.catalogHolds(ledger(), payments(), user('bo'));
      await installation.minutesPass(1);
      await installation.catalogHolds(ledger(), payments(), ...people);
      await installation.minutesPass(2);
      expect(
        installation.channel.received.map(alert => alert.message.severity),
      ).toEqual(['high', 'medium']);
    });

    it('sends an alert again that failed, and never one that may have arrived', async () => {
      ledgerBy('ada');
      installation.channel.answer = () => ({
        type: 'failed',
        retry: true,
        reason: 'The chat is down',
      });
      await installation.catalogHolds(ledger(), payments(), user('ada'));
      await installation.minutesPass(1);
      expect(installation.channel.received).toHaveLength(1);

      installation.channel.answer = () => ({
        type: 'unknown',
        reason: 'timeout',
      });
      await installation.daysPass(1);
      await installation.daysPass(10);
      expect(installation.channel.received).toHaveLength(2);
      const keys = installation.channel.received.map(alert => alert.dedupeKey);
      expect(new Set(keys).size).toBe(1);
    });
  });
});
