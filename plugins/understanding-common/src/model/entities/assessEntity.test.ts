import {
  NOW,
  brokenCitation,
  documentFacts,
  entityRecord,
  evidence,
  inDays,
  justBefore,
  person,
  readSource,
} from '../__testUtils__/builders';
import { defaultSettings } from '../settings';
import {
  EntityAssessment,
  EntityRecord,
  assessEntity,
  marksOf,
} from './assessEntity';

function assess(overrides: Partial<EntityRecord> = {}, now: string = NOW) {
  return assessEntity(entityRecord(overrides), now, defaultSettings);
}

const opened = ({ flags }: EntityAssessment) => flags.open.map(one => one.rule);

describe('assessEntity', () => {
  it('finds nothing wrong with an entity that two people understand', () => {
    const assessment = assess();
    expect(assessment.flags).toEqual({ open: [], update: [], resolve: [] });
    expect(assessment.summary).toMatchObject({
      entityRef: 'component:default/ledger',
      title: 'Ledger',
      ownerRef: 'group:default/payments',
      ownerTitle: 'Payments',
      understoodBy: 2,
      understoodByMinimum: 2,
      people: [
        { personRef: 'user:default/ann', displayName: 'Ann' },
        { personRef: 'user:default/bob', displayName: 'Bob' },
      ],
      documentState: 'fresh',
      unknownReason: undefined,
      computedAt: NOW,
    });
    expect(assessment.documents).toEqual([
      {
        id: 'd1',
        path: 'README.md',
        state: 'fresh',
        reasons: [],
        contentChangedAt: inDays(-30),
      },
    ]);
    // Bob's evidence is the first to fade.
    expect(assessment.nextDueAt).toBe(inDays(160));
  });

  it('names in the summary only those who can be asked and understand', () => {
    const { summary, people } = assess({
      source: readSource({
        people: [
          person('Ann', [evidence('authored', 10)]),
          person('Old', [evidence('authored', 200)]),
          person('Gone', [evidence('authored', 1)], 'left'),
          person('Stranger', [evidence('authored', 1)], 'not-in-catalog'),
        ],
      }),
    });
    expect(summary.understoodBy).toBe(1);
    expect(summary.people).toEqual([
      { personRef: 'user:default/ann', displayName: 'Ann' },
    ]);
    expect(people).toHaveLength(4);
  });

  it('raises what the rules say, with their reasons', () => {
    const { flags, summary } = assess({
      owner: { type: 'none' },
      source: readSource({
        people: [
          person('Older', [evidence('authored', 300)]),
          person(
            'Gone',
            [evidence('authored', 40), evidence('reviewed', 50)],
            'left',
          ),
          person('Oldest', [evidence('authored', 900)]),
        ],
        documents: [
          { ...documentFacts({ path: 'docs/fresh.md' }), id: 'd1' },
          { ...documentFacts({ brokenCitations: [brokenCitation] }), id: 'd2' },
          {
            ...documentFacts({ path: 'docs/behind.md', changesSince: 10 }),
            id: 'd3',
          },
        ],
      }),
    });
    expect(flags.open).toMatchObject([
      { rule: 'no-owner', content: { severity: 'high' } },
      {
        rule: 'stale-docs',
        // Of the worst documents only; the others stand beside it on the page.
        content: {
          severity: 'high',
          reasons: [{ file: 'README.md', line: 12 }],
        },
      },
      {
        rule: 'thin-understanding',
        content: {
          reasons: [
            {
              message:
                'No active person has evidence younger than 180 days; the last evidence of anybody is of 2026-01-20',
            },
          ],
        },
      },
    ]);
    expect(summary).toMatchObject({
      understoodBy: 0,
      people: [],
      documentState: 'contradicted',
    });
  });

  it('says where documents were looked for when there are none', () => {
    const { flags, summary, documents } = assess({
      source: readSource({
        documents: [],
        documentGlobs: ['README.md', 'docs/**/*.md'],
      }),
    });
    expect(summary.documentState).toBe('missing');
    expect(documents).toEqual([]);
    expect(flags.open).toMatchObject([
      {
        rule: 'stale-docs',
        content: {
          reasons: [
            { message: 'No document was found under README.md, docs/**/*.md' },
          ],
        },
      },
    ]);
  });

  it('shows what it cannot see as unknown, and says nothing about it', () => {
    const source = { type: 'unknown', reason: 'It is not there.' } as const;
    const assessment = assess({ source });
    expect(assessment).toMatchObject({
      people: [],
      documents: [],
      flags: { open: [], update: [], resolve: [] },
      summary: {
        documentState: 'unknown',
        people: [],
        unknownReason: 'It is not there.',
      },
    });
    expect(assessment.summary.understoodBy).toBeUndefined();
    expect(assessment.nextDueAt).toBeUndefined();
    expect(assessment.summary.pending).toBeUndefined();
    expect(assess({ source: { ...source, pending: true } }).summary).toEqual({
      ...assessment.summary,
      pending: true,
    });
    // Who owns it is in the catalog, so that can be seen all the same.
    expect(opened(assess({ source, owner: { type: 'none' } }))).toEqual([
      'no-owner',
    ]);
  });

  it('falls due when evidence fades or a document becomes overdue', () => {
    const source = readSource({
      documents: [
        {
          ...documentFacts({
            contentChangedAt: inDays(-360),
            lastTerritoryChangeAt: inDays(-100),
          }),
          id: 'd1',
        },
      ],
    });
    const assessment = assess({ source });
    expect(assessment.nextDueAt).toBe(inDays(5));
    expect(opened(assess({ source }, justBefore(inDays(5))))).toEqual([]);
    const later = assess({ source }, inDays(5));
    expect(opened(later)).toEqual(['stale-docs']);
    expect(later.nextDueAt).toBe(inDays(160));
    expect(opened(assess({ source }, justBefore(inDays(160))))).toEqual([
      'stale-docs',
    ]);
    expect(opened(assess({ source }, inDays(160)))).toEqual([
      'stale-docs',
      'thin-understanding',
    ]);
  });
});

describe('marksOf', () => {
  it('keeps what a summary shows, in the order of the rules', () => {
    const flag = { severity: 'low', since: NOW, reasons: [] } as const;
    const flags = [
      { ...flag, rule: 'thin-understanding' as const },
      { ...flag, rule: 'no-owner' as const },
    ];
    expect(marksOf(flags)).toEqual([
      { rule: 'no-owner', severity: 'low', since: NOW },
      { rule: 'thin-understanding', severity: 'low', since: NOW },
    ]);
    expect(flags[0].rule).toBe('thin-understanding');
  });
});
