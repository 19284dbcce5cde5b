import { screen } from '@testing-library/react';

/**
 * The row of that name, once its text is there: to look for a row by its name again and
 * again until it comes, as `findByRole` does, works out the names of all that are there.
 */
export async function findRow(name: string): Promise<HTMLElement> {
  await screen.findAllByText(name);
  return screen.getByRole('row', { name });
}
