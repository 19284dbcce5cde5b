import { Route, Routes } from 'react-router-dom';
import { Overview } from './features/entities/Overview';
import { ExplainPage } from './features/explanations/ExplainPage';
import { ExplanationPage } from './features/explanations/ExplanationPage';
import { IngestPage } from './features/ingest/IngestPage';
import { explainRouteRef, explanationRouteRef, ingestRouteRef } from './routes';

/** The overview, and below it explanations, and ingest for those who run this. */
export function Pages() {
  return (
    <Routes>
      <Route path={ingestRouteRef.path} element={<IngestPage />} />
      <Route path={explanationRouteRef.path} element={<ExplanationPage />} />
      <Route path={explainRouteRef.path} element={<ExplainPage />} />
      <Route path="*" element={<Overview />} />
    </Routes>
  );
}
