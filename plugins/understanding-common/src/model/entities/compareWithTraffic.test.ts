import { defaultSettings } from '../settings';
import { edge, inDays, justBefore, NOW } from '../__testUtils__/builders';
import { compareWithTraffic, TrafficFacts } from './compareWithTraffic';

const LEDGER = 'component:default/cart';
const settings = defaultSettings.edges;

function traffic(overrides: Partial<TrafficFacts> = {}): TrafficFacts {
  return {
    observed: [
      {
        targetRef: 'component:default/notifier',
        firstSeen: inDays(-90),
        lastSeen: inDays(-1),
      },
    ],
    targetsLastSeen: new Map([[LEDGER, inDays(-2)]]),
    ...overrides,
  };
}

const compare = (given: TrafficFacts, now: string = NOW) =>
  compareWithTraffic([edge('cart')], given, now, settings);

describe('compareWithTraffic', () => {
  it('misses a call where both sides take part in traffic otherwise', () => {
    expect(compare(traffic())).toEqual({
      unseen: [{ targetRef: LEDGER, since: inDays(-300) }],
      undeclared: [],
      // Then the target has not been seen itself for 30 days.
      until: inDays(28),
    });
    expect(compare(traffic(), inDays(28))?.unseen).toEqual([]);
  });

  it('says nothing where nothing of the source was ever seen', () => {
    expect(compare(traffic({ observed: [] }))).toBeUndefined();
  });

  it('misses nothing of what is never seen at all, such as a database', () => {
    expect(compare(traffic({ targetsLastSeen: new Map() }))?.unseen).toEqual(
      [],
    );
  });

  it('waits until the source has been seen for long enough', () => {
    const observed = [
      {
        targetRef: 'component:default/notifier',
        firstSeen: inDays(-10),
        lastSeen: inDays(0),
      },
    ];
    const given = traffic({
      observed,
      targetsLastSeen: new Map([[LEDGER, inDays(0)]]),
    });
    expect(compare(given)).toEqual({
      unseen: [],
      undeclared: [],
      until: inDays(20),
    });
    expect(compare(given, justBefore(inDays(20)))?.unseen).toEqual([]);
    expect(compare(given, inDays(20))?.unseen).toHaveLength(1);
  });

  it('counts from the last call where there was one', () => {
    const observed = [
      { targetRef: LEDGER, firstSeen: inDays(-90), lastSeen: inDays(-40) },
      ...traffic().observed,
    ];
    const given = traffic({ observed });
    expect(compare(given)?.unseen).toEqual([
      { targetRef: LEDGER, since: inDays(-40) },
    ]);
    expect(compare(given, inDays(-20))?.until).toBe(inDays(-10));
    expect(compare(given, justBefore(inDays(-10)))?.unseen).toEqual([]);
  });

  it('names what is called and not declared, as long as it is', () => {
    const observed = [
      { targetRef: LEDGER, firstSeen: inDays(-9), lastSeen: inDays(-3) },
    ];
    const edges = [edge('cart', { origin: 'observed', lastSeen: inDays(-3) })];
    const given = traffic({ observed });
    expect(compareWithTraffic(edges, given, NOW, settings)).toEqual({
      unseen: [],
      undeclared: [{ targetRef: LEDGER, lastSeen: inDays(-3) }],
      until: inDays(27),
    });
    expect(
      compareWithTraffic(edges, given, inDays(27), settings)?.undeclared,
    ).toEqual([]);
  });

  it('does not count what an entity is part of', () => {
    const edges = [edge('cart', { type: 'partOf' })];
    expect(compareWithTraffic(edges, traffic(), NOW, settings)?.unseen).toEqual(
      [],
    );
  });
});
