import fc from 'fast-check';
import { Files, commitsOn } from '../__testUtils__/branches';
import { TestPerson, day, lines } from '../__testUtils__/commits';
import { avelinoSlowly, jetbrainsSlowly } from './__testUtils__/slowModels';
import { useModel } from './__testUtils__/useModel';

const { repositories, ...avelino2016 } = useModel('avelino2016');
const jetbrains2023 = useModel('jetbrains2023');

/** By address or name some are one, also through others. */
const PEOPLE: readonly TestPerson[] = [
  { name: 'Ann', email: 'ann@example.com' },
  { name: 'ann', email: 'ann@home.example' },
  { name: 'A. Smith', email: 'ANN@home.example' },
  { name: 'Bob', email: 'bob@example.com' },
  { name: 'Cem', email: 'cem@example.com' },
  { name: 'Dan', email: 'dan@example.com' },
  { name: 'robot', email: 'robot[bot]@example.com' },
];
const PATHS = ['a.js', 'b.js', 'src/c.js', 'src/d.js'];
const CONTENTS = ['o', 't', 'h', 'f'].map(word => lines(word, 9));

const path = fc.constantFrom(...PATHS);
const number = fc.nat(1000);

const edit: fc.Arbitrary<(files: Files) => void> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .tuple(path, number, fc.nat(9))
      .map(([where, which, more]) => (files: Files) => {
        const content = CONTENTS[which % CONTENTS.length];
        files.set(where, content + '// more\n'.repeat(more));
      }),
  },
  path.map(where => (files: Files) => {
    files.delete(where);
  }),
  {
    weight: 3,
    arbitrary: fc
      .tuple(number, path, fc.nat(12))
      .map(([which, to, more]) => (files: Files) => {
        const there = [...files.keys()].sort();
        const from = there[which % there.length];
        const content = files.get(from);
        if (content !== undefined) {
          files.delete(from);
          files.set(to, content + '// moved\n'.repeat(more));
        }
      }),
  },
);

const history = fc
  .array(
    fc.record({
      by: fc.constantFrom(...PEOPLE),
      coAuthor: fc.option(fc.constantFrom(...PEOPLE), { freq: 3 }),
      branch: fc.constantFrom('main', 'main', 'side', 'other'),
      merges: fc.option(fc.constantFrom('main', 'side', 'other'), { freq: 3 }),
      keeps: fc.constantFrom(
        'ours' as const,
        'theirs' as const,
        'both' as const,
      ),
      edits: fc.array(edit, { minLength: 1, maxLength: 3 }),
      days: fc.constantFrom(0, 1, 1, 30, 200),
      before: fc.constantFrom(0, 0, 0, 1, 40, 900),
    }),
    { minLength: 3, maxLength: 14 },
  )
  .map(steps => {
    let at = day(0);
    return commitsOn(
      steps.map(({ coAuthor, edits, days, before, ...one }) => {
        // No two are of the same time.
        at += days * 24 * 60 * 60 + 3601;
        return {
          ...one,
          edit: (files: Files) => edits.forEach(each => each(files)),
          at: at - before * 24 * 60 * 60,
          committedAt: at,
          message: coAuthor
            ? `Do it\n\nCo-authored-by: ${coAuthor.name} <${coAuthor.email}>\n`
            : undefined,
        };
      }),
    );
  });

describe('any history', () => {
  it('has the authors of avelino2016 that an obvious reading finds', async () => {
    await fc.assert(
      fc.asyncProperty(history, async commits => {
        const repository = repositories.create(commits);
        const slow = avelinoSlowly(repository);
        const found = await avelino2016.authorsAfter(repository);
        expect(
          Object.fromEntries(
            Object.entries(found).map(([file, authors]) => [
              file,
              authors.map(person => slow.personNamed.get(person)).sort(),
            ]),
          ),
        ).toEqual(slow.authors);
      }),
      { numRuns: 40 },
    );
  }, 300_000);

  it('has the authors of jetbrains2023 that an obvious reading finds', async () => {
    await fc.assert(
      fc.asyncProperty(history, async commits => {
        const repository = repositories.create(commits);
        const authors = await jetbrains2023.authorsAfter(repository);
        expect(authors).toEqual(jetbrainsSlowly(repository));
      }),
      { numRuns: 40 },
    );
  }, 300_000);
});
