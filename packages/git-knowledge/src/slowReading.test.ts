import fc from 'fast-check';
import { join } from 'node:path';
import { Files, commitsOn } from './__testUtils__/branches';
import { TestCommit, TestPerson, lines } from './__testUtils__/commits';
import { git, useRepositories } from './__testUtils__/repositories';
import { readSlowly } from './__testUtils__/slowReading';
import { readHistory } from './readHistory';

const repositories = useRepositories();
const NOW = '2024-03-01T00:00:00.000Z';

/** Some of them are one, and none of the bots is. */
const PEOPLE: readonly TestPerson[] = [
  { name: 'Ann', email: 'ann@example.com' },
  { name: 'Ann S.', email: 'ANN@example.com' },
  { name: 'ann', email: 'ann@home.example' },
  { name: 'Bob', email: '12+bob@users.noreply.github.com' },
  { name: 'bob', email: 'bob@users.noreply.github.com' },
  { name: 'Cem', email: 'cem@example.com' },
  { name: 'Dan', email: '' },
  { name: 'robot[bot]', email: 'robot@example.com' },
  { name: 'Claude', email: 'noreply@anthropic.com' },
  { name: 'CI', email: 'ci@example.com' },
];

const IDENTITIES = [
  { email: 'ann@example.com', personId: 'ann', active: true },
  { email: 'ann@home.example', personId: 'ann', active: true },
  { email: 'bob@users.noreply.github.com', personId: 'bob', active: true },
  { email: 'cem@example.com', personId: 'cem', active: false },
];

/** Whether a file counts where no attribute says otherwise. */
const PATHS: Readonly<Record<string, boolean>> = {
  'a.ts': true,
  'src/b.ts': true,
  'src/deep/c.ts': true,
  'src/d.js': true,
  'yarn.lock': false,
  'vendor/e.js': false,
  'README.md': false,
  '.gitattributes': false,
  'src/.gitattributes': false,
  '.mailmap': true,
};

const CONTENTS = ['one', 'two', 'three', 'four'].map(word => lines(word, 8));
const ATTRIBUTES = [
  '*.ts linguist-generated\n',
  'deep/** -linguist-generated\nb.ts linguist-generated=true\n',
  'vendor/* linguist-generated=false\n/src/*.js linguist-generated\n',
];
const MAILMAPS = [
  'Ann Smith <ann@example.com> <ann@home.example>\n',
  // From one to the next: git goes one step.
  'A <ann@home.example> <ann@example.com>\nC <cem@example.com> <ann@home.example>\n',
  'Bobby <bob@example.com> bob <bob@users.noreply.github.com>\n',
];

const path = fc.constantFrom(...Object.keys(PATHS));
const source = fc.constantFrom('a.ts', 'src/b.ts', 'src/deep/c.ts', 'src/d.js');
const number = fc.nat(1000);

type Edit =
  | { type: 'write'; path: string; content: number; more: number }
  | { type: 'delete'; which: number }
  | { type: 'move'; which: number; to: string; more: boolean }
  | { type: 'swap'; one: number; other: number };

const edit: fc.Arbitrary<Edit> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      type: fc.constant('write' as const),
      path: fc.oneof({ weight: 3, arbitrary: source }, path),
      content: number,
      more: fc.nat(3),
    }),
  },
  fc.record({ type: fc.constant('delete' as const), which: number }),
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant('move' as const),
      which: number,
      to: source,
      more: fc.boolean(),
    }),
  },
  fc.record({
    type: fc.constant('swap' as const),
    one: number,
    other: number,
  }),
);

/** Mostly within a few days, so that many are equal. */
const time = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.nat(6).map(day => Date.UTC(2024, 1, 1 + day) / 1000),
  },
  fc.constantFrom(0, -5, 1, 1_500_000_000, 1_680_000_000, 4_000_000_000),
);

const trailer = fc
  .tuple(
    fc.constantFrom(
      'Co-authored-by',
      'co-authored-BY',
      'Reviewed-by',
      'Acked-by',
      'Tested-by',
      'Assisted-by',
    ),
    fc.constantFrom(...PEOPLE.filter(({ email }) => email !== '')),
  )
  .map(([key, { name, email }]) => `${key}: ${name} <${email}>\n`);

const step = fc.record({
  by: fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...PEOPLE.slice(0, 6)) },
    fc.constantFrom(...PEOPLE),
  ),
  branch: fc.constantFrom('main', 'main', 'main', 'side', 'other'),
  merges: fc.option(fc.constantFrom('main', 'side', 'other'), { freq: 3 }),
  /** What a merge keeps of a file that both branches have otherwise. */
  keeps: fc.constantFrom('ours', 'theirs', 'both'),
  edits: fc.array(edit, { minLength: 1, maxLength: 3 }),
  at: time,
  committedAt: fc.option(time, { nil: undefined }),
  trailers: fc.array(trailer, { maxLength: 2 }),
});

function contentOf(
  where: string,
  { content, more }: { content: number; more: number },
) {
  if (where.endsWith('.gitattributes')) {
    return ATTRIBUTES[content % ATTRIBUTES.length];
  }
  if (where === '.mailmap') {
    return MAILMAPS[content % MAILMAPS.length];
  }
  return CONTENTS[content % CONTENTS.length] + '// more\n'.repeat(more);
}

function apply(files: Files, one: Edit): void {
  const there = [...files.keys()].filter(name => !/^\.|\/\./.test(name)).sort();
  const at = (which: number) => there[which % there.length];
  if (one.type === 'write') {
    files.set(one.path, contentOf(one.path, one));
  } else if (there.length > 0) {
    switch (one.type) {
      case 'delete':
        files.delete(at(one.which));
        break;
      case 'move': {
        const content = files.get(at(one.which)) ?? '';
        files.delete(at(one.which));
        files.set(one.to, one.more ? `${content}// moved\n` : content);
        break;
      }
      default: {
        const [left, right] = [
          files.get(at(one.one)),
          files.get(at(one.other)),
        ];
        files.set(at(one.one), right ?? '');
        files.set(at(one.other), left ?? '');
      }
    }
  }
}

/** The steps as commits, with what each leaves in its branch. */
function commitsOf(
  steps: ReadonlyArray<typeof step extends fc.Arbitrary<infer T> ? T : never>,
): TestCommit[] {
  return commitsOn(
    steps.map(({ edits, trailers, ...one }) => ({
      ...one,
      edit: files => edits.forEach(each => apply(files, each)),
      message: `Do it\n\n${trailers.join('')}`,
    })),
  );
}

const history = fc
  .array(step, { minLength: 2, maxLength: 9 })
  .map(steps => commitsOf(steps));

const request = fc.record({
  renames: fc.constantFrom('exact' as const, 'similar' as const),
  halfLifeDays: fc.constantFrom(150, 5),
  identities: fc.option(fc.constant(IDENTITIES), { nil: undefined }),
});

async function readFast(
  repository: string,
  asked: Omit<Parameters<typeof readSlowly>[1], 'isSource'>,
  state?: string,
) {
  const { head, commits, territories } = await readHistory({
    ...asked,
    bots: [...asked.bots],
    identities: asked.identities?.map(one => ({ ...one })),
    repository,
    state,
    territories: [{ id: 'all', paths: [''] }],
  });
  const [{ files, assistedCommits, people, reviewers, absenceFactor }] =
    territories;
  const spanOf = (one: (typeof reviewers)[0]) => ({
    emails: one.emails,
    active: one.active,
    commits: one.commits,
    firstAt: one.firstAt,
    latestAt: one.latestAt,
    latestCommit: one.latestCommit,
  });
  return {
    head,
    commits,
    files,
    assistedCommits,
    people: people.map(one => ({
      ...spanOf(one),
      knownFiles: one.knownFiles,
      authoredFiles: one.authoredFiles,
    })),
    reviewers: reviewers.map(spanOf),
    absenceFactor,
  };
}

/** Their order says nothing here. */
function sorted<T extends { people: object[]; reviewers: object[] }>(
  answer: T,
) {
  const byText = (a: object, b: object) =>
    JSON.stringify(a) < JSON.stringify(b) ? -1 : 1;
  return {
    ...answer,
    people: [...answer.people].sort(byText),
    reviewers: [...answer.reviewers].sort(byText),
  };
}

/** Commits of a history, and how each is asked about. */
const cuts = fc.array(fc.tuple(number, request), {
  minLength: 1,
  maxLength: 3,
});

describe('readHistory', () => {
  it('gives what reading every commit by itself gives, on any history and upon any state', async () => {
    await fc.assert(
      fc.asyncProperty(history, cuts, async (commits, asked) => {
        const repository = repositories.create(commits);
        const state = join(repositories.folder(), 'state');
        const all = git(repository, ['rev-list', 'main']).match(/\w+/g) ?? [];
        // Whatever was asked before, of earlier or later commits, then of the head.
        for (const [which, options] of [...asked, [0, asked[0][1]] as const]) {
          const at = all[which % all.length];
          const one = { ...options, at, now: NOW, bots: ['ci@example.com'] };
          const slow = sorted(
            readSlowly(repository, { ...one, isSource: name => PATHS[name] }),
          );
          expect(sorted(await readFast(repository, one, state))).toEqual(slow);
        }
        // Without a state, and with the .mailmap of the work tree if there is one.
        const head = { ...asked[0][1], now: NOW, bots: ['ci@example.com'] };
        expect(sorted(await readFast(repository, head))).toEqual(
          sorted(
            readSlowly(repository, { ...head, isSource: name => PATHS[name] }),
          ),
        );
      }),
      { numRuns: 30 },
    );
  }, 600_000);
});
