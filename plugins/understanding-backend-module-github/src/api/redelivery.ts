import { HostCallOptions } from '@understanding-dev/backstage-plugin-understanding-node';
import { z } from 'zod';
import { HookDelivery, hookDeliverySchema } from '../payloads';
import { GithubClient } from './GithubClient';
import { GithubSession } from './GithubSession';
import { statusOf } from './errors';

/** GitHub keeps deliveries for three days; this is half a million of them. */
const MOST_PAGES = 5_000;

/**
 * Asks GitHub to send again what it could not deliver to the Apps since an instant, the
 * oldest first, since GitHub forgets those first.
 *
 * @returns how many deliveries it asked for
 * @see https://docs.github.com/en/webhooks/using-webhooks/automatically-redelivering-failed-deliveries-for-a-github-app-webhook
 */
export async function requestRedelivery(
  client: GithubClient,
  since: string,
  options: HostCallOptions,
): Promise<number> {
  let asked = 0;
  for (const appId of client.appIds) {
    const session = client.appSession(appId, options);
    for (const delivery of await missedSince(session, since)) {
      const taken = await attempt(session, delivery);
      asked += taken ? 1 : 0;
    }
  }
  return asked;
}

/** One attempt of each delivery that no attempt has brought us, the oldest first. */
async function missedSince(
  session: GithubSession,
  since: string,
): Promise<HookDelivery[]> {
  const question = {
    route: 'GET /app/hook/deliveries',
    parameters: {},
    answer: z.array(hookDeliverySchema),
  };
  // GitHub may leave out the fraction of a second.
  const from = `${since.slice(0, 'YYYY-MM-DDTHH:mm:ss'.length)}.000Z`;
  const arrived = new Set<string>();
  const missed = new Map<string, HookDelivery>();
  // They come with the newest first.
  for await (const page of session.pages(question, MOST_PAGES)) {
    const recent = page.filter(({ delivered_at: at }) => at >= from);
    for (const delivery of recent) {
      const status = delivery.status_code ?? 0;
      if (status >= 200 && status < 300) {
        arrived.add(delivery.guid);
      } else {
        missed.set(delivery.guid, delivery);
      }
    }
    if (recent.length < page.length) {
      break;
    }
  }
  return [...missed.values()]
    .filter(({ guid }) => !arrived.has(guid))
    .sort((one, other) => one.delivered_at.localeCompare(other.delivered_at));
}

/** Whether GitHub sends it again; it may have forgotten it meanwhile. */
async function attempt(
  session: GithubSession,
  delivery: HookDelivery,
): Promise<boolean> {
  const question = {
    route: 'POST /app/hook/deliveries/{delivery_id}/attempts',
    parameters: { delivery_id: delivery.id },
    answer: z.unknown(),
  };
  try {
    await session.ask(question);
    return true;
  } catch (error) {
    if ([404, 410, 422].includes(statusOf(error) ?? 0)) {
      return false;
    }
    throw error;
  }
}
