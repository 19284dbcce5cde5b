import { Route, Routes } from 'react-router-dom';
import { Overview } from './features/entities/Overview';
import { ExplainPage } from './features/explanations/ExplainPage';
import { ExplanationDebtsPage } from './features/explanations/ExplanationDebtsPage';
import { ExplanationPage } from './features/explanations/ExplanationPage';
import { MyExplanationsPage } from './features/explanations/MyExplanationsPage';
import { IngestPage } from './features/ingest/IngestPage';
import { AboutMePage } from './features/people/AboutMePage';
import { IdentitiesPage } from './features/people/IdentitiesPage';
import { DeparturePage } from './features/simulation/DeparturePage';
import { StructurePage } from './features/simulation/StructurePage';
import {
  aboutMeRouteRef,
  departureRouteRef,
  explainRouteRef,
  explanationDebtsRouteRef,
  explanationRouteRef,
  identitiesRouteRef,
  ingestRouteRef,
  myExplanationsRouteRef,
  structureRouteRef,
} from './routes';

const PAGES = [
  [ingestRouteRef, <IngestPage />],
  [explanationRouteRef, <ExplanationPage />],
  [explainRouteRef, <ExplainPage />],
  [myExplanationsRouteRef, <MyExplanationsPage />],
  [explanationDebtsRouteRef, <ExplanationDebtsPage />],
  [aboutMeRouteRef, <AboutMePage />],
  [identitiesRouteRef, <IdentitiesPage />],
  [departureRouteRef, <DeparturePage />],
  [structureRouteRef, <StructurePage />],
] as const;

/** The overview, and the pages below it. */
export function Pages() {
  return (
    <Routes>
      {PAGES.map(([{ path }, page]) => (
        <Route key={path} path={path} element={page} />
      ))}
      <Route path="*" element={<Overview />} />
    </Routes>
  );
}
