import fc from 'fast-check';
import { defaultSettings } from '../settings';
import { NOW, inDays } from '../__testUtils__/builders';
import {
  EdgeFacts,
  combineEdges as combine,
  findDependency,
  isDependency,
} from './combineEdges';

const LEDGER = 'component:default/ledger';
const DATABASE = 'resource:default/ledger-db';

function facts(overrides: Partial<EdgeFacts> = {}): EdgeFacts {
  return {
    sourceRef: 'component:default/payouts',
    declared: [],
    providers: new Map(),
    observed: [],
    classifications: [],
    ...overrides,
  };
}

const combineEdges = (given: EdgeFacts) =>
  combine(given, NOW, defaultSettings.edges);

const relation = (
  type: EdgeFacts['declared'][number]['type'],
  targetRef: string,
  criticality: EdgeFacts['declared'][number]['criticality'] = 'UNCLASSIFIED',
) => ({
  type,
  targetRef,
  criticality,
  firstSeen: inDays(-10),
  lastSeen: inDays(-1),
});

describe('combineEdges', () => {
  it('leads an API to those who provide it, and to itself where nobody does', () => {
    const edges = combineEdges(
      facts({
        declared: [
          relation('consumesApi', 'api:default/ledger-api'),
          relation('consumesApi', 'api:default/lost-api'),
        ],
        providers: new Map([
          ['api:default/ledger-api', [LEDGER, 'component:default/ledger2']],
        ]),
      }),
    );
    expect(
      edges.map(edge => [edge.type, edge.targetRef, edge.apiRefs]),
    ).toEqual([
      ['consumesApi', 'api:default/lost-api', ['api:default/lost-api']],
      ['consumesApi', LEDGER, ['api:default/ledger-api']],
      ['consumesApi', 'component:default/ledger2', ['api:default/ledger-api']],
    ]);
  });

  it('asks once for what is declared twice, as strongly as either says', () => {
    const edges = combineEdges(
      facts({
        declared: [
          relation('consumesApi', 'api:default/ledger-api', 'SOFT'),
          relation('dependsOn', LEDGER, 'HARD'),
        ],
        providers: new Map([['api:default/ledger-api', [LEDGER]]]),
      }),
    );
    expect(edges).toMatchObject([
      {
        type: 'dependsOn',
        targetRef: LEDGER,
        apiRefs: ['api:default/ledger-api'],
        criticality: 'HARD',
        origin: 'declared',
      },
    ]);
    expect(findDependency(edges, LEDGER)).toBe(edges[0]);
    expect(findDependency(edges, 'api:default/ledger-api')).toBe(edges[0]);
    expect(findDependency(edges, DATABASE)).toBeUndefined();
  });

  it('takes the annotation to name the provider of an API, too', () => {
    const [edge] = combineEdges(
      facts({
        declared: [
          relation('consumesApi', 'api:default/ledger-api', 'SOFT'),
          relation('hardDependency', LEDGER, 'HARD'),
        ],
        providers: new Map([['api:default/ledger-api', [LEDGER]]]),
      }),
    );
    expect(edge).toMatchObject({ targetRef: LEDGER, criticality: 'HARD' });
  });

  it('joins what is declared with what was seen', () => {
    const edges = combineEdges(
      facts({
        declared: [relation('consumesApi', 'api:default/ledger-api', 'HARD')],
        providers: new Map([['api:default/ledger-api', [LEDGER]]]),
        observed: [
          { targetRef: LEDGER, firstSeen: inDays(-5), lastSeen: inDays(0) },
          {
            targetRef: 'component:default/cart',
            firstSeen: inDays(-2),
            lastSeen: inDays(-2),
          },
        ],
      }),
    );
    expect(edges).toMatchObject([
      {
        targetRef: 'component:default/cart',
        type: 'dependsOn',
        origin: 'observed',
        criticality: 'UNCLASSIFIED',
      },
      {
        targetRef: LEDGER,
        type: 'consumesApi',
        origin: 'both',
        criticality: 'HARD',
        firstSeen: inDays(-10),
        lastSeen: inDays(0),
      },
    ]);
  });

  it('forgets a call that nothing declares when it was long ago', () => {
    const call = (days: number, milliseconds = 0) =>
      combineEdges(
        facts({
          observed: [
            {
              targetRef: LEDGER,
              firstSeen: inDays(-90),
              lastSeen: inDays(days, milliseconds),
            },
          ],
        }),
      );
    expect(call(-30, 1)).toHaveLength(1);
    expect(call(-30)).toEqual([]);
  });

  it('lets people have the last word, and keeps what they said', () => {
    const [edge] = combineEdges(
      facts({
        declared: [relation('dependsOn', DATABASE, 'HARD')],
        classifications: [
          {
            targetRef: DATABASE,
            criticality: 'SOFT',
            comment: 'We queue for a day.',
            version: 2,
            by: 'user:default/ann',
            at: inDays(-3),
          },
        ],
      }),
    );
    expect(edge).toMatchObject({
      criticality: 'SOFT',
      comment: 'We queue for a day.',
      classified: { version: 2, by: 'user:default/ann', at: inDays(-3) },
    });
  });

  it('shows what an entity is part of, and does not count it', () => {
    const [edge] = combineEdges(
      facts({ declared: [relation('partOf', 'system:default/money')] }),
    );
    expect(edge).toMatchObject({ type: 'partOf', criticality: 'UNCLASSIFIED' });
    expect(isDependency(edge)).toBe(false);
    expect(findDependency([edge], 'system:default/money')).toBeUndefined();
  });

  it('has no edge from an entity to itself, and one at most to any other', () => {
    const refs = fc
      .constantFrom('a', 'b', 'c')
      .map(name => `component:default/${name}`);
    const apis = fc.constantFrom('api:default/x', 'api:default/y');
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            refs.map(ref => relation('dependsOn', ref)),
            apis.map(ref => relation('consumesApi', ref, 'SOFT')),
            refs.map(ref => relation('hardDependency', ref, 'HARD')),
          ),
        ),
        fc.dictionary(apis, fc.array(refs)),
        fc.uniqueArray(refs),
        (declared, providers, seen) => {
          const edges = combineEdges({
            sourceRef: 'component:default/a',
            declared,
            providers: new Map(Object.entries(providers)),
            observed: seen.map(targetRef => ({
              targetRef,
              firstSeen: inDays(-1),
              lastSeen: inDays(-1),
            })),
            classifications: [],
          });
          const targets = edges.map(edge => edge.targetRef);
          expect(new Set(targets).size).toBe(targets.length);
          expect(targets).not.toContain('component:default/a');
          for (const target of seen.filter(ref => !ref.endsWith('/a'))) {
            expect(findDependency(edges, target)?.origin).not.toBe('declared');
          }
          const dependencies = declared.filter(
            one => one.type !== 'hardDependency',
          );
          for (const { targetRef } of dependencies) {
            const to = providers[targetRef]?.length
              ? providers[targetRef]
              : [targetRef];
            for (const ref of to.filter(one => !one.endsWith('/a'))) {
              expect(findDependency(edges, ref)?.origin).not.toBe('observed');
            }
          }
        },
      ),
    );
  });
});
