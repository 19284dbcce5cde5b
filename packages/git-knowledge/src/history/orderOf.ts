import { Heap } from 'heap-js';
import { History } from './History';

/**
 * The commits that can be reached from one, itself included: parents before children,
 * and as far as that leaves open, older ones first (by the committer's time, then by
 * hash). Depends on nothing but the commits.
 *
 * @returns the numbers of those that were read
 */
export function orderOf(history: History, head: number): Int32Array {
  const reachable = reachableFrom(history, head);
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
export function reachableFrom(history: History, head: number): number[] {
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
