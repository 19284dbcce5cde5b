import {
  AssumptionState,
  Condition,
  DocumentState,
  FlagRuleId,
  FlagSeverity,
  OpenChange,
  Reason,
  Repair,
} from '../../schemas';
import type { TrafficComparison } from '../entities/compareWithTraffic';

/**
 * All that a rule may look at. Everything in it stands on the entity's page.
 * @public
 */
export interface FlagRuleInput {
  readonly entityRef: string;
  readonly owner:
    | { readonly type: 'none' }
    | { readonly type: 'unknown-team'; readonly ref: string }
    | {
        readonly type: 'team' | 'person';
        readonly ref: string;
        readonly title: string;
        readonly activeMembers: number;
      };
  readonly documents:
    | {
        readonly type: 'known';
        readonly state: DocumentState;
        readonly reasons: readonly Reason[];
      }
    | { readonly type: 'unknown' };
  readonly understanding:
    | {
        readonly type: 'known';
        /** Active people who understand the entity. */
        readonly people: number;
        readonly minimumPeople: number;
        /** Kinds of fresh evidence by which a person counts. */
        readonly kindsNeeded: number;
        readonly freshDays: number;
        /** When anybody last left evidence, ISO 8601. */
        readonly lastEvidenceAt?: string;
      }
    | { readonly type: 'unknown' };
  /** Declared dependencies beside the calls that were seen. */
  readonly traffic:
    | ({ readonly type: 'known' } & Pick<
        TrafficComparison,
        'unseen' | 'undeclared'
      >)
    | { readonly type: 'unknown' };
  /**
   * HARD dependencies, with the required conditions that nobody answered: those that
   * the entity has, and those that open changes would add.
   */
  readonly unanswered: ReadonlyArray<
    {
      readonly targetRef: string;
      readonly conditions: readonly Condition[];
    } & ({ readonly firstSeen: string } | { readonly change: OpenChange })
  >;
  /** Failure modes of high criticality without prevention and mitigation. */
  readonly unprevented: ReadonlyArray<{
    readonly title: string;
    readonly detected: boolean;
    /** The dependency that fails, if it is one. */
    readonly targetRef?: string;
  }>;
  readonly assumptions: ReadonlyArray<{
    readonly statement: string;
    readonly state: AssumptionState;
    readonly verifyBy: string;
  }>;
}

/**
 * What a rule says of an entity. `unknown` neither raises a flag nor clears one.
 * @public
 */
export type FlagFinding =
  | {
      readonly type: 'raised';
      readonly severity: FlagSeverity;
      readonly reasons: readonly Reason[];
      readonly repair: Repair;
    }
  | { readonly type: 'clear' }
  | { readonly type: 'unknown' };

/**
 * One rule, one file, one test, one page `docs/flags/<id>.md`.
 * @public
 */
export interface FlagRule {
  readonly id: FlagRuleId;
  readonly title: string;
  /** One sentence; the rule's page begins with it. */
  readonly description: string;
  evaluate(input: FlagRuleInput): FlagFinding;
}
