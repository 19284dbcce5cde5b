import fc from 'fast-check';
import { entityRefSchema } from '../../schemas';
import {
  CatalogEntity,
  declaredEdges,
  toShadowEntity,
  toShadowPerson,
  toShadowTeam,
} from './catalogEntity';

/** What a catalog must not answer, and a provider may still have written. */
function hostile(fields: Record<string, unknown>): CatalogEntity {
  return { kind: 'Component', metadata: { name: 'x' }, ...fields } as never;
}

const HOSTILE: Array<[string, CatalogEntity]> = [
  ['nothing but a name', hostile({})],
  ['null for everything', hostile({ spec: null, relations: null })],
  ['text for spec and relations', hostile({ spec: 'a', relations: 'b' })],
  ['lists for spec', hostile({ spec: [], relations: {} })],
  ['wrong types in spec', hostile({ spec: { type: 7, profile: 'me' } })],
  [
    'a profile of wrong types',
    hostile({ spec: { profile: { displayName: {}, email: 3 } } }),
  ],
  [
    'relations that are none',
    hostile({ relations: [null, 1, 'a', {}, { type: 'ownedBy' }] }),
  ],
  [
    'relations to nothing',
    hostile({
      relations: ['ownedBy', 'partOf', 'dependsOn', 'memberOf'].flatMap(type =>
        [null, 7, '', 'ledger', 'a:b', ':/', 'a:b/'].map(targetRef => ({
          type,
          targetRef,
        })),
      ),
    }),
  ],
  [
    'metadata of wrong types',
    hostile({
      metadata: {
        name: 'x',
        namespace: 3,
        title: {},
        description: [],
        annotations: 'none',
      },
    }),
  ],
  [
    'annotations of wrong types',
    hostile({
      metadata: {
        name: 'x',
        annotations: {
          'understanding.dev/plane': 1,
          'understanding.dev/docs': null,
          'understanding.dev/source-paths': [],
          'understanding.dev/hard-dependencies': {},
          'understanding.dev/channels': 5,
          'github.com/user-login': 6,
        },
      },
    }),
  ],
];

describe.each(HOSTILE)('of an entity with %s', (_, given) => {
  it('toShadowEntity takes what is wrong for missing', () => {
    expect(toShadowEntity(given, 'component')).toEqual({
      entityRef: 'component:default/x',
      kind: 'component',
      namespace: 'default',
      name: 'x',
      title: 'x',
      example: false,
      sourcePaths: [],
      docs: [],
    });
    expect(declaredEdges(given)).toEqual([]);
  });

  it('toShadowPerson takes what is wrong for missing', () => {
    expect(toShadowPerson({ ...given, kind: 'User' })).toEqual({
      personRef: 'user:default/x',
      displayName: 'x',
      logins: [],
      accounts: [],
      groupRefs: [],
    });
  });

  it('toShadowTeam takes what is wrong for missing', () => {
    expect(toShadowTeam({ ...given, kind: 'Group' })).toEqual({
      teamRef: 'group:default/x',
      title: 'x',
      channels: [],
      memberRefs: [],
      childRefs: [],
    });
  });
});

it('reads any entity, and gives references of the right form', () => {
  fc.assert(
    fc.property(
      fc.record({
        kind: fc.constantFrom('Component', 'User', 'Group'),
        metadata: fc
          .record({
            namespace: fc.jsonValue(),
            title: fc.jsonValue(),
            annotations: fc.oneof(
              fc.jsonValue(),
              fc.dictionary(
                fc.constantFrom(
                  'understanding.dev/channels',
                  'understanding.dev/hard-dependencies',
                ),
                fc.jsonValue(),
              ),
            ),
          })
          .map(metadata => ({ ...metadata, name: 'x' })),
        spec: fc.jsonValue(),
        relations: fc.oneof(
          fc.jsonValue(),
          fc.array(
            fc.record({
              type: fc.constantFrom('dependsOn', 'ownedBy', 'memberOf'),
              targetRef: fc.oneof(fc.jsonValue(), fc.string()),
            }),
          ),
        ),
      }),
      given => {
        const any = given as unknown as CatalogEntity;
        const refs = [
          toShadowEntity(any, 'component').ownerRef ?? [],
          declaredEdges(any).map(edge => edge.targetRef),
          toShadowPerson(any).groupRefs,
          toShadowTeam(any).memberRefs,
        ].flat();
        for (const ref of refs) {
          expect(entityRefSchema.safeParse(ref).success).toBe(true);
        }
      },
    ),
  );
});
