import { HostCheck } from '@understanding-dev/backstage-plugin-understanding-node';
import { REPOSITORY } from '../__testUtils__/expected';
import { Instance } from '../__testUtils__/Instance';
import { HEAD } from '../__testUtils__/payloads';

jest.setTimeout(60_000);

let instance: Instance;

beforeEach(async () => {
  instance = await Instance.start();
});

afterEach(() => instance.stop());

describe('writeCheck', () => {
  const check: HostCheck = {
    ...REPOSITORY,
    headSha: HEAD,
    name: 'understanding',
    state: 'pending',
    title: 'An explanation is asked for',
    summary: '# Long',
    url: 'https://backstage.acme.example/understanding/explanations/1',
  };
  const write = (changed: Partial<HostCheck>) =>
    instance.host.writeCheck({ ...check, ...changed }, instance.options());

  it.each([
    ['pending', 'pending', check.title],
    ['success', 'success', check.title],
    ['failure', 'failed', check.title],
    ['neutral', 'success', `No verdict: ${check.title}`],
  ] as const)('shows %s as %s', async (state, shown, description) => {
    await write({ state });
    expect(instance.gitlab.statuses).toEqual([
      {
        sha: HEAD,
        name: 'understanding',
        state: shown,
        description,
        target_url: check.url,
      },
    ]);
  });

  it('is looked for where it was written', async () => {
    const shows = (changed: Partial<HostCheck>) =>
      instance.host.showsCheck({ ...check, ...changed }, instance.options());
    await expect(shows({})).resolves.toBe(false);
    await write({ state: 'neutral' });
    await expect(shows({ state: 'neutral' })).resolves.toBe(true);
    await expect(shows({ state: 'success' })).resolves.toBe(false);
    await expect(shows({})).resolves.toBe(false);
    Object.assign(instance.gitlab.statuses[0], { state: 'failed' });
    await expect(shows({ state: 'neutral' })).resolves.toBe(false);
  });

  it('may be repeated', async () => {
    await write({});
    await write({});
    await write({ state: 'success' });
    await write({ state: 'success' });
    await write({});
    expect(instance.gitlab.statuses).toMatchObject([{ state: 'pending' }]);
  });

  it('cuts what GitLab would refuse', async () => {
    await write({
      title: '🙂'.repeat(300),
      url: `https://x/${'y'.repeat(300)}`,
    });
    const [{ description, target_url }] = instance.gitlab.statuses;
    expect(description).toBe('🙂'.repeat(255));
    expect(target_url).toBeUndefined();
  });

  it('fails where there is no such head, or no such project any more', async () => {
    instance.gitlab.faults.push({ status: 404 });
    await expect(write({})).rejects.toMatchObject({ code: 'not-found' });
    instance.gitlab.faults.push({
      status: 400,
      body: '{"message":"State is required"}',
    });
    await expect(write({})).rejects.toMatchObject({ code: 'unavailable' });
    instance.gitlab.moved.set('acme/shop', 'acme/store');
    await expect(write({})).rejects.toMatchObject({ code: 'not-found' });
    expect(instance.gitlab.statuses).toEqual([]);
  });
});
