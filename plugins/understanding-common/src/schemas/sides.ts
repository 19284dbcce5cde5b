import { z } from 'zod';
import { entityRefSchema, saidShape } from './shared';

/**
 * What an entity may promise of its data and of requests that come twice.
 * @public
 */
export const guaranteeSchema = z.enum([
  'idempotent',
  'ordered',
  'at-least-once',
  'at-most-once',
  'read-your-writes',
  'durable-when-acknowledged',
]);
/** @public */
export type Guarantee = z.infer<typeof guaranteeSchema>;

const percent = z.number().min(0).max(100);
const milliseconds = z.number().int().positive().max(86_400_000);
const retries = z.number().int().nonnegative().max(1000);
const guarantees = z.array(guaranteeSchema).max(10).default([]);
const note = z.string().trim().max(2000).optional();

/**
 * What an entity promises to all that depend on it.
 * @public
 */
export const promiseSchema = z.strictObject({
  /** Percent of requests that are answered, e.g. 99.9. */
  availability: percent.optional(),
  /** Within so many milliseconds, nearly always. */
  latencyMs: milliseconds.optional(),
  /** How often a failed request may be tried again. */
  retries: retries.optional(),
  guarantees,
  note,
});
/** @public */
export type Promised = z.output<typeof promiseSchema>;

/**
 * What an entity counts on when it depends on another, and does when that fails.
 * @public
 */
export const expectationSchema = z.strictObject({
  availability: percent.optional(),
  /** After so many milliseconds it waits no longer. */
  timeoutMs: milliseconds.optional(),
  /** How often it tries again. */
  retries: retries.optional(),
  guarantees,
  note,
});
/** @public */
export type Expectation = z.output<typeof expectationSchema>;

/** @public */
export const setExpectationRequestSchema = expectationSchema.extend({
  targetRef: entityRefSchema,
});
/** @public */
export type SetExpectationRequest = z.input<typeof setExpectationRequestSchema>;

/** @public */
export const saidPromiseSchema = promiseSchema.extend(saidShape);
/** @public */
export type SaidPromise = z.output<typeof saidPromiseSchema>;

/** @public */
export const saidExpectationSchema = expectationSchema.extend(saidShape);
/** @public */
export type SaidExpectation = z.output<typeof saidExpectationSchema>;

/**
 * Both sides of one dependency, and where they do not agree.
 * @public
 */
export const sidesSchema = z.object({
  sourceRef: entityRefSchema,
  targetRef: entityRefSchema,
  expectation: saidExpectationSchema.optional(),
  promise: saidPromiseSchema.optional(),
  mismatches: z.array(z.string()),
});
/** @public */
export type Sides = z.infer<typeof sidesSchema>;

/** @public */
export const sidesResponseSchema = z.object({
  /** What it promises itself. */
  promise: saidPromiseSchema.optional(),
  /** What it counts on, by dependency. */
  asConsumer: z.array(sidesSchema),
  /** What others count on it for, where they said so. */
  asProvider: z.array(sidesSchema),
  /** Those whose other end the reader may not see. */
  hidden: z.number().int().nonnegative(),
});
/** @public */
export type SidesResponse = z.infer<typeof sidesResponseSchema>;
