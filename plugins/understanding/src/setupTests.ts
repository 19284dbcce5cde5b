import { configure } from '@testing-library/dom';
import '@testing-library/jest-dom';
import { Settings } from 'luxon';

// Before React is loaded, so that it lives in the time of the tests too: pauses of
// the pages pass at once, and nothing depends on how fast the machine is.
jest.useFakeTimers();
jest.setTimeout(60_000);
Settings.defaultLocale = 'en-US';
Settings.defaultZone = 'utc';
configure({ asyncUtilTimeout: 10_000 });

// What jsdom lacks: nothing is scrolled, so that no list asks for more.
Object.assign(global, {
  IntersectionObserver: class {
    observe() {}
    disconnect() {}
  },
});

// Warnings of other packages about themselves.
const NOISE = /processedRuleToParse|React Router Future Flag|findDOMNode/;
function withoutNoise(write: typeof console.warn): typeof console.warn {
  return (...args) => {
    if (!NOISE.test(String(args[0]))) {
      write(...args);
    }
  };
}
const { warn, error } = console;
Object.assign(console, {
  warn: withoutNoise(warn),
  error: withoutNoise(error),
});

// A render that was suspended leaves its styles behind, and each look at whether
// something is visible goes through all the rules there are.
beforeEach(() => {
  document.querySelectorAll('style[data-jss]').forEach(one => one.remove());
});

afterEach(() => {
  jest.restoreAllMocks();
});
