import { REPOSITORY } from '../__testUtils__/expected';
import { Instance } from '../__testUtils__/Instance';

jest.setTimeout(60_000);

let instance: Instance;

beforeEach(async () => {
  instance = await Instance.start();
});

afterEach(() => instance.stop());

describe('mayReview', () => {
  it.each([
    ['a developer', { username: 'Grace', access_level: 30 }, true],
    ['a maintainer', { username: 'grace', access_level: 40 }, true],
    ['a reporter', { username: 'grace', access_level: 20 }, false],
    ['a namesake', { username: 'grace2', access_level: 40 }, false],
    [
      'a blocked account',
      { username: 'grace', access_level: 40, state: 'blocked' },
      false,
    ],
  ])('is asked of %s', async (_, member, may) => {
    instance.gitlab.members.push({ state: 'active', ...member });
    await expect(
      instance.host.mayReview(
        { ...REPOSITORY, login: 'grace' },
        instance.options(),
      ),
    ).resolves.toBe(may);
  });

  it('fails where GitLab does not tell', async () => {
    instance.gitlab.faults.push({ status: 403 });
    await expect(
      instance.host.mayReview(
        { ...REPOSITORY, login: 'grace' },
        instance.options(),
      ),
    ).rejects.toMatchObject({ code: 'forbidden' });
  });
});
