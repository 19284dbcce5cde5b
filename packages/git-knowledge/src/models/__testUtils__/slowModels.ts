import { git } from '../../__testUtils__/repositories';

/** A commit with what it does to paths, merges with nothing. */
interface SlowCommit {
  readonly name: string;
  readonly email: string;
  readonly authored: number;
  readonly committed: number;
  readonly isMerge: boolean;
  readonly message: string;
  readonly changes: ReadonlyArray<readonly [status: string, ...string[]]>;
}

/** Who the authors of which files are. */
type SlowAuthors = Record<string, string[]>;

/** All commits, the newest first, as they were committed. */
function commitsOf(repository: string, renames: string): SlowCommit[] {
  const format = ['%aN', '%aE', '%at', '%ct', '%P', '%B'].join('%x01');
  return git(repository, [
    ...['log', '-l0', `-M${renames}`, '--name-status', '--root'],
    `--format=%x00${format}%x02`,
    'main',
  ])
    .split('\0')
    .slice(1)
    .map(text => {
      const [head, changes] = text.split('\x02');
      const [name, email, authored, committed, parents, message] =
        head.split('\x01');
      return {
        name,
        email,
        authored: Number(authored),
        committed: Number(committed),
        isMerge: parents.includes(' '),
        message,
        changes: changes
          .split('\n')
          .filter(Boolean)
          .map(line => line.split('\t') as [string, ...string[]]),
      };
    })
    .sort((a, b) => b.committed - a.committed);
}

function filesOf(repository: string): string[] {
  return git(repository, ['ls-tree', '-r', '--name-only', 'main'])
    .split('\n')
    .filter(Boolean);
}

/** Those who have more than 0.75 of the highest, as long as `isEnough` holds. */
function majors(
  degrees: ReadonlyMap<string, number>,
  isEnough: (degree: number, person: string) => boolean,
): string[] {
  const highest = Math.max(...degrees.values());
  return [...degrees]
    .filter(([who, one]) => one / highest > 0.75 && isEnough(one, who))
    .map(([who]) => who)
    .sort();
}

/**
 * The authors by Avelino et al. 2016, of all files that have a history: maps of text, and
 * one step after the other.
 *
 * @returns also the person behind every name
 */
export function avelinoSlowly(repository: string) {
  const commits = commitsOf(repository, '50%');
  // People: everybody is somebody else, until nobody can be joined any more.
  const people = commits.map(({ name, email }) => ({
    keys: new Set(
      [`name ${name}`, `mail ${email}`].map(key => key.toUpperCase()),
    ),
  }));
  for (let joined = true; joined; ) {
    joined = false;
    for (const one of people) {
      for (const other of people) {
        if (
          one.keys !== other.keys &&
          [...one.keys].some(key => other.keys.has(key))
        ) {
          const both = new Set([...one.keys, ...other.keys]);
          const [left, right] = [one.keys, other.keys];
          people
            .filter(({ keys }) => keys === left || keys === right)
            .forEach(each => {
              each.keys = both;
            });
          joined = true;
        }
      }
    }
  }
  const keyOf = new Map(
    commits.map((one, index) => [one, [...people[index].keys].sort().join()]),
  );

  const records = commits.flatMap(one =>
    one.changes
      .filter(([status]) => /^[AMR]/.test(status))
      .map(([status, ...paths]) => ({
        who: keyOf.get(one) as string,
        isCreation: status === 'A',
        path: paths[paths.length - 1],
        // Where the rename is still to be followed to.
        from: status.startsWith('R') ? paths[0] : undefined,
      })),
  );
  const authors: SlowAuthors = {};
  for (const path of filesOf(repository)) {
    const found = new Set(records.filter(one => one.path === path));
    for (const one of found) {
      const { from } = one;
      one.from = undefined;
      if (from !== undefined) {
        records
          .filter(other => other.path === from)
          .forEach(other => found.add(other));
      }
    }
    const changes = [...found].filter(one => !one.isCreation);
    const creators = [...found].filter(one => one.isCreation);
    const isCreator = (who: string) => creators.some(one => one.who === who);
    const degrees = new Map(
      [...found].map(({ who }) => {
        const own = changes.filter(one => one.who === who).length;
        const others = changes.length - own;
        const first = isCreator(who) ? 1.098 : 0;
        return [
          who,
          3.293 + first + 0.164 * own - 0.321 * Math.log(1 + others),
        ];
      }),
    );
    if (found.size > 0) {
      authors[path] = majors(
        degrees,
        (degree, who) => degree >= 3.293 || isCreator(who),
      );
    }
  }
  return {
    authors,
    personNamed: new Map(
      commits.map(one => [one.name, keyOf.get(one) as string]),
    ),
  };
}

/** The authors by JetBrains 2023, where no two commits are of the same time. */
export function jetbrainsSlowly(repository: string): SlowAuthors {
  const commits = commitsOf(repository, '60%');
  const end = commits[0].committed;
  const day = 24 * 60 * 60;
  // What every path is known as, and what is known of that.
  const names = new Map<string, string>();
  const changes = new Map<string, Array<{ who: string; weight: number }>>();
  const owners = new Map<string, { who: string; weight: number }>();
  let given = 0;
  const nameOf = (path: string) => {
    const name = names.get(path) ?? `${(given += 1)}`;
    names.set(path, name);
    return name;
  };
  for (const one of commits) {
    const coAuthors = [...one.message.matchAll(/^Co-authored-by: .*<(.*)>$/gm)];
    const who = new Set(
      [...coAuthors.map(([, address]) => address), one.email].filter(
        address => !address.includes('[bot]'),
      ),
    );
    const isOld = one.committed < end - 547 * day;
    if (!one.isMerge && !isOld && who.size > 0) {
      const weight = Math.exp(-Math.trunc((end - one.authored) / day) / 90);
      for (const [status, ...paths] of one.changes) {
        if (status.startsWith('R')) {
          const [to, from] = [nameOf(paths[1]), nameOf(paths[0])];
          names.set(paths[0], to);
          const moved = changes.get(from);
          const owner = owners.get(from);
          if (to !== from && moved && owner) {
            changes.set(to, [...(changes.get(to) ?? []), ...moved]);
            owners.set(to, owner);
            changes.delete(from);
            owners.delete(from);
          }
        } else if (status !== 'D') {
          const name = nameOf(paths[0]);
          for (const each of who) {
            const change = { who: each, weight };
            changes.set(name, [...(changes.get(name) ?? []), change]);
            if (weight >= (owners.get(name)?.weight ?? 0)) {
              owners.set(name, change);
            }
          }
        }
      }
    }
  }
  const authors: SlowAuthors = {};
  for (const path of filesOf(repository)) {
    const name = names.get(path) ?? '';
    const known = changes.get(name);
    if (known) {
      const sum = (of: typeof known) =>
        of.reduce((total, { weight }) => total + weight, 0);
      const owner = owners.get(name);
      const degrees = new Map(
        known.map(({ who }) => {
          const own = sum(known.filter(one => one.who === who));
          const all = sum(known);
          return [
            who,
            3 * (owner?.who === who ? owner.weight : 0) +
              own +
              2.4 * Math.log(1 + all) -
              2.4 * Math.log(1 + all - own),
          ];
        }),
      );
      authors[path] = majors(degrees, degree => degree >= 0.001);
    }
  }
  return authors;
}
