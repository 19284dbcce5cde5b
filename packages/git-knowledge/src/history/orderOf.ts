import { Heap } from 'heap-js';
import { History } from './History';

const KNOWN = 1;
const LATER = 2;

/** The commits up to a head, in order. */
export interface CommitOrder {
  /** The number of the head. */
  readonly head: number;
  /** Numbers of commits, parents before children. */
  readonly order: Int32Array;
}

/**
 * The commits that can be reached from one, itself included: parents before children,
 * and as far as that leaves open, older ones first (by the committer's time, then by
 * hash). Depends on nothing but the commits.
 *
 * @param known - the same up to an earlier head, which is gone on with where it can be
 * @returns the numbers of those that were read
 */
export function orderOf(
  history: History,
  head: number,
  known?: CommitOrder,
): Int32Array {
  const later = known && onlyAfter(history, head, known);
  if (!known || !later) {
    return sorted(history, head, reachableFrom(history, head));
  }
  const order = new Int32Array(known.order.length + later.length);
  order.set(known.order);
  order.set(sorted(history, head, later), known.order.length);
  return order;
}

/**
 * The commits up to a head that an earlier one lacks, if each of them comes after it.
 * Otherwise they stand between those that are known.
 */
function onlyAfter(
  history: History,
  head: number,
  known: CommitOrder,
): number[] | undefined {
  const marks = new Uint8Array(history.commitNumbers);
  for (let place = 0; place < known.order.length; place += 1) {
    marks[known.order[place]] = KNOWN;
  }
  if (marks[head] === KNOWN) {
    return head === known.head ? [] : undefined;
  }
  marks[head] = LATER;
  const later = [head];
  for (const commit of later) {
    let parents = 0;
    let isAfter = true;
    history.forEachParent(commit, parent => {
      if (history.isRead(parent)) {
        parents += 1;
        if (marks[parent] === 0) {
          marks[parent] = LATER;
          later.push(parent);
        }
        isAfter &&= marks[parent] === LATER || parent === known.head;
      }
    });
    if (!isAfter || parents === 0) {
      return undefined;
    }
  }
  return later;
}

function sorted(
  history: History,
  head: number,
  reachable: readonly number[],
): Int32Array {
  // Kahn's algorithm from the newest, which yields the order backwards.
  const children = new Int32Array(history.commitNumbers);
  for (const commit of reachable) {
    history.forEachParent(commit, parent => {
      children[parent] += 1;
    });
  }
  const order = new Int32Array(reachable.length);
  const ready = new Heap<number>(
    (a, b) =>
      timeOf(history, b) - timeOf(history, a) ||
      (history.hashOf(a) > history.hashOf(b) ? -1 : 1),
  );
  ready.push(head);
  for (let place = order.length - 1; place >= 0; place -= 1) {
    const commit = ready.pop() as number;
    order[place] = commit;
    history.forEachParent(commit, parent => {
      children[parent] -= 1;
      if (children[parent] === 0 && history.isRead(parent)) {
        ready.push(parent);
      }
    });
  }
  return order;
}

/** The commits that were read and can be reached from one, itself included. */
function reachableFrom(history: History, head: number): number[] {
  const seen = new Uint8Array(history.commitNumbers);
  const reachable = [head];
  seen[head] = 1;
  for (const commit of reachable) {
    history.forEachParent(commit, parent => {
      if (seen[parent] === 0 && history.isRead(parent)) {
        seen[parent] = 1;
        reachable.push(parent);
      }
    });
  }
  return reachable;
}

function timeOf(history: History, commit: number): number {
  return history.committerTimeOf(commit) || 0;
}
