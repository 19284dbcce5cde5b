import { HostRepository } from '@understanding-dev/backstage-plugin-understanding-common';
import { Project } from './payloads';

/** A project of a configured instance, with its address. */
export interface Place extends HostRepository {
  readonly url: string;
}

/** Undefined where a project is of no configured instance. */
export function placeOf(
  { web_url, path_with_namespace }: Project,
  instances: readonly string[],
): Place | undefined {
  if (!URL.canParse(web_url)) {
    return undefined;
  }
  const { protocol, host, origin, pathname } = new URL(web_url);
  return /^https?:$/.test(protocol) && instances.includes(host)
    ? {
        host,
        repository: path_with_namespace,
        url: `${origin}${pathname}`,
      }
    : undefined;
}

export function mergeRequestUrl({ url }: Place, number: number): string {
  return `${url}/-/merge_requests/${number}`;
}
