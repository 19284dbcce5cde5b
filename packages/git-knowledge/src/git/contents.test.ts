import { ann, commit } from '../__testUtils__/commits';
import {
  git,
  removeContent,
  useRepositories,
} from '../__testUtils__/repositories';
import { ContentPair, readPairs } from './contents';

const repositories = useRepositories();

/** The contents of pairs, as text. */
async function textsOf(repository: string, pairs: readonly ContentPair[]) {
  const texts: string[] = [];
  for await (const { before, after } of readPairs(repository, pairs, {
    maxBytes: 5,
  })) {
    texts.push(`${before} ${after}`);
  }
  return texts;
}

describe('readPairs', () => {
  const create = () => {
    const repository = repositories.create([
      commit(ann, { a: 'one', b: 'two', c: 'three', d: 'larger', e: 'gone' }),
    ]);
    const nameOf = (path: string) =>
      git(repository, ['rev-parse', `main:${path}`]).trim();
    const [a, b, c, d, e] = ['a', 'b', 'c', 'd', 'e'].map(nameOf);
    return { repository, a, b, c, d, e };
  };

  it('reads the one before and the one after, in turn', async () => {
    const { repository, a, b, c } = create();
    expect(
      await textsOf(repository, [
        { before: b, after: c },
        { before: a, after: b },
        { before: undefined, after: a },
        { before: a, after: undefined },
        { before: a, after: c },
        { before: a, after: a },
      ]),
    ).toEqual(['two three', 'one two', ' one', 'one ', 'one three', 'one one']);
  });

  it('says which are missing, and which are too large', async () => {
    const { repository, a, d, e } = create();
    removeContent(repository, 'main:e');
    expect(
      await textsOf(repository, [
        { before: e, after: a },
        { before: d, after: e },
        { before: a, after: d },
      ]),
    ).toEqual(['missing one', 'too-large missing', 'one too-large']);
  });

  it('reads more than it asks for at once', async () => {
    const { repository, a, b } = create();
    const pairs = Array.from({ length: 20_000 }, (_, place) =>
      place % 2 === 0 ? { before: a, after: b } : { before: b, after: a },
    );
    const texts = await textsOf(repository, pairs);
    expect(texts).toHaveLength(20_000);
    expect(
      texts.filter(
        (text, place) => text !== (place % 2 === 0 ? 'one two' : 'two one'),
      ),
    ).toEqual([]);
  });
});
