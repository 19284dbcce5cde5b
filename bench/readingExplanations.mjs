import { createRequire } from 'node:module';
import { performance } from 'node:perf_hooks';

const require = createRequire(import.meta.url);
const MEGABYTE = 1 << 20;
const ROUNDS = 5;
/** What parsers of Markdown spend their time on, a megabyte of each. */
const HOSTILE = [
  ...['[', '*', '>', '> ', '- ', '`', '\t', '#', '|', '\0', '<!--', '~~~'],
  ...['# a\n', 'a\n', 'a\n-\n', '\n', '-\n', '- \n', '* * *\n', '1) a\n'],
  ...['```\n', '    a\n', '[a]: b\n', '|a|\n|-|\n', '<a>\n', '<!-- a\n'],
  ...['- a\n  ', '>\n\n', '>a\nb\n', '- a\n\n  b\n\n', ' > a\n  '],
];

/**
 * Finding the sections of hostile descriptions, beside those of plain prose of the same
 * size; and comparing a text with the last ten thousand, beside sorting their sketches.
 */
export function readingExplanations() {
  require('@backstage/cli/config/nodeTransform.cjs');
  const {
    readSections,
    sketchSimilarity,
    textSketch,
  } = require('../plugins/understanding-common/src');
  const repeated = part =>
    part.repeat(Math.ceil(MEGABYTE / part.length)).slice(0, MEGABYTE);
  const prose = repeated(`${'It rounds once. '.repeat(40)}\n\n`);
  const plain = median(() => readSections(prose));
  const [worst] = HOSTILE.map(part => {
    const text = repeated(part);
    return { part, time: median(() => readSections(text)) };
  }).sort((a, b) => b.time - a.time);
  console.log(
    `sections of 1 MB of Markdown: at worst ${worst.time.toFixed(
      1,
    )} ms, of ${JSON.stringify(worst.part)}; prose: ${plain.toFixed(
      1,
    )} ms; ratio ${(worst.time / plain).toFixed(1)} (medians of ${ROUNDS})`,
  );

  const sketches = Array.from({ length: 10_000 }, (_, index) =>
    Uint32Array.from(textSketch(wordsFrom(index))),
  );
  const sketch = textSketch(wordsFrom(1));
  const comparing = median(() =>
    sketches.reduce(
      (best, one) => Math.max(best, sketchSimilarity(sketch, one)),
      0,
    ),
  );
  const sorting = median(() => [...sketches].sort((a, b) => a[0] - b[0]));
  console.log(
    `comparing with 10,000 explanations: ${comparing.toFixed(
      1,
    )} ms; sorting them: ${sorting.toFixed(1)} ms; ratio ${(
      comparing / sorting
    ).toFixed(1)} (medians of ${ROUNDS})`,
  );
}

function wordsFrom(seed) {
  return Array.from(
    { length: 60 },
    (_, index) => `word${(seed * 31 + index * index) % 977}`,
  ).join(' ');
}

function median(run) {
  run();
  const times = Array.from({ length: ROUNDS }, () => {
    const start = performance.now();
    run();
    return performance.now() - start;
  }).sort((a, b) => a - b);
  return times[Math.floor(ROUNDS / 2)];
}
