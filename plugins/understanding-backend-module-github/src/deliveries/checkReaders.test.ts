import { APP_ID, example, factsOf } from '../__testUtils__/parsing';

describe('checkReaders', () => {
  describe('check_run', () => {
    const pressed = (
      run: Record<string, unknown> = {},
      identifier = 'genuine',
    ) =>
      factsOf(
        'check_run',
        example('check_run', 'requested_action', {
          check_run: { external_id: 'e'.repeat(64), ...run },
          requested_action: { identifier },
        }),
      );

    it.each(['genuine', 'surface', 'not-assessable'])(
      'tells who pressed %s beside a check of ours',
      result => {
        expect(pressed({}, result)).toEqual([
          {
            type: 'press',
            host: 'github.com',
            repository: 'electron/electron',
            press: {
              id: `github.com/check-runs/1494503112/${result}/codebytere`,
              author: { login: 'codebytere', bot: false },
              result,
              headSha: '5bd5f196a46b8222fb7484f05faba41a73cf34bd',
              explanation: 'e'.repeat(64),
            },
          },
        ]);
      },
    );

    it.each(['check_run', 'check_suite'])(
      'tells that somebody had it forget what %s said',
      event => {
        const told = example(event, 'rerequested');
        expect(factsOf(event, told)).toEqual([
          {
            type: 'check-reset',
            host: 'github.com',
            repository: told.repository.full_name.toLowerCase(),
            headSha: told[event].head_sha,
          },
        ]);
      },
    );

    it('leaves alone what others wrote, and buttons that assess nothing', () => {
      for (const told of [
        pressed({ app: { id: APP_ID + 1 } }),
        pressed({ app: null }),
        pressed({ external_id: '' }),
        pressed({}, 'format'),
      ]) {
        expect(told).toMatchObject({ type: 'ignored' });
      }
    });
  });

  describe('merge_group', () => {
    const requested = (overrides: Record<string, unknown> = {}) =>
      example('merge_group', 'checks_requested', { merge_group: overrides });

    it.each([
      ['checks_requested', false],
      ['destroyed', true],
    ])('tells of a group, by %s', (action, over) => {
      const payload = { ...requested(), action } as Record<string, any>;
      const headSha = '2ffea6db159f6b6c47a24e778fb9ef40cf6b1c7d';
      const changeId = `github.com/repositories/${payload.repository.id}/pull/104`;
      expect(factsOf('merge_group', payload)).toEqual([
        {
          type: 'merge-group',
          group: {
            host: 'github.com',
            repository: payload.repository.full_name.toLowerCase(),
            id: `${changeId}/merge-group/${headSha}`,
            headSha,
            baseSha: '380387fbc80638b734a49e1be1c4dfec1c01b33c',
            changeId,
            over,
          },
        },
      ]);
    });

    it('leaves alone what names no pull request', () => {
      expect(
        factsOf('merge_group', requested({ head_ref: 'refs/heads/main' })),
      ).toMatchObject({ type: 'ignored' });
    });
  });
});
