import * as fc from 'fast-check';
import { planeSchema } from '../../schemas';
import { defaultSettings, daysAfter } from '../settings';
import { PathRecord, readingPath } from './readingPath';
import {
  unansweredQuestions,
  walkthroughQuestions,
} from './walkthroughQuestions';
import { WalkthroughFacts, walkthroughStanding } from './walkthroughStanding';

const ADA = 'user:default/ada';
const BOB = 'user:default/bob';
const START = '2026-01-01T00:00:00.000Z';
const day = (days: number) => daysAfter(START, days);
const settings = defaultSettings.walkthroughs;

const questions = walkthroughQuestions({
  title: 'Ledger',
  edges: [
    {
      targetRef: 'resource:default/db',
      targetTitle: 'DB',
      criticality: 'HARD',
    },
    {
      targetRef: 'resource:default/mail',
      targetTitle: 'Mail',
      criticality: 'SOFT',
    },
  ],
  callers: ['Cart'],
  limits: [],
});

describe('walkthroughQuestions', () => {
  it('asks of load, state, each HARD dependency, limits and recovery', () => {
    expect(questions.map(one => [one.key, one.reason])).toEqual([
      ['load', 'Cart depends on it.'],
      ['state', 'It depends on DB and Mail, each of which can fail alone.'],
      [
        'gone resource:default/db',
        'DB is a HARD dependency: Ledger fails without it.',
      ],
      ['limits', 'Nobody has written down a limit of it yet.'],
      ['recovery', 'Whoever is called at night has to know.'],
    ]);
  });

  it('counts what would be too many names', () => {
    const [load] = walkthroughQuestions({
      title: 'Ledger',
      edges: [],
      callers: Array.from({ length: 300 }, (_, index) => `C${index}`),
      limits: [],
    });
    expect(load.reason).toBe('C0, C1, C2, C3, C4 and 295 more depend on it.');
  });

  it('takes an answer of dots or invisible letters for none', () => {
    const answers = questions.map(({ key, question }) => ({
      key,
      question,
      answer: 'So.',
    }));
    expect(unansweredQuestions(questions, answers)).toEqual([]);
    answers[0].answer = ' …\u200b ';
    expect(unansweredQuestions(questions, answers)).toEqual([questions[0]]);
  });
});

describe('walkthroughStanding', () => {
  const facts = (more: Partial<WalkthroughFacts> = {}): WalkthroughFacts => ({
    versions: [{ at: START, text: 'a', author: ADA }],
    assessments: [],
    changesSince: () => 0,
    unanswered: [],
    ...more,
  });
  const genuine = { text: 'a', reviewer: BOB, result: 'genuine' } as const;
  const accepted = facts({ assessments: [{ ...genuine, at: day(1) }] });

  it.each<[string, WalkthroughFacts, number, object]>([
    ['nothing', facts({ versions: [] }), 2, { state: 'missing', due: [] }],
    ['a text', facts(), 2, { state: 'submitted', dueAt: day(180) }],
    [
      'one that a second person accepted',
      accepted,
      2,
      { state: 'accepted', dueAt: day(181), due: [] },
    ],
    [
      'one that its author accepted',
      facts({ assessments: [{ ...genuine, reviewer: ADA, at: day(1) }] }),
      2,
      { state: 'submitted', dueAt: day(180) },
    ],
    [
      'one of 180 days',
      accepted,
      181,
      { state: 'stale', due: ['Nobody has confirmed it for 180 days.'] },
    ],
    ['one of less', accepted, 180.99, { state: 'accepted', due: [] }],
    [
      'one of 20 changes',
      { ...accepted, changesSince: at => (at === day(1) ? 20 : 25) },
      2,
      {
        state: 'stale',
        significantChanges: 20,
        due: ['20 significant changes were merged since it was confirmed.'],
      },
    ],
    [
      'one that lacks an answer by now',
      { ...accepted, unanswered: [questions[2]] },
      2,
      {
        state: 'stale',
        due: ['It does not answer: What happens to data when DB is gone?'],
      },
    ],
    [
      'one that was confirmed again',
      facts({
        assessments: [
          { ...genuine, at: day(1) },
          { ...genuine, at: day(170) },
        ],
      }),
      200,
      { state: 'accepted', dueAt: day(350) },
    ],
    [
      'another text',
      facts({
        versions: [
          { at: START, text: 'a', author: ADA },
          { at: day(3), text: 'b', author: ADA },
        ],
        assessments: [{ ...genuine, at: day(1) }],
      }),
      4,
      { state: 'submitted', dueAt: day(183) },
    ],
    [
      'one that a former writer accepted',
      facts({
        versions: [
          { at: START, text: 'a', author: BOB },
          { at: day(3), text: 'b', author: ADA },
        ],
        assessments: [{ ...genuine, text: 'b', at: day(4) }],
      }),
      5,
      { state: 'submitted' },
    ],
    [
      'a surface',
      facts({ assessments: [{ ...genuine, result: 'surface', at: day(1) }] }),
      2,
      { state: 'returned' },
    ],
  ])('judges %s', (_case, given, days, expected) => {
    expect(walkthroughStanding(given, day(days), settings)).toMatchObject(
      expected,
    );
  });

  it('is the same in whatever order facts became known, and never accepts alone', () => {
    const people = fc.constantFrom(ADA, BOB);
    const texts = fc.constantFrom('a', 'b');
    const at = fc.integer({ min: 0, max: 9 }).map(day);
    fc.assert(
      fc.property(
        fc.array(fc.record({ at, text: texts, author: people }), {
          maxLength: 4,
        }),
        fc.array(
          fc.record({
            at,
            text: texts,
            reviewer: people,
            result: fc.constantFrom('genuine', 'surface', 'not-assessable'),
          }),
          { maxLength: 5 },
        ),
        (versions, assessments) => {
          const given = facts({
            versions,
            assessments: assessments as WalkthroughFacts['assessments'],
          });
          const standing = walkthroughStanding(given, day(20), settings);
          expect(
            walkthroughStanding(
              facts({
                versions: [...versions].reverse(),
                assessments: [...given.assessments].reverse(),
              }),
              day(20),
              settings,
            ),
          ).toEqual(standing);
          const writers = new Set(versions.map(one => one.author));
          // Both of the two wrote some of it, so that nobody is left to accept it.
          expect(writers.size === 2 && standing.state === 'accepted').toBe(
            false,
          );
        },
      ),
    );
  });
});

describe('readingPath', () => {
  const one = (name: string, more: Partial<PathRecord> = {}) => ({
    name,
    planes: [],
    targetRefs: [],
    helped: 0,
    notHelped: 0,
    ...more,
  });

  it('goes by plane, then by dependency, and puts what did not help last', () => {
    const path = readingPath(
      [
        one('newest', { planes: ['data'], notHelped: 2, helped: 1 }),
        one('next', { planes: ['data'], targetRefs: ['b'] }),
        one('old', { planes: ['data'], helped: 1, notHelped: 1 }),
        one('other'),
      ],
      ['a', 'b'],
    );
    expect(
      path.map(group => [
        group.plane ?? group.targetRef ?? 'neither',
        group.items.map(item => item.name),
      ]),
    ).toEqual([
      ['data', ['next', 'old', 'newest']],
      ['b', ['next']],
      ['neither', ['other']],
    ]);
  });

  it('never has more than five of one kind, nor one that is not of it', () => {
    const record = fc.record({
      planes: fc.subarray([...planeSchema.options]),
      targetRefs: fc.subarray(['a', 'b', 'c']),
      helped: fc.nat(3),
      notHelped: fc.nat(3),
    });
    fc.assert(
      fc.property(fc.array(record), records => {
        for (const { items, plane, targetRef } of readingPath(records, [
          'a',
          'b',
        ])) {
          expect(items.length).toBeLessThanOrEqual(5);
          expect(
            items.every(
              item =>
                (!plane || item.planes.includes(plane)) &&
                (!targetRef || item.targetRefs.includes(targetRef)),
            ),
          ).toBe(true);
        }
      }),
    );
  });
});
