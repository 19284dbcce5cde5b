import fc from 'fast-check';
import {
  Edge,
  EntityUnderstanding,
  Flag,
  entitySummarySchema,
  operabilitySchema,
} from '../../schemas';
import { NOW } from '../__testUtils__/builders';
import { operabilityOf } from './operability';

const REF = 'component:default/ledger';
const DATABASE = 'component:default/ledger-db';

function flag(rule: Flag['rule'], severity: Flag['severity']): Flag {
  return {
    id: rule,
    entityRef: REF,
    rule,
    severity,
    reasons: [{ message: `${rule} it is` }],
    repair: { message: `Repair ${rule}` },
    since: NOW,
    state: 'open',
  };
}

function edge(state: 'none' | 'described', required: boolean = true): Edge {
  return {
    sourceRef: REF,
    type: 'dependsOn',
    targetRef: DATABASE,
    apiRefs: [],
    origin: 'declared',
    criticality: 'HARD',
    conditions: [{ condition: 'down', state, required }],
    firstSeen: NOW,
    lastSeen: NOW,
  } as unknown as Edge;
}

function known(
  part: Partial<EntityUnderstanding['summary']> = {},
  more: Partial<
    Pick<EntityUnderstanding, 'flags' | 'edges' | 'hiddenEdges'>
  > = {},
) {
  return {
    summary: entitySummarySchema.parse({
      entityRef: REF,
      kind: 'component',
      namespace: 'default',
      name: 'ledger',
      title: 'Ledger',
      example: false,
      understoodBy: 2,
      understoodByMinimum: 2,
      documentState: 'fresh',
      coverage: { required: 0, answered: 0, tested: 0 },
      flags: [],
      computedAt: NOW,
      ...part,
    }),
    flags: [],
    edges: [],
    hiddenEdges: 0,
    ...more,
  };
}

describe('operabilityOf', () => {
  it('is operable where nothing is missing', () => {
    const { edges } = known({}, { edges: [edge('described')] });
    expect(operabilityOf(known({}, { edges }), 0)).toEqual({
      entityRef: REF,
      state: 'operable',
      reasons: [],
      unseen: [],
      computedAt: NOW,
    });
  });

  it.each([
    ['no owner', known({}, { flags: [flag('no-owner', 'high')] }), 0],
    [
      'too few people',
      known({}, { flags: [flag('thin-understanding', 'medium')] }),
      0,
    ],
    [
      'an expired assumption',
      known({}, { flags: [flag('expiring-assumption', 'high')] }),
      0,
    ],
    [
      'a contradicted document',
      known(
        { documentState: 'contradicted' },
        { flags: [flag('stale-docs', 'high')] },
      ),
      0,
    ],
    ['an unanswered dependency', known({}, { edges: [edge('none')] }), 0],
    ['an explanation that is owed', known(), 1],
  ])('is not operable with %s, and says how to repair it', (_, one, debts) => {
    const { state, reasons } = operabilityOf(one, debts);
    expect(state).toBe('not-operable');
    expect(reasons).toHaveLength(1);
    expect(reasons[0].repair.message).not.toBe('');
  });

  it.each([
    [
      'an assumption that ends soon',
      known({}, { flags: [flag('expiring-assumption', 'medium')] }),
    ],
    [
      'a document that is behind',
      known(
        { documentState: 'changed-since' },
        { flags: [flag('stale-docs', 'medium')] },
      ),
    ],
    [
      'an answer that nobody asks for',
      known({}, { edges: [edge('none', false)] }),
    ],
    [
      'another flag',
      known({}, { flags: [flag('undeclared-dependency', 'medium')] }),
    ],
  ])('stays operable with %s', (_, one) => {
    expect(operabilityOf(one, 0).state).toBe('operable');
  });

  it('is unknown where something cannot be seen, and says what', () => {
    expect(
      operabilityOf(
        known({
          understoodBy: undefined,
          documentState: 'unknown',
          coverage: undefined,
        }),
        0,
      ),
    ).toMatchObject({
      state: 'unknown',
      unseen: ['who understands it', 'its documents', 'its dependencies'],
    });
  });

  it('counts what may not be seen, and never names it', () => {
    const { state, reasons } = operabilityOf(
      known(
        { coverage: { required: 3, answered: 0, tested: 0 } },
        { edges: [edge('none')], hiddenEdges: 1 },
      ),
      0,
    );
    expect(state).toBe('not-operable');
    expect(reasons.map(one => one.message)).toEqual([
      `No answer for ${DATABASE} being down; the dependency is HARD`,
      '2 answers are missing for dependencies that you may not see',
    ]);
  });

  it('has reasons exactly where it is not operable, and never hides what is unseen', () => {
    fc.assert(
      fc.property(
        fc.option(fc.nat({ max: 3 }), { nil: undefined }),
        fc.constantFrom('fresh', 'unknown', 'overdue'),
        fc.nat({ max: 2 }),
        fc.boolean(),
        (understoodBy, documentState, debts, ownerless) => {
          const said = operabilityOf(
            known(
              { understoodBy, documentState },
              { flags: ownerless ? [flag('no-owner', 'high')] : [] },
            ),
            debts,
          );
          expect(operabilitySchema.parse(said)).toEqual(said);
          expect(said.state === 'not-operable').toBe(said.reasons.length > 0);
          const isBlind =
            understoodBy === undefined || documentState === 'unknown';
          expect(said.unseen.length > 0).toBe(isBlind);
          expect(said.state === 'operable').toBe(
            !isBlind && debts === 0 && !ownerless,
          );
        },
      ),
      { numRuns: 200 },
    );
  });
});
