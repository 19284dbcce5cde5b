import { defaultSettings } from '../settings';
import { NOW, inDays } from '../__testUtils__/builders';
import { CombinedEdge } from '../entities/combineEdges';
import { coverProposed } from './coverProposed';

const CART = 'component:default/cart';
const change = { url: 'https://code.example/7', title: 'Ask the cart' };

function edge(part: Partial<CombinedEdge> = {}): CombinedEdge {
  return {
    sourceRef: 'component:default/shop',
    type: 'dependsOn',
    targetRef: CART,
    apiRefs: [],
    origin: 'declared',
    criticality: 'SOFT',
    firstSeen: inDays(-9),
    lastSeen: NOW,
    ...part,
  };
}

const withAnswers = (
  edges: CombinedEdge[],
  failureModes: string[],
  accepted: Array<[condition: 'down' | 'slow', days: number]> = [],
) =>
  coverProposed(
    [{ targetRef: CART, change }],
    edges,
    {
      failureModes: failureModes.map(id => ({
        id,
        targetRef: CART,
        condition: 'down',
      })),
      acceptances: accepted.map(([condition, days]) => ({
        targetRef: CART,
        condition,
        reason: 'It is cheaper to wait.',
        version: 1,
        by: 'user:a/b',
        at: inDays(-1),
        until: inDays(days),
      })),
    },
    NOW,
    defaultSettings.edges,
  );

const cover = (edges: CombinedEdge[], failureModes: string[] = []) =>
  withAnswers(edges, failureModes).edges;

describe('coverProposed', () => {
  it('asks for an answer to what an open change would add', () => {
    expect(cover([])).toEqual([
      { targetRef: CART, change, unanswered: ['down', 'slow', 'wrong-data'] },
    ]);
    expect(cover([edge()], ['m1'])).toEqual([
      { targetRef: CART, change, unanswered: ['slow', 'wrong-data'] },
    ]);
  });

  it('tells when what was accepted ends, unless there is another answer', () => {
    const accepted = withAnswers(
      [],
      ['m1'],
      [
        ['down', 3],
        ['slow', 5],
      ],
    );
    expect(accepted).toMatchObject({
      edges: [{ unanswered: ['wrong-data'] }],
      until: inDays(5),
    });
    expect(withAnswers([], ['m1'], [['down', 3]]).until).toBeUndefined();
  });

  it('leaves alone what is HARD already, and what people classified', () => {
    expect(cover([edge({ criticality: 'HARD' })])).toEqual([]);
    expect(
      cover([edge({ classified: { version: 1, at: NOW, by: 'user:a/b' } })]),
    ).toEqual([]);
  });
});
