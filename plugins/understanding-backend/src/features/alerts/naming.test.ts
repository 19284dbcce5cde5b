import { component, group, user } from '../../__testUtils__/catalog';
import { Installation } from '../../__testUtils__/Installation';
import { MigratedDatabases } from '../../__testUtils__/MigratedDatabases';

jest.setTimeout(120_000);

const DATABASE = 'component:default/ledger-db';
const VAULT = 'component:default/secret-vault';

describe('what an alert names', () => {
  const databases = MigratedDatabases.create({
    ids: ['SQLITE_3', 'POSTGRES_18'],
  });

  describe.each(databases.eachSupportedId())('on %s', id => {
    let installation: Installation;

    beforeEach(async () => {
      installation = Installation.create(await databases.init(id));
    });

    afterEach(() => installation.dispose());

    /** The texts of the alert of what nobody has answered. */
    const told = async () => {
      const catalog = [
        component('ledger', {
          owner: 'payments',
          dependsOn: [DATABASE, VAULT],
          annotations: {
            'understanding.dev/hard-dependencies': `${DATABASE}, ${VAULT}`,
          },
        }),
        component('ledger-db', { owner: 'payments' }),
        component('secret-vault', { owner: 'security' }),
        group('payments', { members: ['ada'], channels: 'chat:payments' }),
        group('security', { members: ['eve'] }),
        user('ada'),
        user('eve', { team: 'security' }),
      ];
      await installation.catalogHolds(...catalog);
      await installation.minutesPass(2);
      const all = [
        ...installation.channel.received.map(one => one.message),
        ...installation.notified.map(one => one.payload),
      ];
      return JSON.stringify(all);
    };

    it('is only what the team owns, where permissions may hide the rest', async () => {
      installation.hasPermissions = true;
      const texts = await told();
      expect(texts).toContain(`No answer for ${DATABASE}`);
      expect(texts).toContain('1 more about what not everybody here may see');
      expect(texts).not.toContain('secret-vault');
    });

    it('is everything where everybody may see everything', async () => {
      const texts = await told();
      expect(texts).toContain(`No answer for ${VAULT}`);
      expect(texts).not.toContain('may see');
    });
  });
});
