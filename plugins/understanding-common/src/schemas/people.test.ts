import { evidenceSchema, personUnderstandingSchema } from './people';

const evidence = {
  kind: 'authored',
  freshness: 'fresh',
  latestAt: '2026-03-01T12:00:00.000Z',
  count: 1,
  verified: false,
};

describe('evidenceSchema', () => {
  it('takes evidence with or without a link', () => {
    expect(evidenceSchema.parse(evidence)).toEqual(evidence);
    const linked = { ...evidence, url: 'https://example.com/commit/1' };
    expect(evidenceSchema.parse(linked)).toEqual(linked);
  });

  it.each([{ count: 0 }, { kind: 'watched' }, { latestAt: '2026' }])(
    'refuses %j',
    wrong => {
      expect(evidenceSchema.safeParse({ ...evidence, ...wrong }).success).toBe(
        false,
      );
    },
  );
});

describe('personUnderstandingSchema', () => {
  it('takes a name that no User claims, and carries no number about people', () => {
    const person = {
      displayName: 'Ann',
      status: 'not-in-catalog',
      active: false,
      understands: true,
      evidence: [evidence],
    };
    expect(personUnderstandingSchema.parse({ ...person, score: 7 })).toEqual(
      person,
    );
  });
});
