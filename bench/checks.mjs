import { setTimeout as sleep } from 'node:timers/promises';

const OPENINGS = Number(process.env.OPENINGS ?? 10_000);
const KILLS = Number(process.env.KILLS ?? 20);
/** Openings in a second; two cores do both sides of it. */
const PER_SECOND = Number(process.env.OPENINGS_PER_SECOND ?? 8);
const DROPPED = 0.01;
const FAULTS = { failing: 0.03, limiting: 0.0005 };
const PATIENCE_SECONDS = Number(process.env.PATIENCE ?? 300);

/** What is promised of the first check of 99 in 100 openings that were told of. */
const PROMISED_SECONDS = 10;

/**
 * Ten thousand openings of changes, of which one in a hundred is not told of, on a host
 * that fails and limits requests, while one of two replicas is killed again and again:
 * how long each waits for its first check, and which checks are wrong in the end.
 *
 * What nobody tells of is found by the next sweep, and so has figures of its own: it is
 * promised to be right in the end, and not to be soon. Of all openings together, one in
 * a hundred are these, so that their p99 is about that of the last one told of.
 */
export async function checks({ CheckedHost, IngestProcesses }, database) {
  const seed = Date.now() % 2 ** 31;
  const random = randomFrom(seed);
  const host = await CheckedHost.start(random);
  const processes = await IngestProcesses.create(database, host.url);
  try {
    await processes.start();
    await processes.start();
    host.faults = FAULTS;
    const spanMillis = (OPENINGS / PER_SECOND) * 1000;
    const killed = processes.killAgainAndAgain(
      KILLS,
      () => (spanMillis / KILLS) * (0.5 + random()),
    );
    const begun = performance.now();
    const sending = new Set();
    for (let number = 1; number <= OPENINGS; number += 1) {
      const due = begun + (number / PER_SECOND) * 1000;
      await sleep(Math.max(0, due - performance.now()));
      for (const request of host.open(number, random() < DROPPED)) {
        const sent = deliver(processes, request).finally(() =>
          sending.delete(sent),
        );
        sending.add(sent);
      }
    }
    await killed;
    await Promise.all(sending);
    host.faults = { failing: 0, limiting: 0 };
    const ended = performance.now();
    while (
      host.outcome().unsettled > 0 &&
      performance.now() - ended < PATIENCE_SECONDS * 1000
    ) {
      await sleep(1000);
    }
    const settledSeconds = (performance.now() - ended) / 1000;
    const outcome = host.outcome();
    const { pendingMillis, droppedMillis } = outcome;
    const all = [...pendingMillis, ...droppedMillis].sort((a, b) => a - b);
    const late = pendingMillis.filter(one => one > PROMISED_SECONDS * 1000);
    console.log(
      `${outcome.opened} openings at ${PER_SECOND} a second, ${droppedMillis.length} of them not told of, ${outcome.failures} of ${outcome.requests} requests failed, ${KILLS} kills (seed ${seed})`,
    );
    console.log(
      `  first check of what was told of after ${percentiles(pendingMillis)}; ${
        late.length
      } of them after more than ${PROMISED_SECONDS} s`,
    );
    console.log(
      `  of what nobody told of, and the next sweep found, after ${percentiles(
        droppedMillis,
      )}; of all after ${seconds(at(all, 0.99))} s (p99)`,
    );
    console.log(
      `  all ${
        outcome.unsettled === 0
          ? 'are right'
          : `but ${outcome.unsettled} are right`
      } ${settledSeconds.toFixed(0)} s after the last fault; ${
        outcome.expected
      } without a check; ${
        outcome.falselyGreen
      } green without an accepted explanation`,
    );
  } finally {
    await processes.dispose();
    await host.stop();
  }
}

/** Hosts send again what was not acknowledged; here at once. */
async function deliver(processes, request) {
  while ((await processes.post(request).catch(() => 0)) !== 202) {
    await sleep(50);
  }
}

function at(sorted, share) {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

function percentiles(sorted) {
  return `${seconds(at(sorted, 0.5))} s (p50), ${seconds(
    at(sorted, 0.99),
  )} s (p99), ${seconds(at(sorted, 1))} s (the last)`;
}

function seconds(millis) {
  return ((millis ?? 0) / 1000).toFixed(1);
}

/** Mulberry32 (Ettinger): the same numbers for the same seed. */
function randomFrom(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
