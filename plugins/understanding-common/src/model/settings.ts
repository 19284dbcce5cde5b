import { Condition, EvidenceKind } from '../schemas';

/**
 * Every number of the rules. The defaults need no configuration; the backend's
 * `config.d.ts` names each of them.
 * @public
 */
export interface UnderstandingSettings {
  readonly evidence: {
    /** Evidence is fresh for that many days after its latest instant. */
    readonly freshDays: number;
    /** And fading until that many days; then it is old. */
    readonly fadingDays: number;
  };
  readonly understands: {
    /** Kinds of fresh evidence that a person needs, where so many are collected. */
    readonly minimumKinds: number;
    /** Active people that an entity needs. */
    readonly minimumPeople: number;
    /** Kinds of evidence for which this installation has a source. */
    readonly collectedKinds: readonly EvidenceKind[];
  };
  readonly documents: {
    /** Significant changes after which a document counts as changed since. */
    readonly changesSince: number;
    /** Share of the territory's files, touched since, with the same meaning. */
    readonly filesTouchedShare: number;
    /** Days without change or verification after which a document is overdue. */
    readonly overdueDays: number;
  };
  readonly edges: {
    /** Days without a call after which a dependency counts as not seen. */
    readonly observedDays: number;
    /** The conditions that a HARD or UNCLASSIFIED edge needs an answer for. */
    readonly requiredConditions: readonly Condition[];
  };
  readonly assumptions: {
    /** So many days before its end, an assumption is due soon. */
    readonly warnDays: number;
  };
  readonly failureTests: {
    /** A test counts for that many days, where nothing else is said. */
    readonly validDays: number;
  };
  readonly walkthroughs: {
    /** A walkthrough falls due that many days after somebody confirmed it. */
    readonly dueDays: number;
    /** And after that many significant changes. */
    readonly dueChanges: number;
  };
}

/** @public */
export const defaultSettings: UnderstandingSettings = {
  evidence: { freshDays: 180, fadingDays: 360 },
  understands: {
    minimumKinds: 2,
    minimumPeople: 2,
    collectedKinds: ['authored'],
  },
  documents: { changesSince: 10, filesTouchedShare: 0.25, overdueDays: 365 },
  edges: {
    observedDays: 30,
    requiredConditions: ['down', 'slow', 'wrong-data'],
  },
  assumptions: { warnDays: 30 },
  failureTests: { validDays: 180 },
  walkthroughs: { dueDays: 180, dueChanges: 20 },
};

const DAY = 24 * 60 * 60 * 1000;

/**
 * The instant that lies so many days after another. All instants of the model are
 * ISO 8601 in UTC with milliseconds, as `toISOString` writes them: such text sorts
 * by time, so rules compare it as it is.
 * @public
 */
export function daysAfter(instant: string, days: number): string {
  return new Date(Date.parse(instant) + days * DAY).toISOString();
}

/**
 * The earliest of the instants given, or undefined when there is none.
 * @public
 */
export function earliest(
  instants: ReadonlyArray<string | undefined>,
): string | undefined {
  return instants
    .filter(instant => instant !== undefined)
    .reduce<string | undefined>(
      (first, instant) =>
        first === undefined || instant < first ? instant : first,
      undefined,
    );
}
