import { TestDatabases } from '@backstage/backend-test-utils';
import { HostChange } from '@understanding-dev/backstage-plugin-understanding-common';
import { ChangeHostError } from '@understanding-dev/backstage-plugin-understanding-node';
import { component, group, user } from '../../../__testUtils__/catalog';
import {
  HOST,
  file,
  hostChange,
  hostedIn,
  merged,
} from '../../../__testUtils__/changes';
import {
  at,
  command,
  explained,
  record,
  tell,
} from '../../../__testUtils__/explanations';
import { Installation } from '../../../__testUtils__/Installation';
import { CheckStore } from './CheckStore';

jest.setTimeout(240_000);

const account = (login: string) => ({ [`${HOST}/user-login`]: login });
const change = hostChange(1, { description: explained() });

describe('checks on a host', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
  const installations: Installation[] = [];
  afterEach(() => {
    installations.splice(0).forEach(installation => installation.dispose());
  });

  async function install(id: string, gate = 'blocking') {
    const knex = await databases.init(id as 'SQLITE_3');
    const installation = (await Installation.create(knex)).withHost();
    installations.push(installation);
    await installation.catalogHolds(
      component('cart', {
        owner: 'shop',
        dependsOn: ['component:default/ledger'],
        annotations: {
          ...hostedIn('acme/shop', 'cart'),
          'understanding.dev/explanations': 'always',
          'understanding.dev/gate': gate,
        },
      }),
      component('ledger'),
      group('shop', { members: ['ada', 'bob'] }),
      user('ada', { team: 'shop', annotations: account('ada') }),
      user('bob', { team: 'shop', annotations: account('bob') }),
    );
    return installation;
  }

  /** What is shown on a head, after all that waits a moment was done. */
  async function shown(
    installation: Installation,
    { headSha }: HostChange = change,
  ) {
    await installation.minutesPass(1);
    const check = installation.host.checks.get(headSha);
    return check && `${check.state}: ${check.title}`;
  }

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
      const off = await install(id, 'off');
      await tell(off, hostChange(1));
      await expect(shown(off)).resolves.toBeUndefined();
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
      await expect(shown(installation)).resolves.toBe(
        'failure: The explanation waits for a reviewer',
      );
    });

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
      const installation = await Installation.create(knex);
      installations.push(installation);
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
      const knex = await databases.init(id);
      const installation = (await Installation.create(knex)).withHost();
      installations.push(installation);
      await installation.catalogHolds(
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
      await knex('explanation_checks').delete();
      await knex('tickets').where({ queue: 'check' }).delete();
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
