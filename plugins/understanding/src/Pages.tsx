import { Route, Routes } from 'react-router-dom';
import { Overview } from './features/entities/Overview';
import { IngestPage } from './features/ingest/IngestPage';
import { ingestRouteRef } from './routes';

/** The overview, and below it the page for those who run this Backstage. */
export function Pages() {
  return (
    <Routes>
      <Route path={ingestRouteRef.path} element={<IngestPage />} />
      <Route path="*" element={<Overview />} />
    </Routes>
  );
}
