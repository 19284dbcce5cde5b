import { HostFact } from '@understanding-dev/backstage-plugin-understanding-common';
import {
  HOST,
  hostChange,
  hostReview,
  merged,
} from '../../__testUtils__/changes';
import {
  at,
  cart,
  command,
  explained,
  pushed,
  record,
  shopTeam,
  tell,
} from '../../__testUtils__/explanations';
import { hostInstallations } from '../../__testUtils__/hostInstallations';
import { MigratedDatabases } from '../../__testUtils__/MigratedDatabases';
import { Installation } from '../../__testUtils__/Installation';

jest.setTimeout(240_000);

const change = hostChange(1, { description: explained() });

describe('explanations that somebody cheats with are not accepted', () => {
  const databases = MigratedDatabases.create({ ids: ['SQLITE_3'] });
  const installOn = hostInstallations(databases);
  const install = () =>
    installOn('SQLITE_3', cart(), ...shopTeam('ada', 'bob', 'cem'));

  const genuine = command(change, 'bob', 'genuine', 20);

  async function stateAfter(
    cheat: (installation: Installation) => Promise<void>,
  ) {
    const installation = await install();
    await cheat(installation);
    return (await record(installation)).state;
  }

  it.each<[string, HostFact]>([
    ['by their author', command(change, 'ada', 'genuine', 20)],
    [
      'by a bot',
      command(change, 'bob', 'genuine', 20, {
        author: { login: 'approver', bot: true },
      }),
    ],
    [
      'by a deleted account',
      command(change, 'bob', 'genuine', 20, { author: undefined }),
    ],
    [
      'by a comment that was made genuine later',
      command(change, 'bob', 'genuine', 20, { updatedAt: at(30) }),
    ],
    [
      'by a comment that was deleted',
      command(change, 'bob', 'genuine', 20, { deleted: true }),
    ],
    ['before they came', command(change, 'bob', 'genuine', -20)],
    ['in the second in which they came', command(change, 'bob', 'genuine', 0)],
    [
      'by a review of another head',
      {
        type: 'review',
        host: HOST,
        repository: 'acme/shop',
        review: hostReview(change, {
          body: '/understanding genuine',
          headSha: 'c'.repeat(40),
        }),
      },
    ],
  ])('%s', async (_, fact) => {
    const state = await stateAfter(async installation => {
      await tell(installation, change);
      await installation.told(fact);
    });
    expect(state).toBe('submitted');
  });

  it.each([
    ['an address', 'A change', 'bob@acme.example'],
    [
      'a trailer',
      'A change\n\nCo-authored-by: Somebody <Bob@acme.example>',
      undefined,
    ],
  ])('by a co-author whom %s names', async (_, message, email) => {
    const state = await stateAfter(async installation => {
      await tell(installation, change, { commits: [{ message, email }] });
      await installation.told(genuine);
    });
    expect(state).toBe('submitted');
  });

  it('while nobody knows who made the commits', async () => {
    const state = await stateAfter(async installation => {
      await installation.told({ type: 'change', change }, genuine);
    });
    expect(state).toBe('submitted');
  });

  it('after a push, an edit, or a renamed heading', async () => {
    const description = explained().replace('Why this way', 'Why');
    for (const more of [
      pushed(change),
      pushed(change, {
        headSha: change.headSha,
        description: explained('twice'),
      }),
      pushed(change, { headSha: change.headSha, description }),
      pushed(change, {
        headSha: change.headSha,
        description: '<!-- template -->',
      }),
    ]) {
      const state = await stateAfter(async installation => {
        await tell(installation, change);
        await installation.told(genuine);
        await tell(installation, more);
      });
      expect(['submitted', 'missing']).toContain(state);
    }
  });

  it('by deleting or editing the comment that returned them', async () => {
    for (const more of [
      { deleted: true, body: '' },
      { updatedAt: at(30), body: '/understanding genuine' },
    ]) {
      const state = await stateAfter(async installation => {
        await tell(installation, change);
        await installation.told(
          command(change, 'bob', 'surface', 20),
          command(change, 'bob', '', 20, more),
          command(change, 'cem', 'genuine', 40),
        );
      });
      expect(state).toBe('returned');
    }
  });

  it('by a review that was edited, but by one that was not', async () => {
    const review = (body: string, submittedAt = at(20)): HostFact => ({
      type: 'review',
      host: HOST,
      repository: 'acme/shop',
      review: hostReview(change, { body, submittedAt }),
    });
    const after = (...bodies: string[]) =>
      stateAfter(async installation => {
        await tell(installation, change);
        for (const body of bodies) {
          await installation.told(review(body));
        }
      });
    const word = '/understanding genuine';
    await expect(after(word)).resolves.toBe('accepted');
    await expect(after('Fine.', word)).resolves.toBe('submitted');
    await expect(after(word, 'Fine.')).resolves.toBe('submitted');
    await expect(after('/understanding surface', word)).resolves.toBe(
      'returned',
    );
  });

  it('when a bot writes them', async () => {
    const state = await stateAfter(async installation => {
      const author = { login: 'copilot', bot: true };
      await tell(installation, { ...change, author });
      await installation.told(genuine);
    });
    expect(state).toBe('missing');
  });

  it('by a description that is swapped after the merge', async () => {
    const installation = await install();
    await tell(installation, hostChange(1));
    await tell(installation, merged(hostChange(1), at(100)));
    const swapped = {
      ...merged(change, at(100)),
      updatedAt: at(200),
    };
    await tell(installation, swapped);
    await expect(record(installation)).resolves.toMatchObject({
      sealed: { state: 'missing' },
      debt: 'open',
    });
  });
});
