import { z } from 'zod';
import { entityRefSchema, instantSchema, linkSchema } from './shared';

const MAX_TEXT = 5000;
const text = z.string().trim().min(1, 'must say something').max(MAX_TEXT);

/** @public */
export const failureTestKindSchema = z.enum([
  'game-day',
  'chaos-run',
  'load-test',
  'incident',
]);
/** @public */
export type FailureTestKind = z.infer<typeof failureTestKindSchema>;

/** @public */
export const failureTestResultSchema = z.enum(['as-expected', 'otherwise']);
/** @public */
export type FailureTestResult = z.infer<typeof failureTestResultSchema>;

const testShape = {
  kind: failureTestKindSchema,
  /** For a test to come; it begins then. */
  plannedAt: instantSchema.optional(),
  /** For a test that was done. */
  performedAt: instantSchema.optional(),
  expected: text,
  actual: text.optional(),
  result: failureTestResultSchema.optional(),
  /** Which load there was, e.g. requests a second. */
  trafficPattern: z.string().trim().max(MAX_TEXT).optional(),
  /** How that load differs from production. */
  differsFromProduction: z.string().trim().max(MAX_TEXT).optional(),
  /** Until when it counts; by default 180 days after it was done. */
  validUntil: instantSchema.optional(),
  url: linkSchema.optional(),
};

/**
 * A test of a failure mode, planned or done.
 * @public
 */
export const recordTestRequestSchema = z
  .strictObject({
    ...testShape,
    /** People who take part; each confirms it before it is evidence. */
    participants: z
      .array(
        entityRefSchema.refine(
          ref => ref.startsWith('user:'),
          'must be a user, such as user:default/ann',
        ),
      )
      .max(100)
      .default([]),
  })
  .superRefine((test, context) => {
    const say = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message });
    if (!test.plannedAt && !test.performedAt) {
      say('performedAt', 'say when it was done, or plannedAt when it will be');
    }
    if (test.performedAt && !test.result) {
      say('result', 'say whether it went as-expected or otherwise');
    }
    if (test.performedAt && !test.actual) {
      say('actual', 'say what happened');
    }
    if (!test.performedAt && (test.result || test.actual || test.validUntil)) {
      say('performedAt', 'say when it was done, since there is a result');
    }
    if (
      test.performedAt &&
      test.validUntil &&
      test.validUntil <= test.performedAt
    ) {
      say('validUntil', 'must be after performedAt');
    }
  });
/** @public */
export type RecordTestRequest = z.input<typeof recordTestRequestSchema>;

/** @public */
export const failureTestSchema = z.object({
  ...testShape,
  id: z.string(),
  failureModeId: z.string(),
  version: z.number().int().positive(),
  /** How many people took part. */
  participantCount: z.number().int().nonnegative(),
  /** Absent for readers who may not see names. */
  participants: z
    .array(
      z.object({
        personRef: entityRefSchema,
        displayName: z.string(),
        /** When that person confirmed it. */
        confirmedAt: instantSchema.optional(),
      }),
    )
    .optional(),
  recordedAt: instantSchema,
  /** Absent for readers who may not see names. */
  recordedBy: z.string().optional(),
});
/** @public */
export type FailureTest = z.output<typeof failureTestSchema>;

/**
 * Newest first.
 * @public
 */
export const failureTestsSchema = z.object({
  items: z.array(failureTestSchema),
  totalItems: z.number().int().nonnegative(),
});
/** @public */
export type FailureTests = z.infer<typeof failureTestsSchema>;
