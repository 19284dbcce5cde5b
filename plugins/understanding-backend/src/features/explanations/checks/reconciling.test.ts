import { TestDatabaseId } from '@backstage/backend-test-utils';
import {
  HostChange,
  HostMergeGroup,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { ChangeHostError } from '@understanding-dev/backstage-plugin-understanding-node';
import { component } from '../../../__testUtils__/catalog';
import {
  HOST,
  file,
  hostChange,
  hostedIn,
} from '../../../__testUtils__/changes';
import {
  at,
  checkedShop,
  command,
  explained,
  shown,
  tell,
} from '../../../__testUtils__/explanations';
import { hostInstallations } from '../../../__testUtils__/hostInstallations';
import { MigratedDatabases } from '../../../__testUtils__/MigratedDatabases';
import { CheckStore } from './CheckStore';

jest.setTimeout(240_000);

const change = hostChange(1, { description: explained() });

describe('checks that are brought to what they should be', () => {
  const databases = MigratedDatabases.create({
    ids: ['SQLITE_3', 'POSTGRES_18'],
  });
  const installOn = hostInstallations(databases);
  const install = (id: TestDatabaseId, gate?: string) =>
    installOn(id, ...checkedShop(gate));

  describe.each(databases.eachSupportedId())('on %s', id => {
    it('wait as long as a host asks for, and come whatever failed', async () => {
      const installation = await install(id);
      const { host } = installation;
      await tell(installation, change);
      host.checkFailure = new ChangeHostError('rate-limited', 'Slow down', 90);
      await installation.told(command(change, 'bob', 'genuine', 20));
      await installation.minutesPass(1);
      const tried = host.checkAttempts;
      host.checkFailure = undefined;
      await installation.minutesPass(0.6);
      expect(host.checkAttempts).toBe(tried);
      await installation.minutesPass(0.2);
      await expect(shown(installation)).resolves.toMatch('success');
      for (const [code, second] of [
        ['unavailable', 100],
        ['forbidden', 200],
      ] as const) {
        host.checkFailure = new ChangeHostError(code, `It is ${code}`);
        const edited = {
          ...change,
          description: explained(code),
          updatedAt: at(second),
        };
        await tell(installation, edited);
        await installation.minutesPass(5);
        expect(host.checks.get(change.headSha)?.state).not.toBe('failure');
        host.checkFailure = undefined;
        await installation.minutesPass(code === 'forbidden' ? 10 : 1);
        await expect(shown(installation)).resolves.toBe(
          'failure: The explanation waits for a reviewer',
        );
        await installation.told(command(change, 'bob', 'genuine', second + 5));
        await expect(shown(installation)).resolves.toMatch('success');
      }
    });

    it('are written again where nobody knows what is shown', async () => {
      const installation = await install(id);
      const { host } = installation;
      await tell(installation, change);
      await expect(shown(installation)).resolves.toMatch('failure');
      host.losesAnswers = true;
      await installation.told(command(change, 'bob', 'genuine', 20));
      expect(host.checks.get(change.headSha)?.state).toBe('success');
      host.losesAnswers = false;
      await installation.told(command(change, 'bob', 'not-assessable', 30));
      await expect(shown(installation)).resolves.toBe(
        'failure: The explanation waits for a reviewer',
      );
      await installation.told(command(change, 'bob', 'genuine', 40));
      host.losesAnswers = true;
      await installation.minutesPass(1);
      await installation.told(command(change, 'bob', 'genuine', 50));
      host.losesAnswers = false;
      await tell(installation, {
        ...change,
        headSha: 'b'.repeat(40),
        updatedAt: at(60),
      });
      await expect(shown(installation)).resolves.toMatch('failure');
    });

    it('are written again where two workers wrote at once', async () => {
      const knex = await databases.init(id);
      const store = CheckStore.create({ knex });
      const wanted = (digest: string) => ({
        ...{ changeId: 'a', headSha: 'b', since: at(0), digest },
        ...{ state: 'success' as const, title: digest },
      });
      await store.want(wanted('old'), at(1));
      await store.want(wanted('new'), at(2));
      await expect(store.setWritten(wanted('new'), at(3))).resolves.toBe(true);
      await expect(store.setWritten(wanted('old'), at(4))).resolves.toBe(false);
      await expect(store.of('a')).resolves.toMatchObject([
        { digest: 'new', written_digest: null },
      ]);
    });

    it('come to an end also where a change cannot be read', async () => {
      for (const [gate, state] of [
        ['blocking', 'failure'],
        ['advisory', 'neutral'],
      ]) {
        const installation = await install(id, gate);
        const { host } = installation;
        host.failure = new ChangeHostError('unavailable', 'No answer');
        await installation.told({ type: 'change', change });
        await expect(shown(installation)).resolves.toMatch('pending');
        await installation.minutesPass(3);
        await expect(shown(installation)).resolves.toBe(
          `${state}: Unknown: the host does not let the change be read`,
        );
        host.failure = undefined;
        await tell(installation, change);
        await installation.minutesPass(60);
        await expect(shown(installation)).resolves.toBe(
          `${state}: The explanation waits for a reviewer`,
        );
      }
    });

    it('are repaired where no delivery came, or work was lost', async () => {
      const installation = await installOn(
        id,
        component('cart', { annotations: hostedIn('acme/shop', 'cart') }),
      );
      const missed = { ...change, updatedAt: installation.now };
      installation.host.hosted.set(change.id, {
        change: missed,
        files: [file('cart/a.ts')],
        reviews: [],
      });
      await installation.minutesPass(16);
      await expect(shown(installation)).resolves.toMatch('neutral');
      await installation.told({
        type: 'change',
        change: {
          ...missed,
          headSha: 'c'.repeat(40),
          updatedAt: installation.now,
        },
      });
      await installation.knex('explanation_checks').delete();
      await installation.knex('tickets').where({ queue: 'check' }).delete();
      installation.host.checks.clear();
      await installation.minutesPass(1);
      expect(installation.host.checks.size).toBe(1);
    });

    it('are written again where the host shows something else', async () => {
      const installation = await install(id);
      const { host } = installation;
      await tell(installation, change);
      await installation.told(command(change, 'bob', 'surface', 20));
      await expect(shown(installation)).resolves.toMatch('failure');
      const written = host.checks.get(change.headSha)!;
      const { repository, headSha } = change;
      // Somebody with a token sets it to a success, and nobody tells of that.
      host.checks.set(headSha, { ...written, state: 'success' });
      await installation.minutesPass(70);
      await expect(shown(installation)).resolves.toMatch('failure');
      // Somebody has it run again, of which the host tells.
      host.checks.delete(headSha);
      const reset = { type: 'check-reset', host: HOST, repository } as const;
      await installation.told({ ...reset, headSha });
      expect(host.checks.get(headSha)).toEqual(written);
      const attempts = host.checkAttempts;
      const reads = host.checkReads;
      for (let quarters = 0; quarters < 12; quarters += 1) {
        await installation.minutesPass(15);
      }
      expect(host.checkAttempts).toBe(attempts);
      expect(host.checkReads - reads).toBeGreaterThan(0);
      expect(host.checkReads - reads).toBeLessThan(4);
    });

    it('are the worst of what a merge queue tries together', async () => {
      const installation = await install(id);
      const { host } = installation;
      const other = hostChange(2, { description: explained('twice') });
      await tell(installation, change);
      await tell(installation, other);
      await installation.told(command(change, 'bob', 'genuine', 20));
      const queued = (headSha: string, baseSha: string, of: HostChange) => ({
        type: 'merge-group' as const,
        group: {
          ...{ id: `${of.id}/group`, headSha, baseSha, over: false },
          ...{ host: HOST, repository: 'acme/shop', changeId: of.id },
        },
      });
      const first = queued('c'.repeat(40), 'f'.repeat(40), change);
      const second = queued('d'.repeat(40), 'c'.repeat(40), other);
      await installation.told(first, second);
      const onGroup = (one: typeof first) =>
        shown(installation, { ...change, headSha: one.group.headSha });
      await expect(onGroup(first)).resolves.toBe(
        'success: #1: The explanation is accepted',
      );
      await expect(onGroup(second)).resolves.toBe(
        'failure: #2: The explanation waits for a reviewer',
      );
      await installation.told(command(other, 'bob', 'genuine', 30));
      await expect(onGroup(second)).resolves.toMatch('success');
      await tell(installation, {
        ...change,
        description: explained('never'),
        updatedAt: at(60),
      });
      await expect(onGroup(second)).resolves.toBe(
        'failure: #1: The explanation waits for a reviewer',
      );
      const before = host.written.length;
      await installation.told({
        ...second,
        group: { ...second.group, over: true },
      });
      await installation.told(command(change, 'bob', 'genuine', 70));
      await expect(onGroup(first)).resolves.toMatch('success');
      await expect(onGroup(second)).resolves.toMatch('failure');
      expect(host.written.length).toBeGreaterThan(before);
    });

    it('are shown to a merge queue also of what nobody told of', async () => {
      const installation = await install(id);
      const headSha = 'c'.repeat(40);
      await installation.told({
        type: 'merge-group',
        group: {
          ...{ id: 'a group', headSha, baseSha: 'f'.repeat(40), over: false },
          ...{ host: HOST, repository: 'acme/shop', changeId: 'pull/7' },
        },
      });
      const onGroup = () => shown(installation, { ...change, headSha });
      await expect(onGroup()).resolves.toBe('pending: #7: It is not known yet');
      await installation.minutesPass(3);
      await expect(onGroup()).resolves.toMatch('neutral: #7: Unknown');
    });

    it('are shown to a merge queue also where its delivery was lost', async () => {
      const installation = await install(id, 'advisory');
      const { host } = installation;
      await tell(installation, change);
      await expect(shown(installation)).resolves.toMatch('neutral');
      const headSha = 'c'.repeat(40);
      const group: HostMergeGroup = {
        ...{ id: `${change.id}/group`, headSha, baseSha: 'f'.repeat(40) },
        ...{ host: HOST, repository: 'acme/shop', changeId: change.id },
        over: false,
      };
      host.queued.set('main', [group]);
      await installation.minutesPass(15);
      await expect(shown(installation, { ...change, headSha })).resolves.toBe(
        'neutral: #1: The explanation waits for a reviewer',
      );
      // It is listed a moment longer than it lasts.
      await installation.told({
        type: 'merge-group',
        group: { ...group, over: true },
      });
      const before = host.written.length;
      await installation.minutesPass(15);
      await installation.told(command(change, 'bob', 'genuine', 20));
      await expect(shown(installation)).resolves.toMatch('success');
      expect(host.written.length).toBe(before + 1);
    });
  });
});
