#!/usr/bin/env node
/**
 * `yarn bench`: figures as ratios against something run beside them; first of reading
 * histories, explanations and outages, then of the product that `npm start` runs on the
 * usual ports.
 */
import { readingDependencies, showingDependencies } from './dependencies.mjs';
import { readingOneEntity } from './readingOneEntity.mjs';
import { readingAHistory } from './readingAHistory.mjs';
import { readingBesideAPeer } from './readingBesideAPeer.mjs';
import { readingExplanations } from './readingExplanations.mjs';
import { overviewShowsRows } from './overviewShowsRows.mjs';
import { simulatingAnOutage } from './simulatingAnOutage.mjs';
import { session } from './session.mjs';

await readingAHistory();
await readingBesideAPeer();
await simulatingAnOutage();
const dependencies = await readingDependencies();
readingExplanations();

const server = await session().catch(() => undefined);
if (!server) {
  console.error(
    'Nothing answers at http://localhost:3000 and http://localhost:7007: run npm start first, and leave it running.',
  );
  process.exit(1);
}
await readingOneEntity(server);
await overviewShowsRows(server);
await showingDependencies(server, dependencies);
