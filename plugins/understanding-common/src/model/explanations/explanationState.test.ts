import { ExplanationFacts, ReviewerAssessment } from './explanationFacts';
import { explanationStanding } from './explanationState';

const at = (second: number) =>
  `2026-05-20T10:00:${String(second).padStart(2, '0')}.000Z`;

const by = (
  reviewer: string | undefined,
  result: ReviewerAssessment['result'],
  second: number,
  more: Partial<ReviewerAssessment> = {},
): ReviewerAssessment => ({
  reviewer,
  result,
  at: at(second),
  bot: false,
  withdrawn: false,
  ...more,
});

/** A change by ada, with the explanation T on the head A since second 0. */
function facts(more: Partial<ExplanationFacts> = {}): ExplanationFacts {
  return {
    current: { at: at(0), code: 'A', text: 'T' },
    sightings: [sighting(0, 'A', 'T')],
    written: [],
    assessments: [],
    authors: ['ada'],
    authorsKnownOf: ['A', 'B'],
    required: true,
    ...more,
  };
}

function sighting(second: number, code: string, text?: string, asked = false) {
  return { at: at(second), code, text, asked };
}

/** The same, seen in those states, the last of which is the present. */
function seen(
  ...sightings: ReadonlyArray<ReturnType<typeof sighting>>
): Pick<ExplanationFacts, 'current' | 'sightings'> {
  return { sightings, current: sightings[sightings.length - 1] };
}

const stateOf = (more: Partial<ExplanationFacts>) =>
  explanationStanding(facts(more)).state;

describe('explanationStanding', () => {
  it('is missing, submitted, accepted or returned', () => {
    expect(stateOf(seen(sighting(0, 'A')))).toBe('missing');
    expect(stateOf({})).toBe('submitted');
    expect(stateOf({ assessments: [by('bob', 'genuine', 5)] })).toBe(
      'accepted',
    );
    expect(stateOf({ assessments: [by('bob', 'surface', 5)] })).toBe(
      'returned',
    );
    expect(stateOf({ assessments: [by('bob', 'not-assessable', 5)] })).toBe(
      'submitted',
    );
  });

  it.each([
    ['the author', by('ada', 'genuine', 5)],
    ['a bot', by('bob', 'genuine', 5, { bot: true })],
    ['a deleted account', by(undefined, 'genuine', 5)],
    ['one who took it back', by('bob', 'genuine', 5, { withdrawn: true })],
    ['one who came before it', by('bob', 'genuine', 0)],
    ['one who looked at another head', by('bob', 'genuine', 5, { code: 'B' })],
    ['one who read another text', by('bob', 'genuine', 5, { text: 'U' })],
  ])('is not accepted by %s', (_, assessment) => {
    expect(stateOf({ assessments: [assessment] })).toBe('submitted');
  });

  it('is not returned by its author or a bot either', () => {
    const assessments = [
      by('ada', 'surface', 5),
      by('bob', 'surface', 5, { bot: true }),
    ];
    expect(stateOf({ assessments })).toBe('submitted');
  });

  it('waits until the co-authors of the head are known', () => {
    const assessments = [by('bob', 'genuine', 5)];
    expect(stateOf({ assessments, authorsKnownOf: [] })).toBe('submitted');
    expect(stateOf({ assessments, authors: ['ada', 'bob'] })).toBe('submitted');
  });

  it('lapses when code is pushed or the text is edited, and by nothing else', () => {
    const assessments = [by('bob', 'genuine', 5)];
    const open = sighting(0, 'A', 'T');
    const now = (...later: ReturnType<typeof sighting>[]) =>
      stateOf({ assessments, ...seen(open, ...later) });
    expect(now(sighting(9, 'B', 'T'))).toBe('submitted');
    expect(now(sighting(9, 'A', 'U'))).toBe('submitted');
    expect(now(sighting(9, 'A'))).toBe('missing');
    expect(now(sighting(9, 'A', 'T'))).toBe('accepted');
    // Put back as it was found to be.
    expect(now(sighting(8, 'B', 'U'), sighting(9, 'A', 'T'))).toBe('accepted');
  });

  it('takes nobody to have seen what came in the same second', () => {
    const states = seen(sighting(0, 'A', 'T'), sighting(5, 'B', 'T'));
    expect(stateOf({ ...states, assessments: [by('bob', 'genuine', 5)] })).toBe(
      'submitted',
    );
    expect(stateOf({ ...states, assessments: [by('bob', 'genuine', 6)] })).toBe(
      'accepted',
    );
  });

  it('takes nothing for seen where two states of one second differ, unless nothing came since', () => {
    const told = [sighting(0, 'A', 'T'), sighting(0, 'B', 'T')];
    const assessments = [by('bob', 'genuine', 5)];
    const stateAt = (second: number, sightings = told) =>
      stateOf({
        ...{ sightings, assessments },
        current: { at: at(second), code: 'B', text: 'T' },
      });
    expect(stateAt(9)).toBe('submitted');
    // B may have come first, and gone, before the reviewer looked.
    expect(stateAt(9, [...told, sighting(0, 'B', 'T', true)])).toBe(
      'submitted',
    );
    expect(stateAt(0)).toBe('accepted');
  });

  describe('a surface', () => {
    const surface = by('bob', 'surface', 5);

    it('outweighs what others find of the same code, also of another text', () => {
      const edited = seen(sighting(0, 'A', 'T'), sighting(6, 'A', 'U'));
      const assessments = [surface, by('cem', 'genuine', 7)];
      expect(stateOf({ assessments })).toBe('returned');
      expect(stateOf({ assessments, ...edited })).toBe('returned');
    });

    it('stands until its reviewer says otherwise', () => {
      const genuine = by('bob', 'genuine', 7);
      expect(stateOf({ assessments: [surface, genuine] })).toBe('accepted');
      const before = by('bob', 'genuine', 4);
      expect(stateOf({ assessments: [surface, before] })).toBe('returned');
    });

    it('does not go when its comment is deleted, which others can do', () => {
      const assessments = [{ ...surface, withdrawn: true }];
      expect(stateOf({ assessments })).toBe('returned');
    });

    it('stands on a newer head until that is assessed', () => {
      const pushed = seen(sighting(0, 'A', 'T'), sighting(6, 'B', 'T'));
      expect(stateOf({ ...pushed, assessments: [surface] })).toBe('returned');
      const assessments = [surface, by('cem', 'genuine', 7)];
      expect(stateOf({ ...pushed, assessments })).toBe('accepted');
      const neither = [surface, by('cem', 'not-assessable', 7)];
      expect(stateOf({ ...pushed, assessments: neither })).toBe('returned');
    });
  });

  describe('with an explanation written on a page', () => {
    const written = [{ at: at(3), text: 'P' }];

    it('has the later of the two', () => {
      expect(explanationStanding(facts({ written })).text).toBe('P');
      const edited = seen(sighting(0, 'A', 'T'), sighting(6, 'A', 'U'));
      expect(explanationStanding(facts({ written, ...edited })).text).toBe('U');
    });

    it('does not take a description told again for a new one', () => {
      const again = seen(sighting(0, 'A', 'T'), sighting(6, 'B', 'T'));
      expect(explanationStanding(facts({ written, ...again })).text).toBe('P');
    });

    it('falls back to it when the description says nothing any more', () => {
      const gone = seen(sighting(6, 'A', 'T'), sighting(7, 'A'));
      expect(explanationStanding(facts({ written, ...gone })).text).toBe('P');
    });

    it('needs no change', () => {
      const alone = { current: undefined, sightings: [], written };
      expect(stateOf(alone)).toBe('submitted');
      const assessments = [by('bob', 'genuine', 5)];
      expect(stateOf({ ...alone, assessments, authorsKnownOf: [''] })).toBe(
        'accepted',
      );
    });
  });

  describe('at a merge', () => {
    const genuine = by('bob', 'genuine', 5);
    const merged = { mergedAt: at(20) };

    it('is sealed as it is, whatever comes later', () => {
      const swapped = seen(sighting(0, 'A', 'T'), sighting(30, 'A', 'U'));
      const standing = explanationStanding(
        facts({ ...merged, ...swapped, assessments: [genuine] }),
      );
      expect(standing).toEqual({
        state: 'accepted',
        text: 'T',
        sealed: { at: at(20), state: 'accepted', text: 'T' },
      });
    });

    it('leaves a debt where it is not accepted, and one is asked for', () => {
      const { debt, sealed, state } = explanationStanding(facts(merged));
      expect([debt, sealed?.state, state]).toEqual([
        'open',
        'submitted',
        'submitted',
      ]);
      const notAsked = facts({ ...merged, required: false });
      expect(explanationStanding(notAsked).debt).toBeUndefined();
    });

    it('has its debt paid by an explanation that is accepted later, for good', () => {
      const assessments = [by('bob', 'genuine', 40)];
      const written = [
        { at: at(30), text: 'P' },
        { at: at(50), text: 'Q' },
      ];
      const paid = facts({ ...merged, written, assessments });
      expect(explanationStanding(paid)).toEqual({
        state: 'accepted',
        text: 'P',
        sealed: { at: at(20), state: 'submitted', text: 'T' },
        debt: 'paid',
        paidAt: at(40),
      });
    });

    it('asks nothing of changes that were merged before anybody was told', () => {
      const old = seen(sighting(30, 'A', 'T'));
      expect(explanationStanding(facts({ ...merged, ...old }))).toEqual({
        state: 'submitted',
        text: 'T',
      });
    });

    it('grows stale when what it explains changes', () => {
      const changed = { ...merged, changedSince: at(50) };
      expect(stateOf({ ...changed, assessments: [genuine] })).toBe('stale');
      expect(stateOf(changed)).toBe('submitted');
    });
  });
});
