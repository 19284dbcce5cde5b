import fc from 'fast-check';
import { affectedEntities } from './affectedEntities';

const sources = [
  { entityRef: 'component:default/all', paths: [''] },
  { entityRef: 'component:default/cart', paths: ['services/cart'] },
  { entityRef: 'component:default/tax', paths: ['services/cart/tax', 'tax'] },
  { entityRef: 'api:default/tax', paths: ['services/cart/tax'] },
];

describe('affectedEntities', () => {
  it.each([
    [['services/cart/a.ts'], ['component:default/cart']],
    [['services/cart'], ['component:default/cart']],
    [['services/carts/a.ts'], ['component:default/all']],
    [['services/cart/tax/a.ts'], ['api:default/tax', 'component:default/tax']],
    [
      ['README.md', 'tax/a.ts'],
      ['component:default/all', 'component:default/tax'],
    ],
    [[], []],
    [undefined, ['component:default/all']],
  ])('of %j are %j', (files, expected) => {
    expect(affectedEntities(files, sources)).toEqual(expected);
  });

  it('are none where nobody knows the files and nobody has all of them', () => {
    expect(affectedEntities(undefined, sources.slice(1))).toEqual([]);
  });

  it('are those that an obvious search finds', () => {
    const segment = fc.constantFrom('a', 'b', 'ab');
    const path = fc
      .array(segment, { maxLength: 3 })
      .map(parts => parts.join('/'));
    fc.assert(
      fc.property(
        fc.array(
          path.filter(one => one !== ''),
          { maxLength: 6 },
        ),
        fc.array(fc.array(path, { minLength: 1, maxLength: 2 }), {
          maxLength: 5,
        }),
        (files, paths) => {
          const entities = paths.map((own, index) => ({
            entityRef: `component:default/e${index}`,
            paths: own,
          }));
          const expected = new Set<string>();
          for (const file of files) {
            const matches = entities.flatMap(({ entityRef, paths: own }) =>
              own
                .filter(
                  one =>
                    one === '' || file === one || file.startsWith(`${one}/`),
                )
                .map(one => ({ entityRef, length: one.length })),
            );
            const longest = Math.max(...matches.map(match => match.length));
            matches
              .filter(match => match.length === longest)
              .forEach(match => expected.add(match.entityRef));
          }
          expect(affectedEntities(files, entities)).toEqual(
            [...expected].sort(),
          );
        },
      ),
      { numRuns: 500 },
    );
  });
});
