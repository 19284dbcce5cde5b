import {
  entityUnderstandingSchema,
  failureModeHistorySchema,
  failureModeSchema,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { component, group, user } from '../../__testUtils__/catalog';
import { READER } from '../../__testUtils__/Installation';
import { MigratedDatabases } from '../../__testUtils__/MigratedDatabases';
import {
  ADA,
  DATABASE,
  LEDGER,
  content,
  useLedger,
} from './__testUtils__/useLedger';

jest.setTimeout(120_000);

const YAML = `version: 1
failureModes:
  - id: db-down
    edge: { type: dependsOn, targetRef: ${DATABASE} }
    condition: down
    plane: data
    title: From the file
    cause: A failover.
    localEffect: Nothing is posted.
    endEffect: Payouts wait.
    observations:
      { dataLossOrCorruption: false, customerVisible: false, happenedWithinYear: false, needsTwoFaults: false }
`;

describe('failure modes', () => {
  const databases = MigratedDatabases.create({
    ids: ['SQLITE_3', 'POSTGRES_18'],
  });

  describe.each(databases.eachSupportedId())('on %s', id => {
    const ledger = useLedger(databases, id);
    const { modes, answers, catalogHoldsLedger, states, listed, testOf } =
      ledger;

    it('flag a HARD dependency until every condition is answered or accepted', async () => {
      await catalogHoldsLedger();
      await expect(ledger.installation.flags()).resolves.toContain(
        `unanswered-dependency of ${LEDGER}`,
      );
      const { summary } = await ledger.installation.understanding(LEDGER);
      expect(summary.coverage).toEqual({ required: 3, answered: 0, tested: 0 });

      const mode = await modes().create(content(), READER);
      expect(failureModeSchema.parse(mode)).toMatchObject({
        version: 1,
        severity: 'major',
        likelihood: 'occasional',
        criticality: 'medium',
        origin: 'page',
        superseded: false,
      });
      await modes().create(content({ condition: 'slow' }), READER);
      await answers().accept(
        LEDGER,
        0,
        {
          targetRef: DATABASE,
          condition: 'wrong-data',
          reason: 'Entries are pairs, which we check each night.',
          until: ledger.installation.daysAgo(-10),
        },
        READER,
      );
      await expect(states()).resolves.toEqual([
        'down: described',
        'slow: described',
        'wrong-data: accepted',
        'partial: none',
        'recovery: none',
      ]);
      expect(
        (await ledger.installation.understanding(LEDGER)).summary.coverage,
      ).toEqual({ required: 3, answered: 3, tested: 0 });
      await expect(ledger.installation.flags()).resolves.not.toContain(
        `unanswered-dependency of ${LEDGER}`,
      );
      const whole = await ledger.installation.understanding(LEDGER);
      expect(entityUnderstandingSchema.parse(whole).failureModes).toHaveLength(
        2,
      );

      // What was accepted for ten days is open again on the eleventh.
      await ledger.installation.daysPass(11);
      await expect(ledger.installation.flags()).resolves.toContain(
        `unanswered-dependency of ${LEDGER}`,
      );
      await expect(states()).resolves.toContain('wrong-data: none');
    });

    it('withdraw an acceptance, and accept nothing that has ended or is not there', async () => {
      await catalogHoldsLedger();
      const acceptance = {
        targetRef: DATABASE,
        condition: 'slow' as const,
        reason: 'It is cheaper to wait.',
        until: ledger.installation.daysAgo(-10),
      };
      await answers().accept(LEDGER, 0, acceptance, READER);
      await expect(states()).resolves.toContain('slow: accepted');
      await answers().withdraw(
        LEDGER,
        1,
        { targetRef: DATABASE, condition: 'slow' },
        READER,
      );
      await expect(states()).resolves.toContain('slow: none');
      await expect(
        answers().withdraw(
          LEDGER,
          1,
          { targetRef: DATABASE, condition: 'slow' },
          READER,
        ),
      ).rejects.toThrow(/Nothing is accepted/);
      await answers().accept(LEDGER, 0, acceptance, READER);
      const again = { ...acceptance, reason: 'Nobody would notice it.' };
      for (const version of [0, 1]) {
        await expect(
          answers().accept(LEDGER, version, again, READER),
        ).rejects.toMatchObject({
          name: 'ConflictError',
          current: { version: 3, reason: 'It is cheaper to wait.' },
          submitted: { reason: 'Nobody would notice it.' },
        });
      }
      await expect(
        answers().withdraw(
          LEDGER,
          1,
          { targetRef: DATABASE, condition: 'slow' },
          READER,
        ),
      ).rejects.toMatchObject({ current: { version: 3 } });
      await answers().accept(LEDGER, 3, again, READER);
      await ledger.installation.daysPass(11);
      await expect(states()).resolves.toContain('slow: none');
      await expect(
        answers().accept(
          LEDGER,
          0,
          { ...acceptance, until: ledger.installation.daysAgo(1) },
          READER,
        ),
      ).rejects.toThrow(/until: must lie in the future/);
      await expect(
        answers().accept(
          LEDGER,
          0,
          { ...acceptance, targetRef: 'component:default/other' },
          READER,
        ),
      ).rejects.toThrow(/has no dependency/);
    });

    it('keep every version, and lose nothing when two write at once', async () => {
      await catalogHoldsLedger();
      const { id: mode } = await modes().create(content(), READER);
      const ours = content({ mitigation: 'A queue on disk.' });
      const theirs = content({ title: 'The database fails over' });
      const outcomes = await Promise.allSettled([
        modes().update(mode, 1, ours, READER),
        modes().update(mode, 1, theirs, ADA),
      ]);
      const [conflict] = outcomes.flatMap(one =>
        one.status === 'rejected' ? [one.reason] : [],
      );
      expect(outcomes.filter(one => one.status === 'fulfilled')).toHaveLength(
        1,
      );
      expect(conflict).toMatchObject({
        name: 'ConflictError',
        current: { version: 2 },
      });
      const won = conflict.current.title === theirs.title ? theirs : ours;
      expect(conflict.submitted).toEqual(won === theirs ? ours : theirs);

      await modes().remove(mode, 2, READER);
      await expect(modes().get(mode, READER)).rejects.toThrow(/was removed/);
      await expect(listed()).resolves.toEqual([]);
      await expect(states()).resolves.toContain('down: none');
    });

    it('tell what each version says otherwise', async () => {
      await catalogHoldsLedger();
      const { id: mode } = await modes().create(content(), READER);
      await modes().update(
        mode,
        1,
        content({ mitigation: 'A queue on disk.' }),
        ADA,
      );
      const history = await modes().history(mode, READER);
      expect(failureModeHistorySchema.parse(history).items).toMatchObject([
        {
          version: 2,
          action: 'changed',
          by: 'user:default/ada',
          differences: [{ field: 'mitigation', after: 'A queue on disk.' }],
        },
        { version: 1, action: 'created', by: 'user:default/reader' },
      ]);
      await modes().comment(mode, 'Is it *ever* larger?', ADA);
      const { items } = await modes().comments(mode, READER);
      expect(items).toMatchObject([
        { text: 'Is it *ever* larger?', by: 'user:default/ada' },
      ]);
    });

    it('outlast an edge that leaves the catalog, and answer it when it returns', async () => {
      await catalogHoldsLedger();
      await modes().create(content(), READER);
      await ledger.installation.catalogHolds(
        component('ledger', { owner: 'payments' }),
        group('payments', { members: ['ada'] }),
        user('ada'),
      );
      expect(await listed()).toMatchObject([{ title: 'The database is gone' }]);
      await expect(
        modes().create(content({ condition: 'slow' }), READER),
      ).rejects.toThrow(/edge\.targetRef: .* has no dependency/);
      await catalogHoldsLedger();
      await expect(states()).resolves.toContain('down: described');
    });

    it('flag what is critical and neither prevented nor mitigated', async () => {
      await catalogHoldsLedger();
      const critical = content({
        detection: 'A nightly sum.',
        observations: { ...content().observations, dataLossOrCorruption: true },
      });
      const { id: mode } = await modes().create(critical, READER);
      await ledger.installation.settle();
      await expect(ledger.installation.flags()).resolves.toContain(
        `unprevented-failure of ${LEDGER}`,
      );
      await modes().update(
        mode,
        1,
        { ...critical, mitigation: 'Payouts stop.' },
        READER,
      );
      await ledger.installation.settle();
      await expect(ledger.installation.flags()).resolves.not.toContain(
        `unprevented-failure of ${LEDGER}`,
      );
    });

    it('come from a file where there is one, which wins over the page', async () => {
      const repository = ledger.installation.repository('ledger').commit({
        by: 'ada',
        at: ledger.installation.daysAgo(30),
        write: { 'README.md': '# Ledger\n', 'src/book.ts': 'x\n' },
      });
      await catalogHoldsLedger(ledger.installation.sourceIn('ledger'));
      await modes().create(content({ condition: 'slow' }), READER);
      await expect(states()).resolves.toEqual(
        expect.arrayContaining(['down: none', 'slow: described']),
      );

      repository.commit({
        by: 'ada',
        at: ledger.installation.daysAgo(0),
        write: { 'failure-modes.yaml': YAML },
      });
      await ledger.installation.minutesPass(10);
      await expect(states()).resolves.toEqual(
        expect.arrayContaining(['down: described', 'slow: none']),
      );
      const [fromFile, onPage] = await listed();
      expect(fromFile).toMatchObject({
        title: 'From the file',
        origin: 'file',
        superseded: false,
        updatedBy: expect.stringMatching(/^ledger@[0-9a-f]{10}$/),
      });
      expect(onPage).toMatchObject({ origin: 'page', superseded: true });
      await expect(modes().file(LEDGER, READER)).resolves.toMatchObject({
        file: { path: 'failure-modes.yaml', repository: 'ledger' },
      });
      await expect(
        modes().update(fromFile.id, 1, content(), READER),
      ).rejects.toThrow(
        /keeps its failure modes in failure-modes\.yaml of ledger; change them there/,
      );
      await expect(modes().export(LEDGER, READER)).resolves.toContain(
        'id: db-down',
      );
      await answers().record(fromFile.id, testOf(), READER);

      // Broken: the answers stay, and the place is told.
      repository.commit({
        by: 'ada',
        at: ledger.installation.daysAgo(0),
        write: {
          'failure-modes.yaml': YAML.replace('plane: data', 'plane: astral'),
        },
      });
      await ledger.installation.minutesPass(10);
      await expect(states()).resolves.toContain('down: tested');
      await expect(modes().file(LEDGER, READER)).resolves.toMatchObject({
        file: { problem: { line: 6, field: 'failureModes.0.plane' } },
      });

      // Repaired: the same failure mode, with its test.
      repository.commit({
        by: 'ada',
        at: ledger.installation.daysAgo(0),
        write: {
          'failure-modes.yaml': YAML.replace('From the file', 'Renamed'),
        },
      });
      await ledger.installation.minutesPass(10);
      await expect(states()).resolves.toContain('down: tested');
      expect((await listed())[0]).toMatchObject({
        id: fromFile.id,
        title: 'Renamed',
        version: 2,
      });

      // Gone: what the page keeps counts again.
      repository.commit({
        by: 'ada',
        at: ledger.installation.daysAgo(0),
        remove: ['failure-modes.yaml'],
      });
      await ledger.installation.minutesPass(10);
      await expect(states()).resolves.toEqual(
        expect.arrayContaining(['down: none', 'slow: described']),
      );
      await expect(modes().file(LEDGER, READER)).resolves.toEqual({});
    });
  });
});
