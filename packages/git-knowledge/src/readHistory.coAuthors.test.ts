import { TestCommit, ann, bob, commit } from './__testUtils__/commits';
import { read } from './__testUtils__/reading';
import { useRepositories } from './__testUtils__/repositories';

const repositories = useRepositories();

/** Commits and authored files per person, by name. */
async function peopleAfter(
  commits: readonly TestCommit[],
  options: Parameters<typeof read>[1] = {},
) {
  const { territory } = await read(repositories.create(commits), options);
  return Object.fromEntries(
    territory.people.map(one => [one.name, [one.commits, one.authoredFiles]]),
  );
}

const together = (...lines: string[]) => ({
  message: `Write it\n\nTogether.\n\n${lines.join('\n')}\n`,
});

const dependabot = {
  name: 'dependabot[bot]',
  email: '49699333+dependabot[bot]@users.noreply.github.com',
};

describe('co-authors', () => {
  it('made a commit as its author did', async () => {
    expect(
      await peopleAfter([
        commit(
          ann,
          { 'a.ts': '1' },
          together(
            'Reviewed-by: Zoe <zoe@example.com>',
            'Co-authored-by: Bob <bob@example.com>',
            'co-authored-BY: Cem <cem@example.com>',
          ),
        ),
        commit(bob, { 'a.ts': '2' }),
      ]),
    ).toEqual({ Ann: [1, 1], Bob: [2, 1], Cem: [1, 1] });
  });

  it('count once, however often they are named', async () => {
    expect(
      await peopleAfter([
        commit(
          ann,
          { 'a.ts': '1' },
          together(
            'Co-authored-by: Ann <ann@example.com>',
            'Co-authored-by: Bob <bob@example.com>',
            'Co-authored-by: B. <BOB@example.com>',
          ),
        ),
      ]),
    ).toEqual({ Ann: [1, 1], Bob: [1, 1] });
  });

  it('are named at the end of a message only, in full', async () => {
    expect(
      await peopleAfter([
        commit(
          ann,
          { 'a.ts': '1' },
          {
            message:
              'Co-authored-by: Bob <bob@example.com>\n\nNot at the end.\n\nThe end.\n',
          },
        ),
        commit(ann, { 'a.ts': '2' }, together('Co-authored-by: Cem')),
      ]),
    ).toEqual({ Ann: [2, 1] });
  });

  it('are joined by the mailmap and by identities', async () => {
    const { territory } = await read(
      repositories.create([
        commit(ann, {
          'a.ts': '1',
          '.mailmap': 'Bob Berg <bob@example.com> <-old@home.example>\n',
        }),
        commit(
          ann,
          { 'a.ts': '2' },
          together(
            'Co-authored-by: -x <-old@home.example>',
            'Co-authored-by: Cem <cem@home.example>',
          ),
        ),
      ]),
      {
        identities: [
          { email: 'bob@example.com', personId: 'bob', active: true },
          { email: 'cem@home.example', personId: 'cem', active: true },
        ],
      },
    );
    expect(territory.people).toMatchObject([
      { name: 'Bob Berg', personId: 'bob', emails: ['bob@example.com'] },
      { name: 'Cem', personId: 'cem' },
      { name: 'Ann' },
    ]);
  });

  it('that are bots or agents know nothing afterwards', async () => {
    expect(
      await peopleAfter([
        commit(
          ann,
          { 'a.ts': '1' },
          together(
            'Co-authored-by: Claude <noreply@anthropic.com>',
            'Co-authored-by: Copilot <198982749+Copilot@users.noreply.github.com>',
            `Co-authored-by: ${dependabot.name} <${dependabot.email}>`,
          ),
        ),
      ]),
    ).toEqual({ Ann: [1, 1] });
  });

  it('made what a bot committed for them', async () => {
    expect(
      await peopleAfter([
        commit(
          dependabot,
          { 'a.ts': '1' },
          together('Co-authored-by: Bob <bob@example.com>'),
        ),
        commit(dependabot, { 'a.ts': '2' }),
      ]),
    ).toEqual({ Bob: [1, 1] });
  });

  it('can be many, and odd', async () => {
    const people = await peopleAfter(
      Array.from({ length: 300 }, (_, index) =>
        commit(
          ann,
          { 'a.ts': `${index}` },
          together(
            `Co-authored-by: "P; $(touch x)" <p${index}@example.com>`,
            'Co-authored-by: \u001b[31mRed <red@example.com>',
          ),
        ),
      ),
    );
    expect(Object.keys(people)).toContain('"P; $(touch x)"');
    expect(people.Ann).toEqual([300, 1]);
  });
});
