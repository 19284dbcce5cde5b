import { Plane, planeSchema } from '../../schemas';

/**
 * A record as it is sorted into a reading path.
 * @public
 */
export interface PathRecord {
  readonly planes: readonly Plane[];
  /** Dependencies that it is about. */
  readonly targetRefs: readonly string[];
  /** Readers whom it helped, and whom it did not. */
  readonly helped: number;
  readonly notHelped: number;
}

/**
 * A part of a reading path: a plane, a dependency, or what is of neither.
 * @public
 */
export interface PathGroup<T> {
  readonly plane?: Plane;
  readonly targetRef?: string;
  readonly items: readonly T[];
}

/** Records of one group; more are not read by a newcomer. */
const MAX_RECORDS = 5;

/**
 * What a newcomer reads after the walkthrough: the last records of each plane, then of
 * each dependency, then those that are of neither. One that helped fewer readers than
 * it did not comes after all others; it is not hidden.
 *
 * @param records - the newest first
 * @param targetRefs - the dependencies of the entity, in the order wanted
 * @public
 */
export function readingPath<T extends PathRecord>(
  records: readonly T[],
  targetRefs: readonly string[],
): PathGroup<T>[] {
  const last = (belongs: (record: T) => boolean) => {
    const found = records.filter(belongs);
    const isUnhelpful = (one: T) => one.notHelped > one.helped;
    return [
      ...found.filter(one => !isUnhelpful(one)),
      ...found.filter(isUnhelpful),
    ].slice(0, MAX_RECORDS);
  };
  const groups: PathGroup<T>[] = [
    ...planeSchema.options.map(plane => ({
      plane,
      items: last(one => one.planes.includes(plane)),
    })),
    ...targetRefs.map(targetRef => ({
      targetRef,
      items: last(one => one.targetRefs.includes(targetRef)),
    })),
    {
      items: last(
        one => one.planes.length === 0 && one.targetRefs.length === 0,
      ),
    },
  ];
  return groups.filter(group => group.items.length > 0);
}
