import { entityRefSchema } from '../../schemas';
import {
  CatalogEntity,
  declaredEdges,
  refOf,
  toShadowEntity,
  toShadowPerson,
  toShadowTeam,
} from './catalogEntity';

function entity(overrides: Partial<CatalogEntity> = {}): CatalogEntity {
  return { kind: 'Component', metadata: { name: 'ledger' }, ...overrides };
}

function annotated(
  annotations: Record<string, string>,
  overrides: Partial<CatalogEntity> = {},
): CatalogEntity {
  return entity({ metadata: { name: 'ledger', annotations }, ...overrides });
}

const relation = (type: string, targetRef: string) => ({ type, targetRef });

describe('refOf', () => {
  it.each([
    [entity(), 'component:default/ledger'],
    [
      entity({ kind: 'API', metadata: { name: 'Pay', namespace: 'EU' } }),
      'api:eu/pay',
    ],
    [entity({ metadata: { name: 'x', namespace: '' } }), 'component:default/x'],
  ])('of %j is %s', (given, ref) => {
    expect(refOf(given)).toBe(ref);
  });
});

describe('toShadowEntity', () => {
  it('reads what the catalog says', () => {
    expect(
      toShadowEntity(
        {
          kind: 'Component',
          metadata: {
            name: 'Ledger',
            namespace: 'Money',
            title: 'The Ledger',
            description: 'Keeps accounts.',
            annotations: {
              'understanding.dev/plane': ' data ',
              'understanding.dev/example': 'true',
              'understanding.dev/source-paths':
                'services/ledger, libs/money ,,',
              'understanding.dev/docs': 'docs/*.md',
              'backstage.io/source-location': 'url:https://example.com/a/b',
              'backstage.io/managed-by-location': 'file:/c.yaml',
            },
          },
          spec: { type: 'service' },
          relations: [
            relation('ownedBy', 'user:default/ann'),
            relation('ownedBy', 'group:default/Payments'),
            relation('partOf', 'component:default/bank'),
            relation('partOf', 'system:default/Money'),
          ],
        },
        'component',
      ),
    ).toEqual({
      entityRef: 'component:money/ledger',
      kind: 'component',
      namespace: 'money',
      name: 'ledger',
      title: 'The Ledger',
      description: 'Keeps accounts.',
      type: 'service',
      // Groups before Users, since a team can be told.
      ownerRef: 'group:default/payments',
      systemRef: 'system:default/money',
      plane: 'data',
      example: true,
      sourceLocation: 'url:https://example.com/a/b',
      managedByLocation: 'file:/c.yaml',
      sourcePaths: ['services/ledger', 'libs/money'],
      docs: ['docs/*.md'],
    });
  });

  it('takes a plane that does not exist for none', () => {
    const given = annotated({ 'understanding.dev/plane': 'astral' });
    expect(toShadowEntity(given, 'api').plane).toBeUndefined();
  });

  it('keeps an owner that is named in words, as the catalog does', () => {
    const { ownerRef } = toShadowEntity(
      entity({ relations: [relation('ownedBy', 'group:default/Team A')] }),
      'component',
    );
    expect(ownerRef).toBe('group:default/team a');
    expect(entityRefSchema.safeParse(ownerRef).success).toBe(true);
  });
});

describe('declaredEdges', () => {
  const relations = [
    relation('dependsOn', 'resource:default/DB'),
    relation('dependsOn', 'resource:default/db'),
    relation('dependsOn', 'component:default/mail'),
    relation('consumesApi', 'api:default/rates'),
    relation('partOf', 'system:default/money'),
    relation('ownedBy', 'group:default/payments'),
    relation('dependencyOf', 'component:default/shop'),
  ];

  it('leaves dependencies unclassified where nobody named the hard ones', () => {
    expect(declaredEdges(entity({ relations }))).toEqual([
      {
        type: 'dependsOn',
        targetRef: 'component:default/mail',
        criticality: 'UNCLASSIFIED',
      },
      {
        type: 'dependsOn',
        targetRef: 'resource:default/db',
        criticality: 'UNCLASSIFIED',
      },
      {
        type: 'consumesApi',
        targetRef: 'api:default/rates',
        criticality: 'UNCLASSIFIED',
      },
      {
        type: 'partOf',
        targetRef: 'system:default/money',
        criticality: 'UNCLASSIFIED',
      },
    ]);
  });

  it('calls the others soft where somebody did', () => {
    const edges = declaredEdges(
      annotated(
        {
          'understanding.dev/hard-dependencies':
            'resource:default/DB, system:default/money',
        },
        { relations },
      ),
    );
    expect(edges.map(edge => `${edge.targetRef} ${edge.criticality}`)).toEqual([
      'component:default/mail SOFT',
      'resource:default/db HARD',
      'api:default/rates SOFT',
      // No dependency that could fail.
      'system:default/money UNCLASSIFIED',
    ]);
  });
});

describe('toShadowPerson', () => {
  it('reads what the catalog says', () => {
    expect(
      toShadowPerson({
        kind: 'User',
        metadata: {
          name: 'Ann',
          annotations: {
            'github.com/user-login': ' AnnS ',
            // Somebody else may have this login on GitHub.
            'gitlab.com/user-login': 'ann',
            'slack.com/bot-notify': 'U012AB3CD',
          },
        },
        spec: {
          profile: {
            displayName: 'Ann Smith',
            email: ' Ann@Example.com ',
            timeZone: 'Europe/Berlin',
          },
        },
        relations: [
          relation('memberOf', 'group:default/payments'),
          relation('memberOf', 'group:default/payments'),
          relation('ownerOf', 'component:default/ledger'),
        ],
      }),
    ).toEqual({
      personRef: 'user:default/ann',
      displayName: 'Ann Smith',
      email: 'ann@example.com',
      logins: ['anns'],
      accounts: [
        { host: 'github.com', login: 'anns' },
        { host: 'gitlab.com', login: 'ann' },
      ],
      groupRefs: ['group:default/payments'],
      chat: 'U012AB3CD',
      timeZone: 'Europe/Berlin',
    });
  });

  it('reads chat and time zone from the annotations that are configured', () => {
    const annotations = {
      'acme.example/matrix': '@ann:acme.example',
      'acme.example/zone': 'Asia/Kolkata',
      'understanding.dev/time-zone': 'Europe/Berlin',
    };
    expect(
      toShadowPerson(
        { kind: 'User', metadata: { name: 'ann', annotations } },
        { chat: 'acme.example/matrix', timeZone: 'acme.example/zone' },
      ),
    ).toMatchObject({ chat: '@ann:acme.example', timeZone: 'Asia/Kolkata' });
  });

  it('takes a time zone that there is not for none', () => {
    expect(
      toShadowPerson({
        kind: 'User',
        metadata: {
          name: 'ann',
          annotations: { 'understanding.dev/time-zone': 'at home' },
        },
      }).timeZone,
    ).toBeUndefined();
  });
});

describe('toShadowTeam', () => {
  it('reads what the catalog says', () => {
    expect(
      toShadowTeam({
        kind: 'Group',
        metadata: {
          name: 'payments',
          title: 'Payments',
          annotations: {
            'understanding.dev/channels': 'webhook:a, slack:C012AB3CD',
          },
        },
        spec: { profile: { displayName: '' } },
        relations: [
          relation('hasMember', 'user:default/Bob'),
          relation('hasMember', 'user:default/ann'),
          relation('parentOf', 'group:default/ledger'),
          relation('childOf', 'group:default/company'),
        ],
      }),
    ).toEqual({
      teamRef: 'group:default/payments',
      title: 'Payments',
      channels: ['webhook:a', 'slack:C012AB3CD'],
      memberRefs: ['user:default/ann', 'user:default/bob'],
      childRefs: ['group:default/ledger'],
    });
  });
});
