import {
  Delivery,
  ParsedDelivery,
} from '@understanding-dev/backstage-plugin-understanding-node';
import { z } from 'zod';
import { GithubRepository } from '../facts';
import { fullName, webUrl } from '../payloads';
import { readBody } from './body';
import { checkReaders, mergeGroupReaders } from './checkReaders';
import { IGNORED_EVENTS } from './ignoredEvents';
import { pullReaders } from './pullReaders';
import { EventReader } from './reader';
import {
  accessReaders,
  deploymentReaders,
  repositoryReaders,
} from './repositoryReaders';

/**
 * Makes `parse` for some instances, each with the ids of our Apps there. What it
 * returns is pure.
 *
 * @remarks
 *
 * The name of the event is not signed, so a payload has to have the form of the event
 * that it is said to be. The instance is told by the payload, which is signed.
 */
export function createDeliveryParser(
  instances: ReadonlyMap<string, readonly number[]>,
): (delivery: Delivery) => ParsedDelivery {
  const readers = createReaders(instances);
  return delivery => {
    const read = readers.get(delivery.event);
    if (read) {
      const body = readBody(delivery);
      return 'value' in body
        ? read(body.value)
        : { type: 'not-understood', reason: body.problem };
    }
    return IGNORED_EVENTS.has(delivery.event)
      ? {
          type: 'ignored',
          reason: `Nothing here depends on ${delivery.event}`,
        }
      : {
          type: 'not-understood',
          reason: 'x-github-event names no event that is known',
        };
  };
}

function createReaders(
  instances: ReadonlyMap<string, readonly number[]>,
): ReadonlyMap<string, EventReader> {
  const host = webUrl
    .transform(url => new URL(url).host)
    .refine(name => instances.has(name));
  const repository = z
    .object({ id: z.int().positive(), full_name: fullName, html_url: host })
    .transform(
      (told): GithubRepository => ({
        host: told.html_url,
        repository: told.full_name,
        id: told.id,
      }),
    );
  return new Map(
    Object.entries({
      ...pullReaders(repository),
      ...deploymentReaders(repository),
      ...repositoryReaders(repository),
      ...accessReaders(host),
      ...checkReaders(repository, instances),
      ...mergeGroupReaders(repository),
    }),
  );
}
