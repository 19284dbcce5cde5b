import { Config, readDurationFromConfig } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';
import { parse as parseBytes } from 'bytes';
import { z } from 'zod';

/** One value each, by its key below `understanding`; a wrong one is an InputError. */

const MEBIBYTE = 1024 * 1024;

export function whole(
  config: Config | undefined,
  key: string,
  fallback: number,
): number {
  return checked(
    key,
    config?.getOptionalNumber(key) ?? fallback,
    value => Number.isInteger(value) && value > 0,
    'a whole number above 0',
  );
}

export function share(
  config: Config | undefined,
  key: string,
  fallback: number,
): number {
  return checked(
    key,
    config?.getOptionalNumber(key) ?? fallback,
    value => value > 0 && value <= 1,
    'a number above 0 and at most 1',
  );
}

export function seconds(
  config: Config | undefined,
  key: string,
  fallback: number,
): number {
  const value = config?.has(key)
    ? durationToMilliseconds(readDurationFromConfig(config, { key })) / 1000
    : fallback;
  return checked(key, value, one => one >= 1, 'a second or more');
}

/** Bytes, also as in `500MB`; 1 KB are 1024 bytes. */
export function size(
  config: Config | undefined,
  key: string,
  fallback: string,
): number {
  const value = config?.getOptional<string | number>(key) ?? fallback;
  return checked(
    key,
    parseBytes(value) ?? NaN,
    bytes => bytes >= MEBIBYTE,
    '1MB or more, such as 500MB or 20GB',
  );
}

/** One of a few words. */
export function oneOf<T extends string>(
  config: Config | undefined,
  key: string,
  schema: z.ZodType<T> & { readonly options: readonly T[] },
  fallback: T,
): T {
  const value = config?.getOptionalString(key) ?? fallback;
  const { data } = schema.safeParse(value);
  if (!data) {
    throw new InputError(
      `understanding.${key} is ${value}, but must be one of ${schema.options.join(
        ', ',
      )}`,
    );
  }
  return data;
}

export function checked(
  key: string,
  value: number,
  isValid: (value: number) => boolean,
  expected: string,
): number {
  if (!isValid(value)) {
    throw new InputError(
      `understanding.${key} is ${value}, but must be ${expected}`,
    );
  }
  return value;
}
