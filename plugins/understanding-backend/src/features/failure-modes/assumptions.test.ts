import {
  AssumptionContent,
  assumptionHistorySchema,
  assumptionSchema,
  listAssumptionsQuerySchema,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { component, group, user } from '../../__testUtils__/catalog';
import { Installation, READER } from '../../__testUtils__/Installation';
import { MigratedDatabases } from '../../__testUtils__/MigratedDatabases';

jest.setTimeout(120_000);

const PROXY = 'component:default/proxy';

describe('assumptions', () => {
  const databases = MigratedDatabases.create({
    ids: ['SQLITE_3', 'POSTGRES_18'],
  });

  describe.each(databases.eachSupportedId())('on %s', id => {
    let installation: Installation;

    beforeEach(async () => {
      installation = Installation.create(await databases.init(id));
      await installation.catalogHolds(
        component('proxy', { owner: 'payments' }),
        group('payments', { members: ['ada'] }),
        user('ada'),
      );
    });

    afterEach(() => installation.dispose());

    const service = () => installation.ledger().assumptions;

    const content = (
      overrides: Partial<AssumptionContent> = {},
    ): AssumptionContent => ({
      entityRef: PROXY,
      statement: 'Open sockets stay below the limit of the process.',
      basis: 'estimate',
      refutedBy: 'The peak comes within a fifth of the limit.',
      limit: {
        value: 1024,
        unit: 'descriptors',
        observedPeak: 700,
        source: 'process_open_fds',
      },
      verifyBy: installation.daysAgo(-100),
      ...overrides,
    });

    const listed = async () =>
      (
        await service().list(
          listAssumptionsQuerySchema.parse({ entity: PROXY }),
          READER,
        )
      ).items;

    const severity = async () => {
      await installation.settle();
      const { flags } = await installation.understanding(PROXY);
      return flags.find(flag => flag.rule === 'expiring-assumption')?.severity;
    };

    it('warn before their end, are severe after it, and hold again once somebody looked', async () => {
      const { id: assumption } = await service().create(content(), READER);
      await expect(severity()).resolves.toBeUndefined();
      await installation.daysPass(71);
      await expect(severity()).resolves.toBe('medium');
      await expect(listed()).resolves.toMatchObject([{ state: 'due-soon' }]);
      await installation.daysPass(30);
      await expect(severity()).resolves.toBe('high');

      await expect(
        service().verify(
          assumption,
          1,
          { result: 'still-holds', verifyBy: installation.daysAgo(1) },
          READER,
        ),
      ).rejects.toThrow(/verifyBy: must lie in the future/);
      const verified = await service().verify(
        assumption,
        1,
        {
          result: 'still-holds',
          note: 'Peak 710 in a load test.',
          verifyBy: installation.daysAgo(-200),
        },
        READER,
      );
      expect(assumptionSchema.parse(verified)).toMatchObject({
        state: 'holds',
        version: 2,
        verification: {
          result: 'still-holds',
          note: 'Peak 710 in a load test.',
          by: 'user:default/reader',
        },
      });
      await expect(severity()).resolves.toBeUndefined();

      await service().verify(assumption, 2, { result: 'refuted' }, READER);
      await expect(severity()).resolves.toBe('high');
      await expect(listed()).resolves.toMatchObject([{ state: 'refuted' }]);
    });

    it('are changed by one at a time', async () => {
      const { id: assumption } = await service().create(content(), READER);
      await service().update(
        assumption,
        1,
        content({ basis: 'measured' }),
        READER,
      );
      await expect(
        service().update(assumption, 1, content({ basis: 'vendor' }), READER),
      ).rejects.toMatchObject({
        name: 'ConflictError',
        current: { version: 2, basis: 'measured' },
        submitted: { basis: 'vendor' },
      });
      await expect(
        service().update(
          assumption,
          2,
          content({ entityRef: 'component:default/other' }),
          READER,
        ),
      ).rejects.toThrow(/entityRef: must stay/);
      await expect(
        service().verify(assumption, 1, { result: 'refuted' }, READER),
      ).rejects.toMatchObject({
        name: 'ConflictError',
        current: { version: 2, basis: 'measured' },
      });
      await expect(listed()).resolves.toMatchObject([{ state: 'holds' }]);
    });

    it('keep every version, and every time that somebody looked', async () => {
      const { id: assumption } = await service().create(content(), READER);
      await service().update(
        assumption,
        1,
        content({
          basis: 'measured',
          limit: { value: 4096, unit: 'descriptors', observedPeak: 700 },
        }),
        READER,
      );
      await installation.daysPass(1);
      await service().verify(
        assumption,
        2,
        { result: 'refuted', note: 'Peak 4000.' },
        READER,
      );
      const history = assumptionHistorySchema.parse(
        await service().history(assumption, READER),
      );
      expect(history).toMatchObject({
        items: [
          { version: 3, differences: [] },
          {
            version: 2,
            by: 'user:default/reader',
            differences: [
              { field: 'basis', before: 'estimate', after: 'measured' },
              {
                field: 'limit',
                before: '1024 descriptors',
                after: '4096 descriptors',
              },
              { field: 'source', before: 'process_open_fds' },
            ],
          },
          { version: 1 },
        ],
        totalItems: 3,
        verifications: [
          { result: 'refuted', note: 'Peak 4000.', by: 'user:default/reader' },
        ],
      });
      await expect(service().history('none', READER)).rejects.toThrow(
        /There is no assumption none/,
      );
    });

    it('let one of two pass who change them at once', async () => {
      const { id: assumption } = await service().create(content(), READER);
      const outcomes = await Promise.allSettled(
        (['measured', 'vendor', 'inherited'] as const).map(basis =>
          service().update(assumption, 1, content({ basis }), READER),
        ),
      );
      expect(outcomes.map(one => one.status).sort()).toEqual([
        'fulfilled',
        'rejected',
        'rejected',
      ]);
      const [kept] = await listed();
      expect(kept.version).toBe(2);
      expect(
        outcomes.flatMap(one =>
          one.status === 'rejected' ? [one.reason.current.basis] : [],
        ),
      ).toEqual([kept.basis, kept.basis]);
    });

    it('are refused of what is not there', async () => {
      await expect(
        service().create(
          content({ entityRef: 'component:default/none' }),
          READER,
        ),
      ).rejects.toThrow(/is not in the catalog/);
      await expect(
        service().verify('none', 1, { result: 'refuted' }, READER),
      ).rejects.toThrow(/There is no assumption none/);
    });
  });
});
