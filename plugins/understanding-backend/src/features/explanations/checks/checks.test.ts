import { TestDatabaseId } from '@backstage/backend-test-utils';
import { ChangeHostError } from '@understanding-dev/backstage-plugin-understanding-node';
import { component } from '../../../__testUtils__/catalog';
import {
  file,
  hostChange,
  hostedIn,
  merged,
} from '../../../__testUtils__/changes';
import {
  at,
  checkedShop,
  command,
  explained,
  record,
  shown,
  tell,
} from '../../../__testUtils__/explanations';
import { hostInstallations } from '../../../__testUtils__/hostInstallations';
import { MigratedDatabases } from '../../../__testUtils__/MigratedDatabases';

jest.setTimeout(240_000);

const change = hostChange(1, { description: explained() });

describe('checks on a host', () => {
  const databases = MigratedDatabases.create({
    ids: ['SQLITE_3', 'POSTGRES_18'],
  });
  const installOn = hostInstallations(databases);
  const install = (id: TestDatabaseId, gate?: string) =>
    installOn(id, ...checkedShop(gate));

  describe.each(databases.eachSupportedId())('on %s', id => {
    it('wait while a head is read, and then follow its explanation', async () => {
      const installation = await install(id);
      await tell(installation, hostChange(1));
      const { host } = installation;
      expect(host.written.map(one => one.state)).toEqual([
        'pending',
        'failure',
      ]);
      await expect(shown(installation)).resolves.toBe(
        'failure: The change is not explained yet',
      );
      await tell(installation, { ...change, updatedAt: at(10) });
      await expect(shown(installation)).resolves.toBe(
        'failure: The explanation waits for a reviewer',
      );
      await installation.told(command(change, 'bob', 'surface', 20));
      await expect(shown(installation)).resolves.toBe(
        'failure: A reviewer has returned the explanation',
      );
      await installation.told(command(change, 'bob', 'genuine', 30));
      await expect(shown(installation)).resolves.toBe(
        'success: The explanation is accepted',
      );
      expect((await record(installation)).check).toMatchObject({
        headSha: change.headSha,
        state: 'success',
        writtenAt: expect.any(String),
      });
      const before = host.written.length;
      await installation.minutesPass(60);
      await tell(installation, merged(change, at(100)));
      await installation.minutesPass(60);
      expect(host.written.length).toBe(before);
    });

    it('say what is missing, what to ask, and where the record is', async () => {
      const installation = await install(id);
      installation.host.hosted.set(change.id, {
        change: hostChange(1),
        files: [file('cart/ledger.ts'), file('cart/migrations/1.sql')],
        reviews: [],
      });
      await installation.told({ type: 'change', change: hostChange(1) });
      await installation.minutesPass(1);
      const { summary, url, name } = installation.host.checks.get(
        change.headSha,
      )!;
      expect(name).toBe('understanding/explanation');
      expect(url).toMatch(
        /^https:\/\/backstage\.acme\.example\/understanding\/explanations\/[\w-]+$/,
      );
      expect(summary).toContain(url);
      expect(summary).toContain('Nothing stands below “What this change does”');
      expect(summary).toContain(
        '- What does cart do when ledger is slow? — The change touches cart/ledger.ts, which names ledger.',
      );
      expect(summary).toContain('rolled back');
    });

    it('claim nothing where they are advisory, or nobody asks for an explanation', async () => {
      const advisory = await install(id, 'advisory');
      await tell(advisory, hostChange(1));
      await expect(shown(advisory)).resolves.toBe(
        'neutral: The change is not explained yet',
      );
      const prose = await install(id);
      prose.host.hosted.set(change.id, {
        change: hostChange(1),
        files: [file('cart/README.md')],
        reviews: [],
      });
      await prose.told({ type: 'change', change: hostChange(1) });
      await expect(shown(prose)).resolves.toBe(
        'neutral: Not asked for: It changes only documentation.',
      );
    });

    it('say once that nobody asks for one, since a rule may wait for it', async () => {
      const off = await install(id, 'off');
      const { host } = off;
      await tell(off, hostChange(1));
      const told = 'neutral: Not asked for: no explanations are checked here';
      await expect(shown(off)).resolves.toBe(told);
      expect(host.checks.get(change.headSha)?.summary).toContain(
        'it need not wait for one',
      );
      await tell(off, { ...change, updatedAt: at(10) });
      await off.told(command(change, 'bob', 'genuine', 20));
      await off.minutesPass(20);
      expect(host.written).toHaveLength(1);
      // Also where it cannot be read.
      host.failure = new ChangeHostError('unavailable', 'No answer');
      const pushed = { ...change, headSha: 'b'.repeat(40), updatedAt: at(60) };
      await off.told({ type: 'change', change: pushed });
      await off.minutesPass(3);
      await expect(shown(off, pushed)).resolves.toBe(
        'neutral: Unknown: the host does not let the change be read',
      );
    });

    it('stand on no change where nobody in the repository wants any', async () => {
      const installation = await install(id, 'off');
      installation.config = { explanations: { gate: 'off' } };
      const { host } = installation;
      await tell(installation, hostChange(1));
      await installation.minutesPass(20);
      expect(host.written).toEqual([]);
      await installation.catalogHolds(
        component('cart', { annotations: hostedIn('acme/shop', 'cart') }),
        component('till', {
          annotations: {
            ...hostedIn('acme/shop', 'till'),
            'understanding.dev/gate': 'blocking',
          },
        }),
      );
      await expect(shown(installation)).resolves.toBe(
        'neutral: Not asked for: no explanations are checked here',
      );
    });

    it('let nothing pass on an older head', async () => {
      const installation = await install(id);
      await tell(installation, change);
      await installation.told(command(change, 'bob', 'genuine', 20));
      await expect(shown(installation)).resolves.toMatch('success');
      const pushed = {
        ...change,
        headSha: 'b'.repeat(40),
        updatedAt: at(60),
      };
      await tell(installation, pushed);
      await expect(shown(installation, pushed)).resolves.toBe(
        'failure: The explanation waits for a reviewer',
      );
      await expect(shown(installation)).resolves.toBe(
        'failure: There is a newer head',
      );
      // Back by force, with the text that was accepted there.
      await tell(installation, { ...change, updatedAt: at(90) });
      await expect(shown(installation)).resolves.toBe(
        'success: The explanation is accepted',
      );
    });

    it('are written once for what comes in a burst', async () => {
      const installation = await install(id);
      await tell(installation, change);
      const before = installation.host.written.length;
      for (let edit = 1; edit <= 200; edit += 1) {
        await installation.told({
          type: 'change',
          change: {
            ...change,
            description: edit % 2 ? '' : explained(`${edit} times`),
            updatedAt: at(edit),
          },
        });
      }
      await installation.minutesPass(1);
      expect(installation.host.written.length - before).toBeLessThan(4);
      // All of them are kept.
      const { versions } = await record(installation);
      expect(versions).toHaveLength(201);
      expect(versions[0]).toMatchObject({
        at: at(200),
        sections: { what: 'The cart rounds 200 times.' },
      });
      await expect(shown(installation)).resolves.toBe(
        'failure: The explanation waits for a reviewer',
      );
    });

    it('let a change through an emergency, for a reason that is kept', async () => {
      const installation = await install(id);
      installation.host.outsiders.add('eve');
      await tell(installation, change);
      const breakGlass = (login: string, second: number, reason: string) =>
        command(change, login, `break-glass ${reason}`, second);
      await installation.told(
        breakGlass('eve', 10, 'I want to'),
        breakGlass('bob', 11, ''),
      );
      await expect(shown(installation)).resolves.toMatch('failure');
      expect(installation.audited).toEqual([]);
      await installation.told(breakGlass('bob', 20, 'Payments are down'));
      await expect(shown(installation)).resolves.toBe(
        'neutral: Let through by bob: Payments are down',
      );
      expect(installation.audited).toMatchObject([
        {
          eventId: 'explanation-break-glass',
          meta: { login: 'bob', reason: 'Payments are down' },
        },
      ]);
      const pushed = {
        ...change,
        headSha: 'b'.repeat(40),
        updatedAt: at(60),
      };
      await tell(installation, pushed);
      await expect(shown(installation, pushed)).resolves.toMatch('failure');
      const labelled = { ...pushed, labels: ['break-glass'] };
      await tell(installation, { ...labelled, updatedAt: at(70) });
      await expect(shown(installation, pushed)).resolves.toMatch('failure');
      await tell(installation, {
        ...labelled,
        description: `${explained()}\n\nBreak-glass: customers cannot pay`,
        updatedAt: at(80),
      });
      await expect(shown(installation, pushed)).resolves.toBe(
        'neutral: Let through by a label: customers cannot pay',
      );
      expect(installation.audited).toHaveLength(2);
      expect((await record(installation)).brokenGlass).toMatchObject([
        { by: 'command', login: 'eve', counts: false },
        { by: 'command', login: 'bob', counts: true },
        { by: 'label', reason: 'customers cannot pay', counts: true },
      ]);
      await tell(installation, { ...pushed, updatedAt: at(90) });
      await expect(shown(installation, pushed)).resolves.toMatch('failure');
    });
  });
});
