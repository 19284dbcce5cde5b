import fc from 'fast-check';
import { edge, inDays, justBefore, NOW } from '../__testUtils__/builders';
import { answerFacts, instants } from '../__testUtils__/arbitraries';
import { defaultSettings } from '../settings';
import { AnswerFacts, coverEdges } from './coverEdges';

const CART = 'component:default/cart';
const settings = defaultSettings.edges;

function answers(overrides: Partial<AnswerFacts> = {}): AnswerFacts {
  return { failureModes: [], acceptances: [], ...overrides };
}

const described = { id: 'm1', targetRef: CART, condition: 'down' as const };
const accepted = {
  targetRef: CART,
  condition: 'down' as const,
  reason: 'It is cheaper to wait.',
  version: 1,
  by: 'user:default/ann',
  at: inDays(-5),
  until: inDays(20),
};

const down = (given: AnswerFacts, now: string = NOW) =>
  coverEdges([edge('cart')], given, now, settings).edges[0].conditions[0];

describe('coverEdges', () => {
  it('asks for the required conditions, and only where the entity may fail', () => {
    const { edges, coverage } = coverEdges(
      [
        edge('cart', { criticality: 'HARD' }),
        edge('ads', { criticality: 'SOFT' }),
        edge('money', { type: 'partOf' }),
      ],
      answers({ failureModes: [described] }),
      NOW,
      settings,
    );
    expect(
      edges.map(one =>
        one.conditions.map(
          ({ condition, required, state }) =>
            `${condition}${required ? '!' : ''} ${state}`,
        ),
      ),
    ).toEqual([
      [
        'down! described',
        'slow! none',
        'wrong-data! none',
        'partial none',
        'recovery none',
      ],
      [
        'down none',
        'slow none',
        'wrong-data none',
        'partial none',
        'recovery none',
      ],
      [],
    ]);
    expect(coverage).toEqual({ required: 3, answered: 1, tested: 0 });
  });

  it('counts a test until it expires, to the millisecond', () => {
    const given = answers({
      failureModes: [
        {
          ...described,
          latestTest: { result: 'as-expected', validUntil: inDays(3) },
        },
      ],
    });
    expect(down(given)).toEqual({
      condition: 'down',
      state: 'tested',
      required: true,
      failureModeId: 'm1',
      validUntil: inDays(3),
    });
    expect(down(given, justBefore(inDays(3))).state).toBe('tested');
    expect(down(given, inDays(3)).state).toBe('test-expired');
    expect(coverEdges([edge('cart')], given, NOW, settings).until).toBe(
      inDays(3),
    );
    expect(
      coverEdges([edge('cart')], given, inDays(3), settings),
    ).toMatchObject({
      coverage: { required: 3, answered: 1, tested: 0 },
      until: undefined,
    });
  });

  it('believes the latest test, also when it failed', () => {
    const given = answers({
      failureModes: [
        {
          ...described,
          latestTest: { result: 'otherwise', validUntil: inDays(100) },
        },
      ],
    });
    expect(down(given).state).toBe('described');
  });

  it('takes an acceptance until its end, and then what is described', () => {
    const given = answers({
      failureModes: [described],
      acceptances: [accepted],
    });
    expect(down(given)).toMatchObject({
      state: 'accepted',
      failureModeId: 'm1',
      validUntil: inDays(20),
      acceptance: { reason: 'It is cheaper to wait.', by: 'user:default/ann' },
    });
    expect(down(given, inDays(20)).state).toBe('described');
    expect(down(answers({ acceptances: [accepted] }), inDays(20)).state).toBe(
      'none',
    );
  });

  it('shows the best of several answers, and falls due with it', () => {
    const test = (id: string, days: number) => ({
      ...described,
      id,
      latestTest: {
        result: 'as-expected' as const,
        validUntil: inDays(days),
      },
    });
    const given = answers({
      failureModes: [described, test('m2', 5), test('m3', 9), test('m4', -1)],
      acceptances: [accepted],
    });
    expect(down(given)).toMatchObject({ state: 'tested', failureModeId: 'm3' });
    expect(coverEdges([edge('cart')], given, NOW, settings).until).toBe(
      inDays(9),
    );
    expect(down(given, inDays(9)).state).toBe('accepted');
  });

  it('holds until it says so, and counts what it shows', () => {
    const edges = [
      edge('a', { criticality: 'HARD' }),
      edge('b'),
      edge('c', { criticality: 'SOFT' }),
    ];
    fc.assert(
      fc.property(answerFacts, instants, (given, now) => {
        const first = coverEdges(edges, given, now, settings);
        const { coverage, until } = first;
        const pairs = first.edges.flatMap(one =>
          one.conditions.filter(({ required }) => required),
        );
        expect(pairs).toHaveLength(coverage.required);
        expect(pairs.filter(one => one.state !== 'none')).toHaveLength(
          coverage.answered,
        );
        expect(coverage.required).toBe(6);
        expect(until === undefined || until > now).toBe(true);
        const last = justBefore(until ?? '2999-01-01T00:00:00.000Z');
        expect(coverEdges(edges, given, last, settings)).toEqual(first);
      }),
    );
  });
});
