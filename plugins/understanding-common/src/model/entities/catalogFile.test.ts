import fc from 'fast-check';
import {
  addedHardDependencies,
  hardDependenciesIn,
  isCatalogFile,
} from './catalogFile';

const document = (name: string, hard?: string) => ({
  kind: 'Component',
  metadata: {
    name,
    annotations: hard && { 'understanding.dev/hard-dependencies': hard },
  },
});

describe('addedHardDependencies', () => {
  it('tells what the head has and the base has not', () => {
    expect(
      addedHardDependencies(
        [document('shop', 'resource:default/db'), document('cart')],
        [
          document('shop', 'component:default/ledger, resource:default/db'),
          document('cart', ' Component:Default/Shop ,,not a ref'),
          document('new', 'component:default/new, component:default/cart'),
        ],
      ),
    ).toEqual([
      {
        sourceRef: 'component:default/shop',
        targetRef: 'component:default/ledger',
      },
      {
        sourceRef: 'component:default/cart',
        targetRef: 'component:default/shop',
      },
      {
        sourceRef: 'component:default/new',
        targetRef: 'component:default/cart',
      },
    ]);
  });

  it('adds nothing where both are the same, whatever they hold', () => {
    fc.assert(
      fc.property(fc.array(fc.anything()), documents => {
        expect(addedHardDependencies(documents, documents)).toEqual([]);
      }),
    );
  });

  it.each([
    null,
    'text',
    { kind: 'Component' },
    { kind: 3, metadata: { name: 'a' } },
    { kind: 'Component', metadata: { name: ['a'] } },
  ])('takes %j for no entity', value => {
    expect(hardDependenciesIn([value]).size).toBe(0);
  });

  it.each([
    document('a', '') as unknown,
    { kind: 'Component', metadata: { name: 'a', annotations: 'x' } },
    {
      kind: 'Component',
      metadata: {
        name: 'a',
        annotations: { 'understanding.dev/hard-dependencies': ['b:c/d'] },
      },
    },
  ])('finds no dependency in %j', value => {
    expect([...hardDependenciesIn([value]).values()]).toEqual([new Set()]);
  });
});

describe('isCatalogFile', () => {
  it.each([
    ['catalog-info.yaml', true],
    ['services/shop/catalog-info.yml', true],
    ['docs/my-catalog-info.yaml', false],
    ['catalog-info.yaml/x', false],
    ['catalog-info.json', false],
  ])('%s: %s', (path, expected) => {
    expect(isCatalogFile(path)).toBe(expected);
  });
});
