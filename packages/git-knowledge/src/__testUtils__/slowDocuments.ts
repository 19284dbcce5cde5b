import { askOnce, inOrder } from './slowReading';

/** What is asked. */
export interface SlowDocumentsRequest {
  /** The path of a document at the head. */
  readonly document: string;
  /** Whether a path is in the territory of documents that name none. */
  readonly contains: (path: string) => boolean;
  readonly isSource: (path: string) => boolean;
  readonly isBot: (email: string) => boolean;
  /** What a document says, however it is written. */
  readonly meaningOf: (text: string) => string;
}

interface SlowChange {
  readonly status: string;
  readonly path: string;
  /** The old path of a renamed file; the same otherwise. */
  readonly from: string;
}

/** A file between its creation, or its coming by a rename, and its end. */
interface Stretch {
  readonly origin?: Stretch;
  readonly versions: Array<{ commit: string; before: string; after: string }>;
}

/**
 * What a repository tells of one of its documents, by the definitions in the README and
 * by nothing else: one git for every question, and no thought of speed.
 */
export function readDocumentSlowly(
  repository: string,
  { document, contains, isSource, isBot, meaningOf }: SlowDocumentsRequest,
) {
  const ask = (...args: string[]) => askOnce(repository, args);
  const linesOf = (...args: string[]): string[] =>
    ask(...args).match(/.+/g) ?? [];
  const head = ask('rev-parse', 'HEAD').trim();
  const filesAtHead = linesOf('ls-tree', '-r', '--name-only', head);
  const textOf = (name: string) => {
    const [commit, path] = name.split(':');
    return linesOf('ls-tree', commit, '--', path).length > 0
      ? ask('show', name)
      : '';
  };
  const commits = inOrder(
    linesOf('rev-list', '--parents', head).map(line => {
      const [hash, ...parents] = line.split(' ');
      const committed = Number(ask('show', '-s', '--format=%ct', hash));
      return { hash, parents, committed };
    }),
    head,
  ).flatMap(one => (one.parents.length < 2 ? one.hash : []));
  const rawOf = (options: string) =>
    ask('show', '--raw', '-z', '--format=', '-l0', ...options.split(' '));
  const changesOf = (commit: string, similarity: number): SlowChange[] => {
    const fields = rawOf(`-M${similarity}% ${commit}`).split('\0');
    const changes: SlowChange[] = [];
    while (fields.length > 1) {
      const status = (fields.shift() as string).split(' ')[4][0];
      const from = fields.shift() as string;
      const path = status === 'R' ? (fields.shift() as string) : from;
      changes.push({ status, path, from });
    }
    return changes;
  };

  const stretches = new Map<string, Stretch>();
  const stretchOf = (path: string) => {
    const stretch = stretches.get(path) ?? { versions: [] };
    stretches.set(path, stretch);
    return stretch;
  };
  for (const commit of commits) {
    for (const { status, path, from } of changesOf(commit, 50)) {
      if (status === 'A') {
        stretches.set(path, { versions: [] });
      } else if (status === 'R') {
        stretches.set(path, { origin: stretchOf(from), versions: [] });
      }
      // One that a branch removes and that is there nevertheless was kept by a merge.
      if (status !== 'D') {
        stretchOf(path).versions.push({
          commit,
          before: status === 'A' ? '' : textOf(`${commit}^:${from}`),
          after: textOf(`${commit}:${path}`),
        });
      }
    }
  }
  const versions: Stretch['versions'] = [];
  let stretch = filesAtHead.includes(document)
    ? stretches.get(document)
    : undefined;
  while (stretch) {
    versions.push(...stretch.versions);
    stretch = stretch.origin;
  }
  versions.sort(
    (a, b) => commits.indexOf(a.commit) - commits.indexOf(b.commit),
  );
  const changed = versions.filter(
    ({ before, after }) =>
      before === '' || meaningOf(before) !== meaningOf(after),
  );
  if (changed.length === 0) {
    return undefined;
  }
  const contentChangedCommit = changed[changed.length - 1].commit;

  const covers = /^---\ncovers: (.*)\/\*\*\n---\n/.exec(
    textOf(`${head}:${document}`),
  );
  const isIn = (path: string) =>
    isSource(path) &&
    (covers ? path.startsWith(`${covers[1]}/`) : contains(path));
  const before = linesOf('rev-list', contentChangedCommit);
  const since = commits.filter(
    commit =>
      !before.includes(commit) &&
      !isBot(ask('show', '-s', '--format=%ae', commit).trim()),
  );
  const touchesOf = (commit: string) =>
    changesOf(commit, 50).filter(({ path, from }) => isIn(path) || isIn(from));
  const isSignificant = (commit: string, { path, from }: SlowChange) =>
    isIn(path) !== isIn(from) ||
    textOf(`${commit}^:${from}`).replace(/\s/g, '') !==
      textOf(`${commit}:${path}`).replace(/\s/g, '');
  const significant = since.filter(commit =>
    touchesOf(commit).some(change => isSignificant(commit, change)),
  );
  const touched = new Set(
    significant.flatMap(commit =>
      touchesOf(commit)
        .filter(change => isSignificant(commit, change))
        .map(({ path, from }) => whereItWent(isIn(path) ? path : from)),
    ),
  );

  /** A path that is there is taken for the file that was there. */
  function whereItWent(path: string, seen: readonly string[] = []): string {
    const last = [...commits]
      .reverse()
      .flatMap(commit => changesOf(commit, 100))
      .find(
        ({ status, path: to, from }) =>
          status !== 'M' && (from === path || to === path),
      );
    const wasMoved = last?.status === 'R' && last.from === path;
    return wasMoved && !filesAtHead.includes(path) && !seen.includes(path)
      ? whereItWent(last.path, [...seen, path])
      : path;
  }

  return {
    path: document,
    covers: covers ? [`${covers[1]}/**`] : [],
    contentChangedCommit,
    commitsSince: since.filter(commit => touchesOf(commit).length > 0).length,
    changesSince: significant.length,
    filesTouchedSince: filesAtHead.filter(
      path => isIn(path) && touched.has(path),
    ).length,
    territoryFiles: filesAtHead.filter(isIn).length,
  };
}
