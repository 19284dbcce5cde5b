import {
  QueuedChange,
  mergeGroupCheck,
  mergeGroupSummary,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { secondsAfter } from '../../../database/instants';
import { fingerprint } from '../../../database/shadow';
import { MergeGroupRow } from '../../../database/tables';
import {
  CHECK_NAME,
  CheckPlanner,
  DEADLINE_SECONDS,
  PlannedChecks,
} from './CheckPlanner';
import { CheckStore } from './CheckStore';
import { MergeGroupStore } from './MergeGroupStore';

export interface MergeGroupPlannerOptions {
  readonly groups: MergeGroupStore;
  readonly checks: CheckStore;
  readonly planner: CheckPlanner;
  readonly appBaseUrl: string;
}

/**
 * Works out the check of a merge group. A queue takes a change only once what its own
 * head requires has passed there, so a change that nobody knows holds nothing back.
 */
export class MergeGroupPlanner {
  readonly #options: MergeGroupPlannerOptions;

  static create(options: MergeGroupPlannerOptions): MergeGroupPlanner {
    return new MergeGroupPlanner(options);
  }

  private constructor(options: MergeGroupPlannerOptions) {
    this.#options = options;
  }

  /** @returns undefined where nothing is to be shown */
  async plan(id: string, now: string): Promise<PlannedChecks | undefined> {
    const { groups, checks, planner, appBaseUrl } = this.#options;
    const group = await groups.get(id);
    if (!group || group.over) {
      return undefined;
    }
    const overdueAt = secondsAfter(group.since, DEADLINE_SECONDS);
    const changes: Array<QueuedChange & { url?: string }> = [];
    for (const changeId of await groups.changesOf(group)) {
      const verdict = await planner.verdict(changeId, now >= overdueAt);
      changes.push(verdict ?? unknown(changeId, now >= overdueAt));
    }
    const check = mergeGroupCheck(changes);
    if (!check) {
      return undefined;
    }
    const content = {
      ...check,
      summary: mergeGroupSummary(changes),
      url: `${appBaseUrl}/understanding/explanations`,
    };
    const wanted = {
      ...check,
      changeId: id,
      headSha: group.head_sha,
      digest: fingerprint(content),
      since: group.since,
    };
    const [written] = await checks.of(id);
    await checks.want(wanted, now);
    const isWritten = written?.written_digest === wanted.digest;
    return {
      host: group.host,
      writes: isWritten
        ? []
        : [{ wanted, check: { ...content, ...where(group) } }],
      isOver: false,
      dueAt: check.state === 'pending' ? overdueAt : undefined,
      unaudited: [],
    };
  }
}

function where({ host, repository, head_sha: headSha }: MergeGroupRow) {
  return { host, repository, headSha, name: CHECK_NAME };
}

/** Of a change that nobody has told of. */
function unknown(changeId: string, overdue: boolean): QueuedChange {
  return {
    number: Number(/(\d+)$/.exec(changeId)?.[1] ?? 0),
    check: overdue
      ? { state: 'neutral', title: 'Unknown: the host has not told of it' }
      : { state: 'pending', title: 'It is not known yet' },
  };
}
