import { comparable } from './plainText';

/**
 * Those of the files of a change that its explanation names, with or without their
 * ending; all of them where it names none.
 * @public
 */
export function citedFiles(text: string, paths: readonly string[]): string[] {
  const said = ` ${comparable(text)} `;
  const cited = paths.filter(path => {
    const name = path.slice(path.lastIndexOf('/') + 1);
    return [name, name.replace(/\.[^.]*$/, '')]
      .map(comparable)
      .some(word => word !== '' && said.includes(` ${word} `));
  });
  return cited.length > 0 ? cited : [...paths];
}
