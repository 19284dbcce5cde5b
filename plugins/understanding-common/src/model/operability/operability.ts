import {
  EntityUnderstanding,
  FlagRuleId,
  Operability,
  OperabilityReason,
} from '../../schemas';

/**
 * The rules of flags by which an entity is not operable, and from which severity on:
 * an assumption that only ends soon, or a document that is only behind, keeps nobody
 * from operating it.
 */
const DECIDING: Partial<Record<FlagRuleId, 'any' | 'high'>> = {
  'no-owner': 'any',
  'thin-understanding': 'any',
  'expiring-assumption': 'high',
};

/**
 * Whether an entity is ready to be operated: there is an owner with active members,
 * enough active people understand it, every required condition of its HARD and
 * UNCLASSIFIED dependencies has an answer, its merged changes are explained where its
 * policy asks for that, its documents are there and not contradicted, and no
 * assumption has expired or was refuted. Where nothing of that fails, but something
 * cannot be seen, it is unknown.
 *
 * @param openDebts - explanations that it owes for merged changes
 * @public
 */
export function operabilityOf(
  {
    summary,
    flags,
    edges,
    hiddenEdges,
  }: Pick<EntityUnderstanding, 'summary' | 'flags' | 'edges' | 'hiddenEdges'>,
  openDebts: number,
): Operability {
  const reasons: OperabilityReason[] = [
    ...flags
      .filter(({ rule, severity }) => {
        const deciding = DECIDING[rule];
        return deciding === 'any' || deciding === severity;
      })
      .flatMap(({ reasons: why, repair }) =>
        why.map(reason => ({ ...reason, repair })),
      ),
    ...ofDocuments(summary.documentState, flags),
    ...ofDependencies(summary.coverage, edges, hiddenEdges),
    ...(openDebts > 0
      ? [
          {
            message: `${openDebts} merged ${
              openDebts === 1 ? 'change has' : 'changes have'
            } no accepted explanation, which its policy asks for`,
            repair: {
              message:
                'Explain what was merged, and let somebody else assess it.',
            },
          },
        ]
      : []),
  ];
  const unseen = [
    ...(summary.understoodBy === undefined ? ['who understands it'] : []),
    ...(summary.documentState === 'unknown' ? ['its documents'] : []),
    ...(summary.coverage === undefined ? ['its dependencies'] : []),
  ];
  const unlessUnseen = unseen.length > 0 ? 'unknown' : 'operable';
  return {
    entityRef: summary.entityRef,
    state: reasons.length > 0 ? 'not-operable' : unlessUnseen,
    reasons,
    unseen,
    computedAt: summary.computedAt,
  };
}

function ofDocuments(
  state: EntityUnderstanding['summary']['documentState'],
  flags: EntityUnderstanding['flags'],
): OperabilityReason[] {
  if (state !== 'contradicted' && state !== 'missing') {
    return [];
  }
  return flags
    .filter(({ rule }) => rule === 'stale-docs')
    .flatMap(({ reasons, repair }) =>
      reasons.map(reason => ({ ...reason, repair })),
    );
}

/** Those that may be seen by name, and the others by their number. */
function ofDependencies(
  coverage: EntityUnderstanding['summary']['coverage'],
  edges: EntityUnderstanding['edges'],
  hiddenEdges: number,
): OperabilityReason[] {
  const open = edges
    .map(({ targetRef, criticality, conditions }) => ({
      targetRef,
      criticality,
      conditions: conditions
        .filter(one => one.required && one.state === 'none')
        .map(one => one.condition),
    }))
    .filter(one => one.conditions.length > 0);
  const repair = {
    message:
      'Describe one failure mode for each of them, or accept it with a reason and an end.',
  };
  const named = open.map(({ targetRef, criticality, conditions }) => ({
    message: `No answer for ${targetRef} being ${conditions.join(
      ', ',
    )}; the dependency is ${criticality}`,
    entityRef: targetRef,
    repair,
  }));
  const total = coverage ? coverage.required - coverage.answered : 0;
  const hidden =
    total - open.reduce((sum, one) => sum + one.conditions.length, 0);
  return hiddenEdges > 0 && hidden > 0
    ? [
        ...named,
        {
          message: `${hidden} ${
            hidden === 1 ? 'answer is' : 'answers are'
          } missing for dependencies that you may not see`,
          repair,
        },
      ]
    : named;
}
