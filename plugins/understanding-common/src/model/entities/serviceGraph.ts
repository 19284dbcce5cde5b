/** The counter of OpenTelemetry's service graph connector. */
const METRIC = 'traces_service_graph_request_total';

/** Name, labels in braces, value; then a timestamp and an exemplar, perhaps. */
const SAMPLE =
  /^\w+\{((?:\s*[a-zA-Z_]\w*="(?:[^"\\]|\\.)*",?)*)\s*\}\s+([-+\w.]+)(?:\s+-?[\d.]+)?(?:\s+#.*)?$/;
const LABEL = /([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)"/g;

/**
 * Requests from one service to another, since the counter began.
 * @public
 */
export interface ServiceCall {
  readonly client: string;
  readonly server: string;
  readonly requests: number;
}

/**
 * Reads `traces_service_graph_request_total` from text in the exposition format of
 * Prometheus (version 0.0.4, and OpenMetrics), as OpenTelemetry's `servicegraph`
 * connector exports it. Other metrics are passed over. Series of the same pair, such
 * as of several connection types, are added up.
 *
 * @returns the calls, or the first line that cannot be read, counted from 1
 * @public
 */
export function readServiceGraph(
  text: string,
):
  | { readonly calls: readonly ServiceCall[] }
  | { readonly line: number; readonly problem: string } {
  const calls = new Map<string, ServiceCall>();
  for (const [index, raw] of text.split('\n').entries()) {
    const line = raw.trim();
    if (isOurs(line)) {
      const sample = SAMPLE.exec(line);
      const labels = sample ? readLabels(sample[1]) : undefined;
      const requests = Number(sample?.[2]);
      if (!labels?.client || !labels.server) {
        return {
          line: index + 1,
          problem: `${METRIC} needs the labels client and server, and a value`,
        };
      }
      if (!Number.isFinite(requests) || requests < 0) {
        return {
          line: index + 1,
          problem: `${METRIC} must count from 0, but is ${sample?.[2]}`,
        };
      }
      const { client, server } = labels;
      const key = JSON.stringify([client, server]);
      const before = calls.get(key)?.requests ?? 0;
      calls.set(key, { client, server, requests: before + requests });
    }
  }
  return { calls: [...calls.values()] };
}

function isOurs(line: string): boolean {
  return line.startsWith(METRIC) && !/\w/.test(line.charAt(METRIC.length));
}

function readLabels(text: string): Record<string, string | undefined> {
  const labels: Record<string, string> = {};
  for (const [, name, value] of text.matchAll(LABEL)) {
    labels[name] = value.replace(/\\(.)/g, (_, escaped: string) =>
      escaped === 'n' ? '\n' : escaped,
    );
  }
  return labels;
}
