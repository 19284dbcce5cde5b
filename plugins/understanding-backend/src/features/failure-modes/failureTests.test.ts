import {
  failureTestSchema,
  recordTestRequestSchema,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { component, group, user } from '../../__testUtils__/catalog';
import { READER } from '../../__testUtils__/Installation';
import { MigratedDatabases } from '../../__testUtils__/MigratedDatabases';
import { ADA, LEDGER, content, useLedger } from './__testUtils__/useLedger';

jest.setTimeout(120_000);

describe('tests of failure modes', () => {
  const databases = MigratedDatabases.create({
    ids: ['SQLITE_3', 'POSTGRES_18'],
  });

  describe.each(databases.eachSupportedId())('on %s', id => {
    const ledger = useLedger(databases, id);
    const { modes, answers, catalogHoldsLedger, states, testOf } = ledger;

    it('show who took part, also where no source can be read', async () => {
      await ledger.installation.catalogHolds(
        component('proxy', { owner: 'payments' }),
        group('payments', { members: ['ada'] }),
        user('ada'),
      );
      const proxy = 'component:default/proxy';
      const { id: mode } = await modes().create(
        { ...content(), entityRef: proxy, edge: undefined },
        READER,
      );
      const { id: test } = await answers().record(
        mode,
        testOf({ participants: ['user:default/ada'] }),
        READER,
      );
      await answers().confirm(mode, test, ADA);
      await ledger.installation.settle();
      const { people, summary } = await ledger.installation.understanding(
        proxy,
      );
      expect(people).toMatchObject([
        { displayName: 'Ada', evidence: [{ kind: 'operated' }] },
      ]);
      expect(summary.understoodBy).toBeUndefined();
      const { answers: asked } = await ledger.installation.ask('proxy');
      expect(asked[0].people).toMatchObject([{ displayName: 'Ada' }]);
    });

    it('count a test for 180 days, and the latest one alone', async () => {
      await catalogHoldsLedger();
      const { id: mode } = await modes().create(content(), READER);
      const test = await answers().record(mode, testOf(), READER);
      expect(failureTestSchema.parse(test).validUntil).toBe(
        ledger.installation.daysAgo(-179),
      );
      await expect(states()).resolves.toContain('down: tested');
      await ledger.installation.daysPass(180);
      await expect(states()).resolves.toContain('down: test-expired');

      await answers().record(mode, testOf({ kind: 'chaos-run' }), READER);
      await expect(states()).resolves.toContain('down: tested');
      await ledger.installation.daysPass(2);
      await answers().record(
        mode,
        testOf({
          kind: 'incident',
          actual: 'Two payouts were lost.',
          result: 'otherwise',
        }),
        READER,
      );
      await expect(states()).resolves.toContain('down: described');
      const { items } = await answers().tests(mode, READER);
      expect(items.map(one => one.kind)).toEqual([
        'incident',
        'chaos-run',
        'game-day',
      ]);
    });

    it('make evidence of a game day only of those who confirm it', async () => {
      ledger.installation.repository('ledger').commit({
        by: 'ada',
        at: ledger.installation.daysAgo(30),
        write: { 'README.md': '# Ledger\n', 'src/book.ts': 'x\n' },
      });
      await catalogHoldsLedger(ledger.installation.sourceIn('ledger'));
      const { id: mode } = await modes().create(content(), READER);
      const planned = await answers().record(
        mode,
        recordTestRequestSchema.parse({
          kind: 'game-day',
          plannedAt: ledger.installation.daysAgo(-3),
          expected: 'Payouts wait; none is lost.',
          trafficPattern: '200 postings a second',
          participants: ['user:default/ada', 'user:default/bo'],
        }),
        READER,
      );
      await expect(states()).resolves.toContain('down: described');
      const calendar = await answers().calendar(mode, planned.id, READER);
      const unfolded = calendar.replace(/\r\n /g, '');
      expect(unfolded).toContain('BEGIN:VEVENT');
      expect(unfolded).toContain(`UID:${planned.id}@understanding.dev`);
      expect(unfolded).toContain('DTSTART:20260604T090001Z');
      expect(unfolded).toContain('SUMMARY:Game day: The database is gone');
      expect(unfolded).toContain(
        'https://backstage.acme.example/catalog/default/component/ledger/failure-modes',
      );
      await expect(answers().confirm(mode, planned.id, ADA)).rejects.toThrow(
        /has not been done yet/,
      );

      await ledger.installation.daysPass(4);
      await answers().rewrite(
        mode,
        planned.id,
        planned.version,
        testOf({ participants: ['user:default/ada', 'user:default/bo'] }),
        READER,
      );
      await expect(
        answers().rewrite(
          mode,
          planned.id,
          planned.version,
          testOf({ actual: 'It fell over.', result: 'otherwise' }),
          READER,
        ),
      ).rejects.toMatchObject({
        name: 'ConflictError',
        current: { version: 2, result: 'as-expected' },
        submitted: { actual: 'It fell over.' },
      });
      await expect(states()).resolves.toContain('down: tested');
      const people = async () =>
        (await ledger.installation.understanding(LEDGER)).people?.map(
          one =>
            `${one.displayName}: ${one.evidence
              .map(({ kind, verified }) => `${kind}${verified ? '!' : ''}`)
              .sort()}`,
        );
      await expect(people()).resolves.toEqual(['Ada: authored,documented']);
      const confirmed = await answers().confirm(mode, planned.id, ADA);
      expect(confirmed).toMatchObject({
        participantCount: 2,
        participants: [
          { displayName: 'Ada', confirmedAt: ledger.installation.daysAgo(0) },
          { displayName: 'Bo' },
        ],
      });
      await ledger.installation.settle();
      await expect(people()).resolves.toEqual([
        'Ada: authored,documented,operated!',
      ]);
      const { answers: asked } = await ledger.installation.ask('ledger');
      expect(asked).toMatchObject([
        {
          people: [
            {
              displayName: 'Ada',
              understands: true,
              evidence: expect.arrayContaining([
                expect.objectContaining({
                  kind: 'operated',
                  freshness: 'fresh',
                  verified: true,
                }),
              ]),
            },
          ],
        },
      ]);
      await expect(answers().confirm(mode, planned.id, READER)).rejects.toThrow(
        /not named among those/,
      );
    });

    it('refuse a test of people, instants or results that cannot be', async () => {
      await catalogHoldsLedger();
      const { id: mode } = await modes().create(content(), READER);
      await expect(
        answers().record(
          mode,
          testOf({ participants: ['user:default/nobody'] }),
          READER,
        ),
      ).rejects.toThrow(
        /participants: the catalog has no user:default\/nobody/,
      );
      await expect(
        answers().record(
          mode,
          testOf({ performedAt: ledger.installation.daysAgo(-2) }),
          READER,
        ),
      ).rejects.toThrow(/performedAt: lies in the future/);
      await expect(answers().tests('none', READER)).rejects.toThrow(
        /There is no failure mode none/,
      );
    });
  });
});
