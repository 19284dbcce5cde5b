import { Contradiction, Identifier } from '../../schemas';
import { claimantOf } from './identities';

/**
 * What the catalog says that an identifier is somebody's.
 * @public
 */
export interface IdentityClaim {
  readonly identifier: Identifier;
  readonly personRef: string;
  readonly removed: boolean;
}

/**
 * Identifiers about which the catalog contradicts itself, or somebody contradicts the
 * catalog, in the order of their values. What was confirmed for one of those who claim
 * it is settled.
 *
 * @param confirmed - people by {@link identifierKey}
 * @public
 */
export function identityContradictions(
  claims: readonly IdentityClaim[],
  confirmed: ReadonlyMap<string, string>,
): Contradiction[] {
  const byKey = new Map<string, IdentityClaim[]>();
  for (const claim of claims) {
    const key = identifierKey(claim.identifier);
    byKey.set(key, [...(byKey.get(key) ?? []), claim]);
  }
  return [...byKey]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([key, all]): Contradiction[] => {
      const personRefs = [...new Set(all.map(one => one.personRef))].sort();
      const decided = confirmed.get(key);
      const [{ identifier }] = all;
      if (decided !== undefined) {
        return personRefs.includes(decided)
          ? []
          : [{ identifier, type: 'confirmed', personRefs, decided }];
      }
      if (personRefs.length < 2) {
        return [];
      }
      const one = claimantOf(all);
      return one
        ? [
            {
              identifier,
              type: 'taken-over',
              personRefs,
              decided: one.personRef,
            },
          ]
        : [{ identifier, type: 'shared', personRefs }];
    });
}

/**
 * What tells identifiers apart.
 * @public
 */
export function identifierKey({ type, value }: Identifier): string {
  return `${value} ${type}`;
}
