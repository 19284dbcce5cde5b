import { UnderstandingSettings, daysAfter, earliest } from '../settings';
import { CombinedEdge, EdgeFacts, isDependency } from './combineEdges';

/**
 * When calls were seen at all, of the entity and of those that it depends on. What
 * never takes part in traffic that can be seen, such as most databases, is not there,
 * and of it nothing is said.
 * @public
 */
export interface TrafficFacts {
  readonly observed: EdgeFacts['observed'];
  /** When a target was last seen with any caller at all, by its reference. */
  readonly targetsLastSeen: ReadonlyMap<string, string>;
}

/** @public */
export interface TrafficComparison {
  /** Declared, and without a call for so long, though both are seen otherwise. */
  readonly unseen: ReadonlyArray<{ targetRef: string; since: string }>;
  /** Called of late, and not declared. */
  readonly undeclared: ReadonlyArray<{ targetRef: string; lastSeen: string }>;
  /**
   * Until when this holds. It may hold longer, when calls that are seen until then
   * put it off.
   */
  readonly until?: string;
}

/**
 * Compares what is declared with what was seen. A dependency counts as unseen only
 * where it would have been seen: the source has been seen calling others for that
 * long, and the target being called by others, both lately.
 *
 * @returns undefined when no call of the source was ever seen, so that nothing can be
 * said
 * @public
 */
export function compareWithTraffic(
  edges: readonly CombinedEdge[],
  traffic: TrafficFacts,
  now: string,
  settings: UnderstandingSettings['edges'],
): TrafficComparison | undefined {
  const { observed, targetsLastSeen } = traffic;
  if (observed.length === 0) {
    return undefined;
  }
  const after = (instant: string) => daysAfter(instant, settings.observedDays);
  const first = observed.map(one => one.firstSeen).sort()[0];
  const last = observed.map(one => one.lastSeen).sort()[observed.length - 1];
  const calls = new Map(observed.map(one => [one.targetRef, one.lastSeen]));
  const dependencies = edges.filter(isDependency);

  // Each finding holds from one instant until another, which are known beforehand.
  const unseen = dependencies.flatMap(({ targetRef, origin, firstSeen }) => {
    const targetSeen = targetsLastSeen.get(targetRef);
    if (origin === 'observed' || targetSeen === undefined) {
      return [];
    }
    const since = calls.get(targetRef) ?? firstSeen;
    const from = after(since > first ? since : first);
    const until = after(targetSeen < last ? targetSeen : last);
    return [{ targetRef, since, from, until }];
  });
  const undeclared = dependencies
    .filter(edge => edge.origin === 'observed')
    .map(({ targetRef, lastSeen }) => ({
      targetRef,
      lastSeen,
      until: after(lastSeen),
    }));
  return {
    unseen: unseen
      .filter(one => one.from <= now && now < one.until)
      .map(({ targetRef, since }) => ({ targetRef, since })),
    undeclared: undeclared
      .filter(one => now < one.until)
      .map(({ targetRef, lastSeen }) => ({ targetRef, lastSeen })),
    until: earliest(
      [
        ...unseen.map(one => one.from),
        ...[...unseen, ...undeclared].map(one => one.until),
      ].filter(instant => instant > now),
    ),
  };
}
