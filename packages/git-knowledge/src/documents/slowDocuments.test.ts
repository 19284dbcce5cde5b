import fc from 'fast-check';
import { Files, commitsOn } from '../__testUtils__/branches';
import { ann, bob, day, lines } from '../__testUtils__/commits';
import { read } from '../__testUtils__/reading';
import { useRepositories } from '../__testUtils__/repositories';
import { readDocumentSlowly } from '../__testUtils__/slowDocuments';

const repositories = useRepositories();
const robot = { name: 'robot[bot]', email: 'robot@example.com' };

const DOCUMENTS = ['README.md', 'docs/a.md', 'src/b.md'];
const SOURCES = ['src/a.ts', 'src/b.ts', 'src/deep/c.ts', 'lib/d.ts', 'e.ts'];

const SAME = (text: string) => text;
/** What changes nothing in a source but white space. */
const SPACINGS: ReadonlyArray<typeof SAME> = [
  SAME,
  text => text.replace(/^/gm, ' '),
  text => text.replace(/;\n/g, ';\n\n'),
  text => text.replace(/\r?\n/g, '\r\n'),
  text => text.replace(' = ', '\n= '),
];
/** What changes nothing that a document says. */
const WRITINGS: ReadonlyArray<typeof SAME> = [
  SAME,
  text => text.replace(/20\d\d-/g, '2031-'),
  text => text.replace('receives', 'recieves'),
  text => text.replace(/it\s(rec\w+)/, '$1 it'),
  text => text.replace(/(rec\w+) /, '$1\n'),
];

function meaningOf(text: string): string {
  return text
    .replace(/20\d\d-\d\d-\d\d/g, '')
    .replace('recieves', 'receives')
    .split(/\s+/)
    .sort()
    .join(' ');
}

const which = fc.nat(100);
const way = fc.nat(4);
const edit = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant('source' as const),
      path: fc.constantFrom(...SOURCES),
      says: fc.nat(3),
    }),
  },
  fc.record({
    type: fc.constant('document' as const),
    path: fc.constantFrom(...DOCUMENTS),
    says: fc.nat(3),
    covers: fc.constantFrom(undefined, undefined, 'src', 'lib'),
  }),
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constant('rewrite' as const),
      which,
      way,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant('move' as const),
      which,
      to: which,
      way,
    }),
  },
  fc.record({ type: fc.constant('delete' as const), which }),
);
type Edit = typeof edit extends fc.Arbitrary<infer E> ? E : never;

function documentOf(one: { says: number; covers?: string }): string {
  return [
    one.covers ? `---\ncovers: ${one.covers}/**\n---\n` : '',
    // Some are so much alike that one may come from another.
    lines(`about${one.says % 2}`, 6).replace(/'/g, ''),
    `As of 2024-01-05 it receives ${one.says} letters.\n`,
  ].join('');
}

function apply(files: Files, one: Edit): void {
  const there = [...files.keys()].sort();
  if (one.type === 'source') {
    files.set(one.path, lines(`word${one.says}`, 8));
  } else if (one.type === 'document') {
    files.set(one.path, documentOf(one));
  } else if (there.length > 0) {
    const path = there[one.which % there.length];
    const text = files.get(path) as string;
    const [ways, others] = path.endsWith('.md')
      ? [WRITINGS, DOCUMENTS]
      : [SPACINGS, SOURCES];
    if (one.type !== 'rewrite') {
      files.delete(path);
    }
    if (one.type === 'move') {
      files.set(others[one.to % others.length], ways[one.way](text));
    } else if (one.type === 'rewrite') {
      files.set(path, ways[one.way](text));
    }
  }
}

const step = fc.record({
  by: fc.constantFrom(ann, ann, ann, bob, robot),
  branch: fc.constantFrom('main', 'main', 'main', 'side', 'other'),
  merges: fc.option(fc.constantFrom('main', 'side', 'other'), { freq: 3 }),
  keeps: fc.constantFrom('ours' as const, 'theirs' as const, 'both' as const),
  edits: fc.array(edit, { minLength: 1, maxLength: 3 }),
  at: fc.nat(6).map(day),
});

const history = fc.array(step, { minLength: 3, maxLength: 10 }).map(steps =>
  commitsOn(
    steps.map(({ edits, ...one }, index) => ({
      ...one,
      edit: files => {
        if (index === 0) {
          files.set('README.md', documentOf({ says: 0 }));
        }
        edits.forEach(each => apply(files, each));
      },
    })),
  ),
);

describe('readDocuments', () => {
  it('tells what asking git about every commit by itself tells', async () => {
    let seen = 0;
    await fc.assert(
      fc.asyncProperty(
        history,
        fc.constantFrom('', 'src'),
        async (commits, territory) => {
          const repository = repositories.create(commits);
          const answer = await read(repository, {
            paths: [territory],
            documents: ['**'],
          });
          const told = answer.territory.documents.map(
            ({ path, covers, ...one }) => ({
              path,
              covers,
              contentChangedCommit: one.contentChangedCommit,
              commitsSince: one.commitsSince,
              changesSince: one.changesSince,
              filesTouchedSince: one.filesTouchedSince,
              territoryFiles: one.territoryFiles,
            }),
          );
          const slow = DOCUMENTS.flatMap(
            document =>
              readDocumentSlowly(repository, {
                document,
                contains: path => path.startsWith(territory),
                isSource: path => path.endsWith('.ts'),
                isBot: email => email === robot.email,
                meaningOf,
              }) ?? [],
          );
          expect(told).toEqual(slow);
          seen += slow.length;
        },
      ),
      { numRuns: 15 },
    );
    // Histories without documents would tell nothing.
    expect(seen).toBeGreaterThan(5);
  }, 600_000);
});
