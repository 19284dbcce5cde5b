import { evidence, person } from '../__testUtils__/builders';
import { addEvidence } from './addEvidence';

const operated = (name: string, daysAgo: number) => ({
  personRef: `user:default/${name.toLowerCase()}`,
  displayName: name,
  status: 'active' as const,
  evidence: evidence('operated', daysAgo),
});

describe('addEvidence', () => {
  it('adds to who is there, and who is not', () => {
    expect(
      addEvidence(
        [person('Ann', [evidence('authored', 9)])],
        [operated('Ann', 3), operated('Bob', 4)],
      ),
    ).toEqual([
      person('Ann', [evidence('authored', 9), evidence('operated', 3)]),
      person('Bob', [evidence('operated', 4)]),
    ]);
  });

  it('joins evidence of one kind', () => {
    const [ann] = addEvidence(
      [person('Ann', [evidence('operated', 9)])],
      [operated('Ann', 3), operated('Ann', 30)],
    );
    expect(ann.evidence).toEqual([{ ...evidence('operated', 3), count: 3 }]);
  });

  it('keeps what is verified apart from what is claimed', () => {
    const [ann] = addEvidence(
      [person('Ann', [evidence('operated', 1)])],
      [{ ...operated('Ann', 3), evidence: evidence('operated', 3, true) }],
    );
    expect(ann.evidence).toEqual([
      evidence('operated', 1),
      evidence('operated', 3, true),
    ]);
  });
});
