import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const INTERLEAVINGS = 100_000;

/**
 * A hundred thousand random interleavings of what people, the network and the worker
 * that writes checks do: none may leave a check green without a valid explanation,
 * unfinished, or passing on an older head.
 */
export function interleavings() {
  const fc = require('fast-check');
  const {
    interleavings: any,
    liveThrough,
  } = require('../plugins/understanding-common/src/model/__testUtils__/checkInterleavings');
  const seed = Date.now() % 2 ** 31;
  let green = 0;
  const { failed, numRuns, counterexample } = fc.check(
    fc.property(any, interleaving => {
      const lived = liveThrough(interleaving);
      green += lived.green;
      return lived.mistakes.length === 0;
    }),
    { numRuns: INTERLEAVINGS, seed },
  );
  console.log(
    `${numRuns} interleavings (seed ${seed}), rightly green ${green} times: ${
      failed ? `wrong, ${JSON.stringify(counterexample)}` : '0 wrong'
    }`,
  );
}
