import { MetricsService } from '@backstage/backend-plugin-api/alpha';
import { IngestMetrics } from '../telemetry/IngestMetrics';

const instrument = {
  add: () => {},
  record: () => {},
  addCallback: () => {},
  removeCallback: () => {},
};

/** Metrics that nobody reads, also where no test framework is at hand. */
export function noMetrics(): IngestMetrics {
  const metrics: MetricsService = {
    createCounter: () => instrument,
    createUpDownCounter: () => instrument,
    createHistogram: () => instrument,
    createGauge: () => instrument,
    createObservableCounter: () => instrument,
    createObservableUpDownCounter: () => instrument,
    createObservableGauge: () => instrument,
  };
  return IngestMetrics.create({ metrics });
}
