import { z } from 'zod';
import {
  entityRefSchema,
  instantSchema,
  pageQueryShape,
  pageSchema,
} from './shared';

/**
 * Whether coding agents had a part in a change, as far as anybody says so.
 * @public
 */
export const aiAssistanceSchema = z.enum(['none', 'assisted', 'unknown']);
/** @public */
export type AiAssistance = z.infer<typeof aiAssistanceSchema>;

/**
 * `pending`: waits to be read; `done`: its effects are written; `ignored`: it tells
 * nothing that is needed here; `dead`: it is not understood, or was given up.
 * @public
 */
export const deliveryStateSchema = z.enum([
  'pending',
  'done',
  'ignored',
  'dead',
]);
/** @public */
export type DeliveryState = z.infer<typeof deliveryStateSchema>;

/**
 * A delivery of a change host, without its content.
 * @public
 */
export const deliverySchema = z.object({
  id: z.string(),
  /** The change host, e.g. `github`. */
  host: z.string(),
  /** By which the host names it. */
  deliveryId: z.string().optional(),
  event: z.string(),
  /** Bytes. */
  size: z.number().int().nonnegative(),
  receivedAt: instantSchema,
  state: deliveryStateSchema,
  /** Why it is ignored or dead. */
  reason: z.string().optional(),
  settledAt: instantSchema.optional(),
});
/** @public */
export type DeliveryRecord = z.infer<typeof deliverySchema>;

/** @public */
export const deliveryPageSchema = pageSchema(deliverySchema);
/** @public */
export type DeliveryPage = z.infer<typeof deliveryPageSchema>;

/** @public */
export const listDeliveriesQuerySchema = z.strictObject({
  ...pageQueryShape,
  state: deliveryStateSchema.default('dead'),
});
/** @public */
export type ListDeliveriesQuery = z.input<typeof listDeliveriesQuerySchema>;

/**
 * How far the past changes of a repository have been read.
 * @public
 */
export const hostRepositoryStatusSchema = z.object({
  /** E.g. `github.com`. */
  host: z.string(),
  /** E.g. `acme/shop`. */
  repository: z.string(),
  /** Changes that are known, and how many of them still wait to be read. */
  changes: z.number().int().nonnegative(),
  unread: z.number().int().nonnegative(),
  /** When its oldest change was reached; absent while that goes on. */
  backfilledAt: instantSchema.optional(),
  /** When it was last asked for changes that were missed. */
  sweptAt: instantSchema.optional(),
  /** Why it cannot be read at present. */
  problem: z.string().optional(),
});
/** @public */
export type HostRepositoryStatus = z.infer<typeof hostRepositoryStatusSchema>;

/**
 * The queues of work.
 * @public
 */
export const queueNameSchema = z.enum([
  'catalog',
  'delivery',
  'change',
  'proposal',
  'attribution',
  'host',
  'repository',
  'schedule',
  'service-graph',
  'failure-mode-file',
  'entity',
  'erasure',
  'retention',
  'draft-retention',
  'exemption',
  'judge',
  'review-rights',
  'check',
  'check-sweep',
  'alert',
]);
/** @public */
export type QueueName = z.infer<typeof queueNameSchema>;

/**
 * What waits in a queue of work.
 * @public
 */
export const queueStatusSchema = z.object({
  /** A newer back end may have others. */
  queue: z.string(),
  /** What is due now. */
  due: z.number().int().nonnegative(),
  /** What failed last time and waits to be tried again. */
  retrying: z.number().int().nonnegative(),
  /** Seconds since the oldest became due; absent where nothing is. */
  oldestSeconds: z.number().nonnegative().optional(),
});
/** @public */
export type QueueStatus = z.infer<typeof queueStatusSchema>;

/**
 * How a configured schedule of who is on call was read last. It names nobody.
 * @public
 */
export const scheduleStatusSchema = z.object({
  /** As the configuration calls it. */
  schedule: z.string(),
  /** When it was read well; absent where it never was. */
  readAt: instantSchema.optional(),
  /** Why it could not be read since. */
  problem: z.string().optional(),
  /** Sentences on the events that were left out: the first few, and how many more. */
  notices: z.array(z.string()),
});
/** @public */
export type ScheduleStatus = z.infer<typeof scheduleStatusSchema>;

/**
 * An entity that the catalog does not have any more, and of which people said something.
 * @public
 */
export const goneEntitySchema = z.object({
  entityRef: entityRefSchema,
  goneAt: instantSchema,
  /** How much people said of it: explanations, failure modes, evidence and the like. */
  records: z.number().int().positive(),
  /**
   * The only entity whose source lies where its own lay: it may be called so now, or
   * have been replaced. Absent where there is none, or more than one.
   */
  inItsPlace: entityRefSchema.optional(),
});
/** @public */
export type GoneEntity = z.infer<typeof goneEntitySchema>;

/**
 * How ingest is doing, for admins.
 * @public
 */
export const ingestStatusSchema = z.object({
  /** Whether work that is due is being done. */
  moving: z.boolean(),
  hosts: z.array(
    z.object({
      host: z.string(),
      instances: z.array(z.string()),
      /** When a delivery last came. */
      lastReceivedAt: instantSchema.optional(),
      deliveries: z.object({
        pending: z.number().int().nonnegative(),
        done: z.number().int().nonnegative(),
        ignored: z.number().int().nonnegative(),
        dead: z.number().int().nonnegative(),
      }),
    }),
  ),
  /** Those that are configured, in their order. */
  schedules: z.array(scheduleStatusSchema),
  queues: z.array(queueStatusSchema),
  repositories: z.array(hostRepositoryStatusSchema),
  /** Whether there are more repositories than are listed. */
  repositoriesTruncated: z.boolean(),
  /** Those that went last come first. */
  goneEntities: z.array(goneEntitySchema),
  /** Whether there are more of them than are listed. */
  goneEntitiesTruncated: z.boolean(),
});
/** @public */
export type IngestStatus = z.infer<typeof ingestStatusSchema>;
