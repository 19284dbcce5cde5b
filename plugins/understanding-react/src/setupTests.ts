import '@testing-library/jest-dom';
import { Settings } from 'luxon';

jest.setTimeout(60_000);
Settings.defaultLocale = 'en-US';
Settings.defaultZone = 'utc';

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
