import { criticalityOf } from './criticality';

const none = {
  dataLossOrCorruption: false,
  customerVisible: false,
  happenedWithinYear: false,
  needsTwoFaults: false,
};

describe('criticalityOf', () => {
  it.each([
    // [severity, likelihood, criticality], from the 3 × 3 matrix by hand
    [{ dataLossOrCorruption: true }, 'severe', 'occasional', 'high'],
    [
      { dataLossOrCorruption: true, happenedWithinYear: true },
      'severe',
      'frequent',
      'high',
    ],
    [
      { dataLossOrCorruption: true, needsTwoFaults: true },
      'severe',
      'rare',
      'medium',
    ],
    [{ customerVisible: true }, 'major', 'occasional', 'medium'],
    [
      { customerVisible: true, happenedWithinYear: true },
      'major',
      'frequent',
      'high',
    ],
    [{ customerVisible: true, needsTwoFaults: true }, 'major', 'rare', 'low'],
    [{}, 'minor', 'occasional', 'low'],
    [{ happenedWithinYear: true }, 'minor', 'frequent', 'medium'],
    [{ needsTwoFaults: true }, 'minor', 'rare', 'low'],
    // What happened is not rare, whatever it takes.
    [
      { needsTwoFaults: true, happenedWithinYear: true },
      'minor',
      'frequent',
      'medium',
    ],
  ])('of %j is %s, %s: %s', (seen, severity, likelihood, criticality) => {
    expect(criticalityOf({ ...none, ...seen })).toEqual({
      severity,
      likelihood,
      criticality,
    });
  });
});
