import { InputError } from '@backstage/errors';
import { z } from 'zod';

/**
 * Parses what a request brings.
 *
 * @throws InputError naming each field that is wrong, and how
 */
export function parse<T extends z.ZodType>(
  schema: T,
  value: unknown,
): z.infer<T> {
  const result = schema.safeParse(value);
  if (!result.success) {
    throw new InputError(
      result.error.issues
        .map(issue => {
          const field = issue.path.join('.');
          return field ? `${field}: ${issue.message}` : issue.message;
        })
        .join('; '),
    );
  }
  return result.data;
}
