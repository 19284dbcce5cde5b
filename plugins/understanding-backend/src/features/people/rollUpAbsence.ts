import {
  AbsenceGroup,
  AbsenceOfGroup,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { absenceFactorOfGroups } from '@understanding-dev/git-knowledge';
import { AuthoredEntity } from './AbsenceStore';

/** More than this nobody reads in a list; all are counted. */
const MAX_NAMED = 100;

/**
 * The absence factor of each team or system: that of the files of its entities
 * together, of which those with the same source count once. An author who is not
 * active any more covers nothing.
 *
 * @returns those with most entities that nobody, then one person, is left of, first
 */
export function rollUpAbsence(
  entities: readonly AuthoredEntity[],
  by: 'team' | 'system',
  isActive: (personRef: string) => boolean,
): AbsenceGroup[] {
  const groups = new Map<string, AuthoredEntity[]>();
  for (const entity of entities) {
    const key = refOf(entity, by) ?? '';
    const group = groups.get(key) ?? [];
    group.push(entity);
    groups.set(key, group);
  }
  return [...groups]
    .map(([ref, group]): AbsenceGroup => {
      const [{ summary }] = group;
      const title = by === 'team' ? summary.ownerTitle : summary.systemTitle;
      const {
        entitiesWithNobody: _nobody,
        entitiesWithOne: _one,
        ...absence
      } = absenceOf(group, isActive);
      return ref ? { ref, title, ...absence } : absence;
    })
    .sort(
      (a, b) =>
        b.nobodyLeft - a.nobodyLeft ||
        b.oneLeft - a.oneLeft ||
        ((a.ref ?? '') < (b.ref ?? '') ? -1 : 1),
    );
}

/** What a person owns is no team's: nothing is added up of people. */
function refOf(
  { summary: { ownerRef, systemRef } }: AuthoredEntity,
  by: 'team' | 'system',
): string | undefined {
  if (by === 'system') {
    return systemRef;
  }
  return ownerRef?.startsWith('user:') ? undefined : ownerRef;
}

/** The same of the entities of one team or system, and which are in danger. */
export function absenceOf(
  entities: readonly AuthoredEntity[],
  isActive: (personRef: string) => boolean,
): Omit<AbsenceOfGroup, 'ref' | 'title'> {
  const counted = entities.flatMap(({ read, summary }) =>
    read
      ? [
          {
            ...read,
            summary,
            authorship: read.authorship.map(({ authors, files }) => ({
              authors: authors.filter(isActive),
              files,
            })),
          },
        ]
      : [],
  );
  const bySource = new Map(counted.map(one => [one.sourceKey, one.authorship]));
  const withFactor = (factor: number) =>
    counted
      .filter(one => absenceFactorOfGroups(one.authorship).factor === factor)
      .map(({ summary: { entityRef, title } }) => ({ entityRef, title }))
      .sort((a, b) => (a.title < b.title ? -1 : 1));
  const nobody = withFactor(0);
  const one = withFactor(1);
  const [readAt] = counted.map(read => read.readAt).sort();
  return {
    entities: counted.length,
    unread: entities.length - counted.length,
    factor: absenceFactorOfGroups([...bySource.values()].flat()),
    nobodyLeft: nobody.length,
    oneLeft: one.length,
    readAt,
    entitiesWithNobody: nobody.slice(0, MAX_NAMED),
    entitiesWithOne: one.slice(0, MAX_NAMED),
  };
}
