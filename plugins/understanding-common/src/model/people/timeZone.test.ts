import fc from 'fast-check';
import { NOW } from '../__testUtils__/builders';
import { isTimeZone, localTimeIn } from './timeZone';

describe('localTimeIn', () => {
  it.each([
    ['Europe/Berlin', 'Sun 13:00'],
    ['Asia/Kolkata', 'Sun 17:30'],
    ['Pacific/Kiritimati', 'Mon 02:00'],
    ['America/Los_Angeles', 'Sun 04:00'],
    ['UTC', 'Sun 12:00'],
    ['CET or so', undefined],
    ['+02:00', undefined],
    ['', undefined],
  ])('tells the time in %s', (timeZone, expected) => {
    expect(localTimeIn(timeZone, NOW)).toBe(expected);
  });

  it('never throws, whatever a catalog says', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        expect(localTimeIn(text, NOW) !== undefined).toBe(isTimeZone(text));
      }),
      { numRuns: 200 },
    );
  });
});
