import { TestDatabaseId, mockCredentials } from '@backstage/backend-test-utils';
import {
  createAssessmentRequestSchema,
  createExplanationRequestSchema,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { hostChange, merged } from '../../__testUtils__/changes';
import {
  at,
  cart,
  command,
  explained,
  record,
  shopTeam,
  tell,
} from '../../__testUtils__/explanations';
import { hostInstallations } from '../../__testUtils__/hostInstallations';
import { MigratedDatabases } from '../../__testUtils__/MigratedDatabases';

jest.setTimeout(240_000);

const ADA = mockCredentials.user('user:default/ada');
const BOB = mockCredentials.user('user:default/bob');

/** What is written on pages, of changes that a host tells of. */
describe('explanations on pages', () => {
  const databases = MigratedDatabases.create({
    ids: ['SQLITE_3', 'POSTGRES_18'],
  });
  const installOn = hostInstallations(databases);
  const install = (id: TestDatabaseId) =>
    installOn(id, cart(), ...shopTeam('ada', 'bob'));

  const change = hostChange(1);
  const request = (what: string) =>
    createExplanationRequestSchema.parse({
      change: {
        host: change.host,
        repository: change.repository,
        number: change.number,
        url: change.url,
        headSha: change.headSha,
      },
      entityRefs: ['component:default/cart'],
      what,
      howItFails: 'With negative amounts.',
      why: 'The client lost cents.',
    });
  const genuine = createAssessmentRequestSchema.parse({
    result: 'genuine',
    rubric: {
      mechanism: true,
      conditionAndEffect: true,
      alternativeRejected: true,
      observableSign: true,
    },
  });

  describe.each(databases.eachSupportedId())('on %s', id => {
    it('are of the change that its host tells of, before or after', async () => {
      for (const isFirst of [true, false]) {
        const installation = await install(id);
        const { explanations } = installation;
        if (!isFirst) {
          await tell(installation, change);
        }
        const created = await explanations.submissions.create(
          request('One.'),
          ADA,
        );
        expect(created.state).toBe('submitted');
        if (isFirst) {
          await tell(installation, change);
        }
        await expect(record(installation)).resolves.toMatchObject({
          id: created.id,
          state: 'submitted',
          text: { what: 'One.' },
          authors: [{ personRef: 'user:default/ada' }],
        });
        await expect(
          explanations.assessments.assess(created.id, genuine, ADA),
        ).rejects.toThrow('somebody else has to assess it');
        await expect(
          explanations.submissions.create(request('Two.'), BOB),
        ).rejects.toThrow('explained by its authors');
        await installation.minutesPass(1);
        await installation.explanations.assessments.assess(
          created.id,
          genuine,
          BOB,
        );
        expect((await record(installation)).state).toBe('accepted');
      }
    });

    it('give way to a description that says something later', async () => {
      const installation = await install(id);
      await tell(installation, change);
      await installation.explanations.submissions.create(request('One.'), ADA);
      await tell(installation, {
        ...change,
        description: explained(),
        updatedAt: installation.now.replace(/T.*/, 'T23:00:00.000Z'),
      });
      await expect(record(installation)).resolves.toMatchObject({
        text: { what: 'The cart rounds once.' },
        versions: [{ source: 'description' }, { source: 'page' }],
      });
    });

    it('pay a debt, by whoever writes them, when another person is content', async () => {
      const installation = await install(id);
      await tell(installation, change);
      await tell(installation, merged(change, at(100)));
      const { explanations } = installation;
      const { id: record1 } = await explanations.submissions.create(
        request('One.'),
        BOB,
      );
      expect((await record(installation)).debt).toBe('open');
      await installation.minutesPass(1);
      await expect(
        installation.explanations.assessments.assess(record1, genuine, BOB),
      ).rejects.toThrow('somebody else');
      await installation.explanations.assessments.assess(
        record1,
        genuine,
        mockCredentials.user('user:default/cem'),
      );
      await expect(record(installation)).resolves.toMatchObject({
        state: 'accepted',
        sealed: { state: 'missing' },
        debt: 'paid',
      });
    });

    it('explain a change that was over before anybody was told', async () => {
      const installation = await install(id);
      await tell(installation, merged(change, at(100)));
      await installation.explanations.submissions.create(request('One.'), BOB);
      const found = await record(installation);
      expect(found).toMatchObject({ state: 'submitted' });
      expect(found.debt).toBeUndefined();
      await installation.told(command(change, 'bob', 'genuine', 200));
      expect((await record(installation)).state).toBe('submitted');
    });
  });
});
