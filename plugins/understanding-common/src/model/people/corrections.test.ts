import { NOW, evidence, inDays, person } from '../__testUtils__/builders';
import { judge } from '../__testUtils__/judging';
import {
  addCorrections,
  countedEvidence,
  presentCorrection,
} from './corrections';

const elsewhere = (until: string) => ({
  type: 'from-elsewhere' as const,
  at: inDays(-30),
  until,
});
const noLonger = { type: 'no-longer' as const, at: inDays(-30) };

describe('presentCorrection', () => {
  it('ends what is known from elsewhere exactly at its end', () => {
    expect(presentCorrection(elsewhere(inDays(0, 1)), NOW)).toBeDefined();
    expect(presentCorrection(elsewhere(NOW), NOW)).toBeUndefined();
    expect(presentCorrection(noLonger, NOW)).toBe(noLonger);
    expect(presentCorrection(undefined, NOW)).toBeUndefined();
  });
});

describe('countedEvidence', () => {
  it('leaves out what came before somebody no longer knew it', () => {
    const all = [evidence('authored', 31), evidence('reviewed', 29)];
    expect(countedEvidence(all, noLonger)).toEqual([all[1]]);
    expect(countedEvidence(all, elsewhere(inDays(9)))).toEqual(all);
    expect(countedEvidence(all, undefined)).toEqual(all);
  });
});

describe('addCorrections', () => {
  it('adds to who is there, and whoever knows it from elsewhere', () => {
    const { evidence: _, ...bob } = person('Bob', []);
    const { evidence: __, ...cem } = person('Cem', []);
    const said = elsewhere(inDays(9));
    expect(
      addCorrections(
        [person('Ann', [evidence('authored', 9)])],
        [
          {
            ...person('Ann', []),
            personRef: 'user:default/ann',
            correction: noLonger,
          },
          { ...bob, personRef: 'user:default/bob', correction: said },
          { ...cem, personRef: 'user:default/cem', correction: noLonger },
        ],
      ),
    ).toEqual([
      { ...person('Ann', [evidence('authored', 9)]), correction: noLonger },
      { ...person('Bob', []), correction: said },
    ]);
  });
});

describe('judgePeople with corrections', () => {
  it.each([
    ['evidence before they said so', 40, 30, false],
    ['evidence at the very instant', 30, 30, false],
    ['evidence since', 20, 30, true],
  ])(
    'judges who no longer knows it by %s',
    (_, evidenceDays, saidDays, understands) => {
      const correction = { type: 'no-longer' as const, at: inDays(-saidDays) };
      const [judged] = judge([
        {
          ...person('Ann', [evidence('taught', evidenceDays, true)]),
          correction,
        },
      ]).people;
      expect(judged).toMatchObject({ understands, correction });
      expect(judged.evidence).toHaveLength(1);
    },
  );

  it('counts what is known from elsewhere as one kind, until its end', () => {
    const ann = (until: string) => ({
      ...person('Ann', [evidence('authored', 10)]),
      correction: elsewhere(until),
    });
    expect(judge([ann(inDays(3))])).toMatchObject({
      people: [{ understands: true, correction: { until: inDays(3) } }],
      until: inDays(3),
    });
    const [after] = judge([ann(NOW)]).people;
    expect(after).toMatchObject({ understands: false });
    expect(after).not.toHaveProperty('correction');
    const [alone] = judge([{ ...ann(inDays(3)), evidence: [] }]).people;
    expect(alone).toMatchObject({ understands: false });
  });
});
