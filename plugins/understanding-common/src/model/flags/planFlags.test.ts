import fc from 'fast-check';
import { openFlags, ruleInputs } from '../__testUtils__/arbitraries';
import { ruleInput } from '../__testUtils__/builders';
import { FlagFinding, FlagRule } from './FlagRule';
import { FlagPlan, OpenFlag, planFlags } from './planFlags';
import { flagRules } from './rules';

const raised: FlagFinding = {
  type: 'raised',
  severity: 'medium',
  reasons: [{ message: 'because', file: 'README.md', line: 3 }],
  repair: { message: 'mend it' },
};
const content = {
  severity: 'medium',
  reasons: [{ message: 'because', file: 'README.md', line: 3 }],
  repair: { message: 'mend it' },
} as const;
const open: OpenFlag = { id: 'f1', rule: 'no-owner', ...content };
const nothing: FlagPlan = { open: [], update: [], resolve: [] };

function planOf(finding: FlagFinding, present: readonly OpenFlag[]): FlagPlan {
  const rule: FlagRule = {
    id: 'no-owner',
    title: 'A rule',
    description: 'It finds what it is told to find.',
    evaluate: () => finding,
  };
  return planFlags({ rules: [rule], input: ruleInput(), open: present });
}

/** What a store does with a plan. */
function apply(plan: FlagPlan, present: readonly OpenFlag[]): OpenFlag[] {
  return [
    ...present
      .filter(flag => !plan.resolve.some(one => one.id === flag.id))
      .map(flag => ({
        ...flag,
        ...plan.update.find(one => one.id === flag.id)?.content,
      })),
    ...plan.open.map(one => ({
      id: `new ${one.rule}`,
      rule: one.rule,
      ...one.content,
    })),
  ];
}

/** The flag that is open after a finding. */
function expected(
  finding: FlagFinding,
  rule: OpenFlag['rule'],
  before: OpenFlag | undefined,
): OpenFlag | undefined {
  switch (finding.type) {
    case 'raised': {
      const { severity, reasons, repair } = finding;
      const id = before?.id ?? `new ${rule}`;
      return { id, rule, severity, reasons, repair };
    }
    case 'clear':
      return undefined;
    default:
      return before;
  }
}

describe('planFlags', () => {
  it.each<[string, FlagFinding, OpenFlag[], Partial<FlagPlan>]>([
    ['opens', raised, [], { open: [{ rule: 'no-owner', content }] }],
    ['leaves the same alone', raised, [open], {}],
    [
      'resolves',
      { type: 'clear' },
      [open],
      { resolve: [{ id: 'f1', rule: 'no-owner' }] },
    ],
    ['has nothing to resolve', { type: 'clear' }, [], {}],
    ['leaves open what it cannot see', { type: 'unknown' }, [open], {}],
    ['raises nothing that it cannot see', { type: 'unknown' }, [], {}],
    [
      'leaves other rules alone',
      { type: 'clear' },
      [{ ...open, rule: 'stale-docs' }],
      {},
    ],
  ])('%s', (_, finding, present, plan) => {
    expect(planOf(finding, present)).toEqual({ ...nothing, ...plan });
  });

  it.each<[string, Partial<OpenFlag>]>([
    ['severity', { severity: 'high' }],
    ['reasons', { reasons: [{ message: 'because' }] }],
    ['repair', { repair: { message: 'mend it', url: 'https://example.com' } }],
  ])('updates where the %s differ', (_, difference) => {
    expect(planOf(raised, [{ ...open, ...difference }])).toEqual({
      ...nothing,
      update: [{ id: 'f1', rule: 'no-owner', content }],
    });
  });

  it('does not take an absent field for a difference', () => {
    const stored: OpenFlag = {
      ...open,
      reasons: [
        { line: 3, file: 'README.md', url: undefined, message: 'because' },
      ],
      repair: { url: undefined, message: 'mend it' },
    };
    expect(planOf(raised, [stored])).toEqual(nothing);
    expect(planOf(raised, JSON.parse(JSON.stringify([stored])))).toEqual(
      nothing,
    );
  });

  it('has nothing to do once it is applied', () => {
    fc.assert(
      fc.property(ruleInputs, openFlags, (input, present) => {
        const plan = planFlags({ rules: flagRules, input, open: present });
        const after = apply(plan, present);
        expect(planFlags({ rules: flagRules, input, open: after })).toEqual(
          nothing,
        );
        // At most one open flag for each rule.
        const rules = after.map(flag => flag.rule);
        expect(new Set(rules).size).toBe(rules.length);
      }),
    );
  });

  it('does for each rule what the rule alone says', () => {
    fc.assert(
      fc.property(ruleInputs, openFlags, (input, present) => {
        const after = apply(
          planFlags({ rules: flagRules, input, open: present }),
          present,
        );
        for (const rule of flagRules) {
          const before = present.find(flag => flag.rule === rule.id);
          const now = after.find(flag => flag.rule === rule.id);
          expect(now).toEqual(expected(rule.evaluate(input), rule.id, before));
        }
      }),
    );
  });
});
