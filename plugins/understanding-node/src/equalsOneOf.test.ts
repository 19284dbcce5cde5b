import fc from 'fast-check';
import { equalsOneOf } from './equalsOneOf';

describe('equalsOneOf', () => {
  it('finds a value at any place, and no other', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), fc.string(), (expected, value) => {
        expect(equalsOneOf(value, expected)).toBe(expected.includes(value));
        expect(equalsOneOf(value, [...expected, Buffer.from(value)])).toBe(
          true,
        );
      }),
    );
  });
});
