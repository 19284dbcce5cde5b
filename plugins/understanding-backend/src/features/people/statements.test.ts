import { mockCredentials } from '@backstage/backend-test-utils';
import {
  ProposeEvidenceRequest,
  aboutMeSchema,
  handEvidenceSchema,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { component, group, user } from '../../__testUtils__/catalog';
import { Installation } from '../../__testUtils__/Installation';
import { MigratedDatabases } from '../../__testUtils__/MigratedDatabases';

jest.setTimeout(120_000);

const LEDGER = 'component:default/ledger';
const ADA = mockCredentials.user('user:default/ada');
const BEN = mockCredentials.user('user:default/ben');
const EVE = mockCredentials.user('user:default/eve');

describe('what people say of understanding', () => {
  const databases = MigratedDatabases.create({
    ids: ['SQLITE_3', 'POSTGRES_18'],
  });

  describe.each(databases.eachSupportedId())('on %s', id => {
    let installation: Installation;

    const catalog = (...members: string[]) =>
      installation.catalogHolds(
        component('ledger', {
          owner: 'payments',
          annotations: installation.sourceIn('ledger'),
        }),
        group('payments', { members }),
        ...members.map(name => user(name)),
      );

    beforeEach(async () => {
      installation = Installation.create(await databases.init(id));
      installation.repository('ledger').commit({
        by: 'ada',
        at: installation.daysAgo(5),
        write: { 'src/index.ts': 'x\n' },
      });
      await catalog('ada', 'ben', 'eve');
    });

    afterEach(() => installation.dispose());

    const service = () => installation.ledger().statements;

    const taught = (
      overrides: Partial<ProposeEvidenceRequest> = {},
    ): ProposeEvidenceRequest => ({
      entityRef: LEDGER,
      kind: 'taught',
      personRef: 'user:default/ben',
      at: installation.daysAgo(10),
      url: 'https://wiki.acme.example/ledger-talk',
      ...overrides,
    });

    /** Each as `Name: kinds`, a claim with `?`, `!` for those who understand it. */
    const people = async () => {
      await installation.settle();
      const { people: all = [] } = await installation.understanding(LEDGER);
      return all.map(
        one =>
          `${one.displayName}${one.understands ? '!' : ''}: ${one.evidence
            .map(({ kind, verified }) => `${kind}${verified ? '' : '?'}`)
            .join(' ')}`,
      );
    };

    it('counts what others say when the person named confirms it, once', async () => {
      const proposed = await service().propose(taught(), ADA);
      expect(handEvidenceSchema.parse(proposed)).toMatchObject({
        state: 'proposed',
        verified: false,
        proposedBy: 'user:default/ada',
      });
      await expect(people()).resolves.toEqual(['Ada!: authored?']);

      await expect(service().confirm(proposed.id, ADA)).rejects.toThrow(
        /Only the person named/,
      );
      await expect(service().confirm(proposed.id, EVE)).rejects.toThrow(
        /There is no evidence/,
      );
      for (let times = 0; times < 2; times++) {
        await expect(
          service().confirm(proposed.id, BEN),
        ).resolves.toMatchObject({ state: 'confirmed', verified: true });
      }
      // Verified evidence comes before commits of half as long ago.
      await expect(people()).resolves.toEqual([
        'Ben!: taught',
        'Ada!: authored?',
      ]);
      const { summary, people: all } = await installation.understanding(LEDGER);
      expect(summary.understoodBy).toBe(2);
      expect(all?.[0].evidence).toMatchObject([
        { count: 1, url: 'https://wiki.acme.example/ledger-talk' },
      ]);
      await expect(service().decline(proposed.id, BEN)).rejects.toThrow(
        /It was confirmed already/,
      );
      await expect(service().withdraw(proposed.id, ADA)).rejects.toThrow(
        /only the person named/,
      );

      await service().withdraw(proposed.id, BEN);
      await expect(people()).resolves.toEqual(['Ada!: authored?']);
      await expect(service().list(BEN)).resolves.toEqual({
        personRef: 'user:default/ben',
        items: [],
      });
    });

    it('keeps nothing of what was declined but that it was', async () => {
      const { id: proposal } = await service().propose(
        taught({ note: 'I heard it.' }),
        ADA,
      );
      await service().decline(proposal, BEN);
      await expect(people()).resolves.toEqual(['Ada!: authored?']);
      const { items } = await service().list(ADA);
      expect(items).toEqual([
        expect.objectContaining({ id: proposal, state: 'declined' }),
      ]);
      expect(JSON.stringify(items)).not.toContain('I heard it.');
      await expect(service().propose(taught(), ADA)).rejects.toThrow(
        /The same was proposed before/,
      );
      await expect(service().list(EVE)).resolves.toEqual({
        personRef: 'user:default/eve',
        items: [],
      });
    });

    it('takes what somebody says of themselves as a claim', async () => {
      await service().propose(taught({ at: installation.daysAgo(1) }), BEN);
      await service().propose(taught({ at: installation.daysAgo(2) }), BEN);
      const { id: other } = await service().propose(taught(), ADA);
      await service().confirm(other, BEN);
      await expect(people()).resolves.toEqual([
        'Ben!: taught? taught',
        'Ada!: authored?',
      ]);
      const { people: all } = await installation.understanding(LEDGER);
      expect(all?.[0].evidence.map(one => one.count)).toEqual([2, 1]);
    });

    it('refuses what cannot be, and a flood', async () => {
      const refused = async (
        overrides: Partial<ProposeEvidenceRequest>,
        message: RegExp,
      ) => {
        await expect(service().propose(taught(overrides), ADA)).rejects.toThrow(
          message,
        );
      };
      await refused(
        { entityRef: 'component:default/none' },
        /is not in the catalog/,
      );
      await refused(
        { personRef: 'user:default/zoe' },
        /personRef: user:default\/zoe is no User/,
      );
      await refused(
        { at: installation.daysAgo(-1) },
        /at: must not lie in the future/,
      );
      for (let day = 1; day <= 20; day++) {
        await service().propose(taught({ at: installation.daysAgo(day) }), ADA);
      }
      await refused(
        { at: installation.daysAgo(21) },
        /20 of your proposals wait/,
      );
      const { items } = await service().list(ADA);
      await service().withdraw(items[0].id, ADA);
      await service().propose(taught({ at: installation.daysAgo(21) }), ADA);
      await expect(people()).resolves.toEqual(['Ada!: authored?']);
    });

    it('lets people say that they no longer know it, until there is more', async () => {
      await service().correct(LEDGER, { type: 'no-longer' }, ADA);
      await expect(people()).resolves.toEqual(['Ada: authored?']);
      const { people: all, summary } = await installation.understanding(LEDGER);
      expect(summary.understoodBy).toBe(0);
      expect(all?.[0].correction).toEqual({
        type: 'no-longer',
        at: installation.now,
      });

      await installation.daysPass(2);
      // A document alone is not the whole.
      const again = {
        personRef: 'user:default/ada',
        at: installation.daysAgo(1),
      };
      await service().propose(taught({ ...again, kind: 'documented' }), ADA);
      await expect(people()).resolves.toEqual(['Ada: documented? authored?']);
      await service().propose(taught(again), ADA);
      await expect(people()).resolves.toEqual([
        'Ada!: documented? taught? authored?',
      ]);

      await service().withdrawCorrection(LEDGER, ADA);
      await expect(service().withdrawCorrection(LEDGER, ADA)).rejects.toThrow(
        /You have corrected nothing/,
      );
    });

    it('tells people all that is stored about them, and nobody else', async () => {
      const proposed = await service().propose(taught(), ADA);
      await service().confirm(proposed.id, BEN);
      await service().correct(LEDGER, { type: 'no-longer' }, BEN);
      await service().setSuggested(false, BEN);
      const about = await installation.ledger().aboutMe.get(BEN);
      expect(aboutMeSchema.parse(about)).toEqual(about);
      expect(about).toMatchObject({
        personRef: 'user:default/ben',
        catalog: {
          displayName: 'Ben',
          email: 'ben@acme.example',
          groupRefs: ['group:default/payments'],
        },
        evidence: [
          { entityRef: LEDGER, kind: 'taught', source: 'hand', verified: true },
        ],
        handEvidence: [{ id: proposed.id, proposedBy: 'user:default/ada' }],
        corrections: [{ entityRef: LEDGER, correction: { type: 'no-longer' } }],
        records: [],
        suggested: false,
        namesShown: true,
      });
      await expect(
        installation.ledger().aboutMe.get(ADA),
      ).resolves.toMatchObject({
        evidence: [{ kind: 'authored', source: 'history', verified: false }],
        records: [{ what: 'evidence that you proposed', count: 1 }],
        corrections: [],
      });
      await expect(
        installation
          .ledger()
          .aboutMe.get(mockCredentials.user('user:default/zoe')),
      ).resolves.toMatchObject({ evidence: [], records: [] });
    });

    it('shows no names to others where they are off, and counts all the same', async () => {
      installation.config = { people: { names: false } };
      const understanding = await installation.understanding(LEDGER);
      expect(understanding.people).toBeUndefined();
      expect(understanding.summary).toMatchObject({ understoodBy: 1 });
      const [answer] = (await installation.ask('src/index.ts')).answers;
      expect(answer).toMatchObject({ understoodBy: 1 });
      expect(JSON.stringify([understanding, answer])).not.toMatch(/Ada|ada\b/);
      await expect(service().propose(taught(), ADA)).rejects.toThrow(
        /understanding.people.names is off/,
      );
      await expect(
        installation
          .ledger()
          .departures.simulate({ people: ['user:default/ada'] }, ADA),
      ).rejects.toThrow(/understanding.people.names is off/);
      await expect(
        installation.ledger().aboutMe.get(ADA),
      ).resolves.toMatchObject({ namesShown: false, evidence: [{}] });
    });

    it('stays with the name of an entity, which is told, until it has it again', async () => {
      const session = await service().propose(taught(), ADA);
      await service().confirm(session.id, BEN);
      await service().correct(LEDGER, { type: 'no-longer' }, ADA);
      await installation.ledger().assumptions.create(
        {
          entityRef: LEDGER,
          statement: 'There is one writer.',
          basis: 'estimate',
          refutedBy: 'There are two.',
          verifyBy: installation.daysAgo(-100),
        },
        ADA,
      );
      const said = ['Ben!: taught', 'Ada: authored?'];
      await expect(people()).resolves.toEqual(said);
      const gone = async () => (await installation.ingest()).goneEntities;
      await expect(gone()).resolves.toEqual([]);

      const called = (name: string) =>
        installation.catalogHolds(
          component(name, {
            owner: 'payments',
            annotations: installation.sourceIn('ledger'),
          }),
          group('payments', { members: ['ada', 'ben'] }),
          ...['ada', 'ben'].map(one => user(one)),
        );
      await called('books');
      // What histories tell follows by the place of the source.
      const { people: all } = await installation.understanding(
        'component:default/books',
      );
      expect(all).toMatchObject([
        { displayName: 'Ada', evidence: [{ kind: 'authored' }] },
      ]);
      await expect(gone()).resolves.toEqual([
        {
          entityRef: LEDGER,
          goneAt: installation.now,
          records: 3,
          inItsPlace: 'component:default/books',
        },
      ]);

      await installation.catalogHolds();
      await expect(gone()).resolves.toEqual([
        expect.not.objectContaining({ inItsPlace: expect.anything() }),
      ]);

      await called('ledger');
      await expect(people()).resolves.toEqual(said);
      await expect(gone()).resolves.toEqual([]);
    });

    it('lets people know it from elsewhere, for a while', async () => {
      const until = (days: number) => ({
        type: 'from-elsewhere' as const,
        until: installation.daysAgo(-days),
        note: 'I built the same before.',
      });
      for (const days of [0, 181]) {
        await expect(
          service().correct(LEDGER, until(days), BEN),
        ).rejects.toThrow(
          /until: must lie in the future, and at most 180 days/,
        );
      }
      await service().correct(LEDGER, until(30), BEN);
      await expect(people()).resolves.toEqual(['Ada!: authored?', 'Ben!: ']);

      await catalog('ada', 'eve');
      const { people: all } = await installation.understanding(LEDGER);
      expect(all?.[1]).toMatchObject({ displayName: 'Ben', status: 'left' });

      await catalog('ada', 'ben', 'eve');
      await installation.daysPass(30);
      await expect(people()).resolves.toEqual(['Ada!: authored?', 'Ben: ']);
    });
  });
});
