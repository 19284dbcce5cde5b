import { FlagRuleId, FlagSeverity, Reason, Repair } from '../../schemas';
import { FlagFinding, FlagRule, FlagRuleInput } from './FlagRule';

/**
 * What one flag says; which flag it is, and since when, the plan decides.
 * @public
 */
export interface FlagContent {
  readonly severity: FlagSeverity;
  readonly reasons: readonly Reason[];
  readonly repair: Repair;
}

/**
 * An open flag as it is stored.
 * @public
 */
export interface OpenFlag extends FlagContent {
  readonly id: string;
  readonly rule: FlagRuleId;
}

/**
 * The changes that bring the stored flags of one entity up to date.
 * @public
 */
export interface FlagPlan {
  readonly open: ReadonlyArray<{ rule: FlagRuleId; content: FlagContent }>;
  readonly update: ReadonlyArray<{
    id: string;
    rule: FlagRuleId;
    content: FlagContent;
  }>;
  readonly resolve: ReadonlyArray<{ id: string; rule: FlagRuleId }>;
}

/**
 * Compares what the rules say now with the flags that are open. Applying a plan and
 * planning again gives an empty plan. A rule that cannot see changes nothing.
 * @public
 */
export function planFlags(options: {
  rules: readonly FlagRule[];
  input: FlagRuleInput;
  open: readonly OpenFlag[];
}): FlagPlan {
  const { rules, input, open } = options;
  const plan = {
    open: [] as Array<FlagPlan['open'][number]>,
    update: [] as Array<FlagPlan['update'][number]>,
    resolve: [] as Array<FlagPlan['resolve'][number]>,
  };
  for (const rule of rules) {
    const present = open.find(flag => flag.rule === rule.id);
    const finding: FlagFinding = rule.evaluate(input);
    if (finding.type === 'raised') {
      const content: FlagContent = {
        severity: finding.severity,
        reasons: finding.reasons,
        repair: finding.repair,
      };
      if (!present) {
        plan.open.push({ rule: rule.id, content });
      } else if (!sameContent(present, content)) {
        plan.update.push({ id: present.id, rule: rule.id, content });
      }
    } else if (finding.type === 'clear' && present) {
      plan.resolve.push({ id: present.id, rule: rule.id });
    }
  }
  return plan;
}

function sameContent(a: FlagContent, b: FlagContent): boolean {
  const text = ({ severity, reasons, repair }: FlagContent) =>
    JSON.stringify([
      severity,
      reasons.map(({ message, url, file, line, entityRef }) => [
        message,
        url,
        file,
        line,
        entityRef,
      ]),
      repair.message,
      repair.url,
    ]);
  return text(a) === text(b);
}
