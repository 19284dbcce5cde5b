import {
  Reason,
  reasonSchema,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { screen, within } from '@testing-library/react';
import { SYSTEMS } from '../__testUtils__/systems';
import { ReasonList } from './ReasonList';

const reasons: Reason[] = [
  { message: 'README.md cites src/old.ts' },
  {
    message: 'README.md cites src/gone.ts',
    url: 'https://git.example.com/commit/1',
    file: 'README.md',
    line: 12,
  },
  { message: `Cites ${'a/very/long/path/'.repeat(30)}` },
].map(reason => reasonSchema.parse(reason));

describe.each(SYSTEMS)('ReasonList, %s front-end system', (_, { render }) => {
  it('shows each reason with the place where it can be checked', async () => {
    await render(<ReasonList reasons={reasons} />);
    const items = within(screen.getByRole('list')).getAllByRole('listitem');
    expect(items.map(item => item.textContent)).toEqual([
      'README.md cites src/old.ts',
      'README.md cites src/gone.ts README.md:12',
      reasons[2].message,
    ]);
    expect(
      screen.getByRole('link', { name: 'README.md cites src/gone.ts' }),
    ).toHaveAttribute('href', 'https://git.example.com/commit/1');
    expect(screen.getAllByRole('link')).toHaveLength(1);
  });
});
