/** A mirror on the disk, as far as the quota is concerned. */
export interface StoredMirror {
  readonly folder: string;
  readonly bytes: number;
  /** When its history was last read or fetched. */
  readonly usedAt: string;
  /** Until when another process may be reading it. */
  readonly busyUntil?: string;
}

/**
 * Which mirrors go, so that all of them fit: those whose last use is longest ago, and
 * no more than are needed. One that is being read stays, and so does `keep`.
 *
 * @returns the folders, and whether the others fit
 */
export function planRemovals(options: {
  readonly mirrors: readonly StoredMirror[];
  readonly maxBytes: number;
  readonly keep: string;
  readonly now: string;
}): { readonly folders: readonly string[]; readonly fits: boolean } {
  const { mirrors, maxBytes, keep, now } = options;
  const candidates = mirrors
    .filter(
      ({ folder, busyUntil }) =>
        folder !== keep && (busyUntil === undefined || busyUntil <= now),
    )
    .sort((a, b) => compare(a.usedAt, b.usedAt) || compare(a.folder, b.folder));
  const folders: string[] = [];
  let total = mirrors.reduce((sum, { bytes }) => sum + bytes, 0);
  for (const { folder, bytes } of candidates) {
    if (total <= maxBytes) {
      break;
    }
    folders.push(folder);
    total -= bytes;
  }
  return { folders, fits: total <= maxBytes };
}

function compare(a: string, b: string): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}
