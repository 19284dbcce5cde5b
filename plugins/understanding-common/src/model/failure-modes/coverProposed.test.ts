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

const cover = (edges: CombinedEdge[], failureModes: string[] = []) =>
  coverProposed(
    [{ targetRef: CART, change }],
    edges,
    {
      failureModes: failureModes.map(id => ({
        id,
        targetRef: CART,
        condition: 'down',
      })),
      acceptances: [],
    },
    NOW,
    defaultSettings.edges,
  );

describe('coverProposed', () => {
  it('asks for an answer to what an open change would add', () => {
    expect(cover([])).toEqual([
      { targetRef: CART, change, unanswered: ['down', 'slow', 'wrong-data'] },
    ]);
    expect(cover([edge()], ['m1'])).toEqual([
      { targetRef: CART, change, unanswered: ['slow', 'wrong-data'] },
    ]);
  });

  it('leaves alone what is HARD already, and what people classified', () => {
    expect(cover([edge({ criticality: 'HARD' })])).toEqual([]);
    expect(
      cover([edge({ classified: { version: 1, at: NOW, by: 'user:a/b' } })]),
    ).toEqual([]);
  });
});
