import { ResponseError } from '@backstage/errors';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { SYSTEMS } from '../__testUtils__/systems';
import { UnderstandingError } from './UnderstandingError';

function answerOf(status: number, message: string) {
  const body = {
    error: { name: 'Error', message },
    response: { statusCode: status },
  };
  return ResponseError.fromResponse(
    new Response(JSON.stringify(body), {
      status,
      headers: { 'Content-Type': 'application/json' },
    }),
  );
}

describe.each(SYSTEMS)(
  'UnderstandingError in the %s front-end system',
  (_, { render }) => {
    it.each([
      [400, 'query: ask with at most 500 characters'],
      [404, 'Nothing is known of component:default/gone'],
      [503, 'The database is away'],
    ])('says of %i what the backend says of it', async (status, message) => {
      await render(
        <UnderstandingError error={await answerOf(status, message)} />,
      );
      expect(screen.getByRole('alert')).toHaveTextContent(
        `This could not be loaded${message}`,
      );
    });

    it('says what happened where no backend answered', async () => {
      await render(<UnderstandingError error={new Error('Failed to fetch')} />);
      expect(screen.getByRole('alert')).toHaveTextContent(
        'This could not be loadedFailed to fetch',
      );
    });

    it.each([403, 404])('says of %i what else failed', async status => {
      await render(
        <UnderstandingError
          title="This was not replayed"
          error={await answerOf(status, 'Not now.')}
        />,
      );
      expect(screen.getByRole('alert')).toHaveTextContent(
        'This was not replayedNot now.',
      );
    });

    it('offers to try again', async () => {
      const retry = jest.fn();
      await render(<UnderstandingError error={new Error('x')} retry={retry} />);
      await userEvent.click(
        within(screen.getByRole('alert')).getByRole('button', {
          name: 'Try again',
        }),
      );
      expect(retry).toHaveBeenCalledTimes(1);
    });

    it('offers nothing where it cannot be tried again', async () => {
      await render(<UnderstandingError error={new Error('x')} />);
      expect(screen.queryByRole('button')).toBeNull();
    });

    it('says in words which permission is lacking, and offers nothing', async () => {
      const message = 'You lack the permission understanding.entity.read.';
      await render(
        <UnderstandingError
          error={await answerOf(403, message)}
          retry={jest.fn()}
        />,
      );
      expect(screen.getByRole('alert')).toHaveTextContent(
        `You may not see this${message}`,
      );
      expect(screen.queryByRole('button')).toBeNull();
    });
  },
);
