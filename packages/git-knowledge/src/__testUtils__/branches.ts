import { TestCommit, TestPerson } from './commits';

/** Contents by path. */
export type Files = Map<string, string>;

/** What somebody does on a branch, which begins at `main` where it is new. */
export interface BranchStep
  extends Pick<TestCommit, 'at' | 'committedAt' | 'message'> {
  readonly by: TestPerson;
  readonly branch: string;
  /** The branch that is merged, if it is there. */
  readonly merges: string | null;
  /** What a merge keeps of a file that both branches have otherwise. */
  readonly keeps: 'ours' | 'theirs' | 'both';
  readonly edit: (files: Files) => void;
}

/** The steps as commits, with what each leaves in its branch. */
export function commitsOn(steps: readonly BranchStep[]): TestCommit[] {
  const branches = new Map<string, Files>();
  return steps.map((one, index): TestCommit => {
    const branch = index === 0 ? 'main' : one.branch;
    const isNew = index > 0 && !branches.has(branch);
    const before = branches.get(branch) ?? branches.get('main') ?? new Map();
    const merged =
      one.merges && one.merges !== branch && !isNew
        ? branches.get(one.merges)
        : undefined;
    let after: Files = new Map(before);
    if (merged && one.keeps === 'theirs') {
      after = new Map(merged);
    } else if (merged && one.keeps === 'both') {
      after = new Map([...merged, ...before]);
    }
    // Some merges change what neither side has: those are called evil.
    if (!merged || index % 3 === 0) {
      one.edit(after);
    }
    branches.set(branch, after);
    return {
      by: one.by,
      files: Object.fromEntries(
        [...new Set([...before.keys(), ...after.keys()])]
          .filter(name => before.get(name) !== after.get(name))
          .map(name => [name, after.get(name)]),
      ),
      at: one.at,
      committedAt: one.committedAt,
      branch,
      from: isNew ? 'main' : undefined,
      merges: merged && one.merges ? one.merges : undefined,
      message: one.message,
    };
  });
}
