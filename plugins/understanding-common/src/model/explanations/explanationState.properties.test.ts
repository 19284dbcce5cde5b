import fc from 'fast-check';
import {
  ExplanationFacts,
  ExplanationSighting,
  ReviewerAssessment,
  WrittenExplanation,
} from './explanationFacts';
import { explanationStanding } from './explanationState';

const PEOPLE = ['ada', 'bob', 'cem'];
const AUTHOR = 'ada';

/** What somebody does on the host, or on a page. */
const actions = fc.oneof(
  fc.record({
    type: fc.constant('push' as const),
    code: fc.constantFrom('A', 'B', 'C'),
  }),
  fc.record({
    type: fc.constant('edit' as const),
    text: fc.constantFrom('T', 'U', undefined),
  }),
  fc.record({
    type: fc.constant('write' as const),
    text: fc.constantFrom('P', 'Q'),
  }),
  fc.record({
    type: fc.constant('assess' as const),
    reviewer: fc.constantFrom(...PEOPLE, undefined),
    bot: fc.boolean(),
    result: fc.constantFrom(
      'genuine' as const,
      'genuine' as const,
      'surface' as const,
      'not-assessable' as const,
    ),
    withdrawn: fc.boolean(),
  }),
);

/** With the seconds since the one before, and whether we are told of it. */
const historiesTold = (told: fc.Arbitrary<boolean>) =>
  fc.array(
    fc.record({ action: actions, seconds: fc.constantFrom(0, 1, 2), told }),
    { minLength: 1, maxLength: 14 },
  );
const histories = historiesTold(fc.boolean());

type History = typeof histories extends fc.Arbitrary<infer T> ? T : never;

/** What was really there when somebody found something. */
interface Truth extends ReviewerAssessment {
  readonly seenCode: string;
  readonly seenText?: string;
}

/**
 * Lives a history through; the last state is always told. What was there before
 * something that nobody told of does not come back: nobody could know what was seen in
 * between.
 */
function live(history: History) {
  let second = 0;
  let now: { code: string; described?: string } = { code: 'A' };
  let text: string | undefined;
  let pageText: string | undefined;
  const sightings: ExplanationSighting[] = [];
  const written: WrittenExplanation[] = [];
  const truths: Truth[] = [];
  const instant = () =>
    new Date(Date.UTC(2026, 4, 20) + second * 1000).toISOString();
  const see = () =>
    sightings.push({
      at: instant(),
      code: now.code,
      text: now.described,
      asked: false,
    });
  see();
  let untold = 0;
  const onPage = history.some(({ action }) => action.type === 'write');
  for (const { action, seconds, told: wouldBeTold } of history) {
    // Which of two texts came last is told by what we are told of both.
    const told = wouldBeTold || (onPage && action.type === 'edit');
    untold += told ? 0 : 1;
    const round = untold || '';
    second += seconds;
    switch (action.type) {
      case 'push':
        now = { ...now, code: `${action.code}${round}` };
        break;
      case 'edit': {
        const described = action.text && `${action.text}${round}`;
        if (described !== now.described) {
          text = described ?? pageText;
        }
        now = { ...now, described };
        break;
      }
      case 'write':
        // Our clock tells milliseconds, the host's only seconds.
        second += 1;
        pageText = action.text;
        text = action.text;
        written.push({ at: instant(), text: action.text });
        second += 1;
        break;
      default: {
        const { reviewer, bot, result, withdrawn } = action;
        truths.push({
          ...{ reviewer, bot, result, withdrawn, at: instant() },
          seenCode: now.code,
          seenText: text,
        });
      }
    }
    if (told && action.type !== 'write' && action.type !== 'assess') {
      see();
    }
  }
  const current = { at: instant(), code: now.code, text: now.described };
  return { current, sightings, written, truths };
}

function factsOf(history: History): ExplanationFacts {
  const { truths, ...rest } = live(history);
  return {
    ...rest,
    assessments: truths.map(
      ({ seenCode: _code, seenText: _text, ...assessment }) => assessment,
    ),
    authors: [AUTHOR],
    authorsKnownOf: [rest.current.code],
    required: true,
  };
}

describe('explanationStanding', () => {
  it('accepts only what an outsider found genuine, of that text and that code', () => {
    fc.assert(
      fc.property(histories, history => {
        const { truths, current } = live(history);
        const { state, text } = explanationStanding(factsOf(history));
        const honest = truths.some(
          one =>
            one.result === 'genuine' &&
            one.reviewer !== undefined &&
            one.reviewer !== AUTHOR &&
            !one.bot &&
            !one.withdrawn &&
            one.seenCode === current.code &&
            one.seenText === text,
        );
        expect(state !== 'accepted' || honest).toBe(true);
        expect(text === undefined).toBe(state === 'missing');
      }),
      { numRuns: 3000 },
    );
  });

  it('lets no surface go unless its reviewer, or newer code, takes it away', () => {
    fc.assert(
      fc.property(historiesTold(fc.constant(true)), history => {
        const { truths, current } = live(history);
        const { state } = explanationStanding(factsOf(history));
        const outsiders = truths.filter(
          one =>
            one.reviewer !== undefined && one.reviewer !== AUTHOR && !one.bot,
        );
        const last = PEOPLE.map(reviewer =>
          outsiders
            .filter(
              one =>
                one.reviewer === reviewer &&
                (!one.withdrawn || one.result === 'surface'),
            )
            .pop(),
        );
        const stands = last.some(
          one => one?.result === 'surface' && one.seenCode === current.code,
        );
        expect(!stands || ['returned', 'missing'].includes(state)).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });

  it('accepts what an honest flow led to, wherever it came from', () => {
    fc.assert(
      fc.property(histories, history => {
        const { assessments, ...facts } = factsOf(history);
        const { text } = explanationStanding({ ...facts, assessments });
        fc.pre(text !== undefined);
        const later = '2026-06-01T00:00:00.000Z';
        const genuine = PEOPLE.filter(one => one !== AUTHOR).map(reviewer => ({
          ...{ reviewer, at: later, bot: false, withdrawn: false },
          result: 'genuine' as const,
        }));
        expect(
          explanationStanding({
            ...facts,
            assessments: [...assessments, ...genuine],
          }),
        ).toEqual({ state: 'accepted', text });
      }),
      { numRuns: 1000 },
    );
  });

  it('is the same in whatever order its facts became known, and told twice', () => {
    const shuffled = <T>(all: readonly T[]) =>
      fc.shuffledSubarray([...all, ...all], { minLength: 2 * all.length });
    const merges = fc.option(
      fc
        .integer({ min: 0, max: 20 })
        .map(second =>
          new Date(Date.UTC(2026, 4, 20) + second * 1000).toISOString(),
        ),
      { nil: undefined },
    );
    fc.assert(
      fc.property(
        fc.tuple(histories, merges).chain(([history, mergedAt]) => {
          const facts = { ...factsOf(history), mergedAt };
          return fc.tuple(
            fc.constant(facts),
            shuffled(facts.sightings),
            shuffled(facts.written),
            shuffled(facts.assessments),
          );
        }),
        ([facts, sightings, written, assessments]) => {
          expect(
            explanationStanding({ ...facts, sightings, written, assessments }),
          ).toEqual(explanationStanding(facts));
        },
      ),
      { numRuns: 1000 },
    );
  });
});
