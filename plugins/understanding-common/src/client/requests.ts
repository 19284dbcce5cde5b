import { entityRefSchema } from '../schemas';

/**
 * A request with a body in JSON.
 *
 * @param version - the one that was read, where somebody else may change it; 0 for
 * none
 */
export function send(
  method: 'POST' | 'PUT' | 'DELETE',
  body: unknown,
  version?: number,
): RequestInit {
  return {
    method,
    headers: {
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...(version === undefined ? {} : readVersion(version)),
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  };
}

function readVersion(version: number): Record<string, string> {
  return version === 0
    ? { 'If-None-Match': '*' }
    : { 'If-Match': `"${version}"` };
}

/** The path of an entity. */
export function pathOf(entityRef: string): string {
  const [, kind, namespace, name] =
    /^(.+?):(.+?)\/(.+)$/.exec(entityRefSchema.parse(entityRef)) ?? [];
  return `/entities/by-name/${[kind, namespace, name]
    .map(encodeURIComponent)
    .join('/')}`;
}

/** The path of evidence that was given by hand. */
export function evidencePath(id: string): string {
  return `/evidence/${encodeURIComponent(id)}`;
}

/** The path of a failure mode. */
export function modePath(id: string): string {
  return `/failure-modes/${encodeURIComponent(id)}`;
}

/** The path of an assumption. */
export function assumptionPath(id: string): string {
  return `/assumptions/${encodeURIComponent(id)}`;
}

/** The path of a test of a failure mode. */
export function testPath(failureModeId: string, testId: string): string {
  return `${modePath(failureModeId)}/tests/${encodeURIComponent(testId)}`;
}

/** The query of a path, without what is absent. */
export function search(query: Record<string, unknown>): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') {
      params.set(key, String(value));
    }
  }
  const text = params.toString();
  return text ? `?${text}` : '';
}

/** The path at which readers say whether a record helped them. */
export function readingPathOf(explanationId: string): string {
  return `/explanations/${encodeURIComponent(explanationId)}/reading`;
}

/** The path of sessions in which a change was taught. */
export function sessionsPathOf(explanationId: string): string {
  return `/explanations/${encodeURIComponent(explanationId)}/sessions`;
}
