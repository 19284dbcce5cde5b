import { TestCommit } from '../../__testUtils__/commits';
import { NOW } from '../../__testUtils__/reading';
import { useRepositories } from '../../__testUtils__/repositories';
import { ModelRequest, readModel } from '../readModel';

type Options = Partial<Omit<ModelRequest, 'model' | 'repository'>>;

/** Lets a model read repositories, each of which is there for one test. */
export function useModel(model: ModelRequest['model']) {
  const repositories = useRepositories();
  /** What it says, of a repository or of one that is made of commits. */
  const read = async (
    from: string | readonly TestCommit[],
    options: Options = {},
  ) => {
    const repository =
      typeof from === 'string' ? from : repositories.create(from);
    const { commits, people, files, authors, absenceFactorOf } =
      await readModel({ repository, model, now: NOW, ...options });
    const { removal, ...absenceFactor } = absenceFactorOf();
    return {
      commits,
      people,
      files,
      /** By path, in the order of the alphabet. */
      authors: Object.fromEntries(
        files.map((path, file) => [
          path,
          authors[file].map(person => people[person]).sort(),
        ]),
      ),
      absenceFactor,
      /** Who would be removed, in turn, until nobody is left. */
      order: removal.map(({ person }) => person),
    };
  };
  const authorsAfter = async (...args: Parameters<typeof read>) =>
    (await read(...args)).authors;
  return { repositories, read, authorsAfter };
}
