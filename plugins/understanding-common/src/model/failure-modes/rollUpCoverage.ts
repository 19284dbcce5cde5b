import { Coverage, CoverageGroup, EntitySummary } from '../../schemas';

/**
 * Adds up the coverage of entities by the team that owns them, or by their system; the
 * groups with the most open answers first. Entities without an owner or a system are a
 * group of their own; of one that was not assessed yet nothing is known.
 * @public
 */
export function rollUpCoverage(
  summaries: readonly EntitySummary[],
  by: 'team' | 'system',
): CoverageGroup[] {
  const groups = new Map<string, CoverageGroup>();
  for (const summary of summaries) {
    if (!summary.coverage) {
      continue;
    }
    const ref = by === 'team' ? summary.ownerRef : summary.systemRef;
    const title = by === 'team' ? summary.ownerTitle : summary.systemTitle;
    const before = groups.get(ref ?? '');
    groups.set(ref ?? '', {
      ref,
      title: before?.title ?? title ?? ref,
      entities: (before?.entities ?? 0) + 1,
      coverage: sum(before?.coverage, summary.coverage),
    });
  }
  const open = ({ coverage }: CoverageGroup) =>
    coverage.required - coverage.answered;
  return [...groups.values()].sort(
    (a, b) => open(b) - open(a) || ((a.ref ?? '') < (b.ref ?? '') ? -1 : 1),
  );
}

function sum(a: Coverage | undefined, b: Coverage): Coverage {
  return {
    required: (a?.required ?? 0) + b.required,
    answered: (a?.answered ?? 0) + b.answered,
    tested: (a?.tested ?? 0) + b.tested,
  };
}
