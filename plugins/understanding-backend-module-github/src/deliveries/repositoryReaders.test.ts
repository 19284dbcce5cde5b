import { REPOSITORY, example, factsOf } from '../__testUtils__/parsing';

describe('repositoryReaders', () => {
  describe('push', () => {
    const push = (fields: Record<string, unknown>) =>
      factsOf('push', { ...example('push', undefined), ...fields });

    it('tells the branch, as it is written', () => {
      expect(push({ ref: 'refs/heads/Fix/Rounding', deleted: false })).toEqual([
        { type: 'push', ...REPOSITORY, branch: 'Fix/Rounding' },
      ]);
    });

    it.each([
      ['a tag', { ref: 'refs/tags/v1', deleted: false }],
      ['a branch that was deleted', { ref: 'refs/heads/fix', deleted: true }],
    ])('leaves %s alone', (_name, fields) => {
      expect(push(fields)).toMatchObject({ type: 'ignored' });
    });
  });

  describe('deployments', () => {
    it('tells one that waits', () => {
      expect(factsOf('deployment', example('deployment', 'created'))).toEqual([
        {
          type: 'deployment',
          deployment: {
            ...REPOSITORY,
            id: 'github.com/deployments/145988746',
            environment: 'production',
            sha: 'f95f852bd8fca8fcc58a9a2d6c842781e32a215e',
            state: 'pending',
            updatedAt: '2019-05-15T15:20:53.000Z',
          },
        },
      ]);
    });

    it.each([
      ['success', 'succeeded'],
      ['failure', 'failed'],
      ['error', 'failed'],
      ['inactive', 'inactive'],
      ['in_progress', 'pending'],
      ['queued', 'pending'],
    ])('tells that %s is %s', (state, told) => {
      const payload = example('deployment_status', 'created', {
        deployment_status: { state, log_url: 'https://ci.acme.example/7' },
      });
      expect(factsOf('deployment_status', payload)).toMatchObject([
        {
          deployment: {
            id: 'github.com/deployments/145988746',
            state: told,
            updatedAt: '2019-05-15T15:20:55.000Z',
            url: 'https://ci.acme.example/7',
          },
        },
      ]);
    });
  });

  describe('repositories and Apps', () => {
    it('tells where a repository was before', () => {
      const at = { host: 'github.com', repository: 'octocoders/hello-world' };
      const renamed = example('repository', 'renamed', {
        changes: { repository: { name: { from: 'Former' } } },
      });
      expect(factsOf('repository', renamed)).toEqual([
        { type: 'moved', ...at, from: 'octocoders/former' },
      ]);
      expect(
        factsOf('repository', example('repository', 'transferred')),
      ).toEqual([{ type: 'moved', ...at, from: 'octocat/hello-world' }]);
      const fromOrganization = example('repository', 'transferred', {
        changes: { owner: { from: { organization: { login: 'Acme' } } } },
      });
      expect(factsOf('repository', fromOrganization)).toMatchObject([
        { from: 'acme/hello-world' },
      ]);
    });

    it.each([
      ['installation', 'created', true, 'codertocat/hello-world'],
      ['installation', 'deleted', false, 'octocat/hello-world'],
      ['installation_repositories', 'added', true, 'codertocat/space'],
      ['installation_repositories', 'removed', false, 'octocat/hello-world'],
    ])('tells what may be read after %s %s', (event, action, granted, name) => {
      expect(factsOf(event, example(event, action))).toEqual([
        { type: 'access', host: 'github.com', repositories: [name], granted },
      ]);
    });

    it.each(['suspend', 'unsuspend'])(
      'ignores a %s that names no repository',
      action => {
        expect(
          factsOf('installation', example('installation', action)),
        ).toMatchObject({ type: 'ignored' });
      },
    );
  });
});
