import { z } from 'zod';

/** What the buttons beside a check say, as GitHub calls them back. */
export const actionSchema = z.enum(['genuine', 'surface', 'not-assessable']);

/**
 * The buttons of a check run: three at most. GitHub takes 20 characters of a label and
 * of an identifier, and 40 of a description; it refuses a check with longer ones.
 *
 * @see https://docs.github.com/en/rest/checks/runs#create-a-check-run
 */
export const BUTTONS: ReadonlyArray<{
  readonly identifier: z.output<typeof actionSchema>;
  readonly label: string;
  readonly description: string;
}> = [
  {
    identifier: 'genuine',
    label: 'Genuine',
    description: 'The explanation shows understanding',
  },
  {
    identifier: 'surface',
    label: 'Surface',
    description: 'It shows familiarity at most',
  },
  {
    identifier: 'not-assessable',
    label: 'Not assessable',
    description: 'I cannot tell from what stands there',
  },
];
