import { performance } from 'node:perf_hooks';

const WARM_UP = 30;
const ROUNDS = 300;

/**
 * Reading what is known of one entity, beside Backstage's own reading of the same
 * entity; in turn, so that both see the same machine.
 */
export async function readingOneEntity({ backendUrl, headers }) {
  const name = 'component/default/ledger';
  const ours = `${backendUrl}/api/understanding/entities/by-name/${name}`;
  const theirs = `${backendUrl}/api/catalog/entities/by-name/${name}`;
  const times = { ours: [], theirs: [] };
  for (let round = 0; round < WARM_UP + ROUNDS; round += 1) {
    for (const [key, url] of [
      ['ours', ours],
      ['theirs', theirs],
    ]) {
      const start = performance.now();
      const response = await fetch(url, { headers });
      await response.text();
      if (!response.ok) {
        throw new Error(`${url} answered ${response.status}`);
      }
      if (round >= WARM_UP) {
        times[key].push(performance.now() - start);
      }
    }
  }
  const ratios = times.ours.map((time, index) => time / times.theirs[index]);
  console.log(
    `reading one entity: ${show(times.ours)} ms; Backstage's catalog: ${show(
      times.theirs,
    )} ms; ratio ${show(
      ratios,
    )} (median of ${ROUNDS}, 10th and 90th percentile)`,
  );
}

function show(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const at = share =>
    sorted[Math.floor(share * (sorted.length - 1))].toFixed(2);
  return `${at(0.5)} (${at(0.1)}–${at(0.9)})`;
}
