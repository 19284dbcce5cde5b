import fc from 'fast-check';
import { facts, instants, settingsOf } from '../__testUtils__/arbitraries';
import {
  NOW,
  brokenCitation,
  documentFacts,
  inDays,
  justBefore,
} from '../__testUtils__/builders';
import { DocumentState } from '../../schemas';
import { defaultSettings } from '../settings';
import { documentState, worstDocumentState } from './documentState';

const settings = defaultSettings.documents;

function stateOf(given: Parameters<typeof documentFacts>[0]): DocumentState {
  return documentState(documentFacts(given), NOW, settings).state;
}

describe('documentState', () => {
  it.each<[string, Parameters<typeof documentFacts>[0], DocumentState]>([
    ['nothing changed', {}, 'fresh'],
    ['nothing changed for years', { contentChangedAt: inDays(-4000) }, 'fresh'],
    ['9 changes', { changesSince: 9, filesTouchedSince: 1 }, 'fresh'],
    ['10 changes', { changesSince: 10, filesTouchedSince: 1 }, 'changed-since'],
    ['9 of 40 files', { changesSince: 1, filesTouchedSince: 9 }, 'fresh'],
    [
      '10 of 40 files',
      { changesSince: 1, filesTouchedSince: 10 },
      'changed-since',
    ],
    [
      'just under a quarter',
      { changesSince: 1, filesTouchedSince: 249, territoryFiles: 1000 },
      'fresh',
    ],
    [
      'exactly a quarter',
      { changesSince: 1, filesTouchedSince: 250, territoryFiles: 1000 },
      'changed-since',
    ],
    [
      'the only file',
      { changesSince: 1, filesTouchedSince: 1, territoryFiles: 1 },
      'changed-since',
    ],
    ['no file in the territory', { territoryFiles: 0 }, 'fresh'],
    [
      'files touched that are gone',
      { changesSince: 1, filesTouchedSince: 1, territoryFiles: 0 },
      'fresh',
    ],
    [
      'a broken citation',
      { brokenCitations: [brokenCitation] },
      'contradicted',
    ],
  ])('%s', (_, given, state) => {
    expect(stateOf(given)).toBe(state);
  });

  it('puts contradiction before change, and change before age', () => {
    const old = {
      contentChangedAt: inDays(-1000),
      lastTerritoryChangeAt: inDays(-1),
    };
    const behind = { ...old, changesSince: 50, filesTouchedSince: 40 };
    expect(stateOf(old)).toBe('overdue');
    expect(stateOf(behind)).toBe('changed-since');
    expect(stateOf({ ...behind, brokenCitations: [brokenCitation] })).toBe(
      'contradicted',
    );
  });

  it('is overdue exactly after 365 days, if its territory changed after it', () => {
    const at = (contentChangedAt: string, lastTerritoryChangeAt: string) =>
      documentState(
        documentFacts({ contentChangedAt, lastTerritoryChangeAt }),
        NOW,
        settings,
      );
    expect(at(inDays(-365, 1), inDays(-10))).toEqual({
      state: 'fresh',
      reasons: [],
      until: inDays(0, 1),
    });
    expect(at(inDays(-365), inDays(-10)).state).toBe('overdue');
    // One commit that changes both does not leave the document behind.
    expect(at(inDays(-365), inDays(-365))).toEqual({
      state: 'fresh',
      reasons: [],
    });
    expect(at(inDays(-365), inDays(-400)).state).toBe('fresh');
    expect(at(inDays(-365), inDays(-365, 1)).state).toBe('overdue');
  });

  it('says what can be checked', () => {
    const { reasons } = documentState(
      documentFacts({
        brokenCitations: [
          brokenCitation,
          { ...brokenCitation, line: 30, movedTo: 'src/new.ts' },
        ],
      }),
      NOW,
      settings,
    );
    expect(reasons).toEqual([
      {
        message:
          'README.md cites src/old.ts, which was removed on 2026-02-03 (0123456789)',
        file: 'README.md',
        line: 12,
      },
      {
        message:
          'README.md cites src/old.ts, which was moved to src/new.ts on 2026-02-03 (0123456789)',
        file: 'README.md',
        line: 30,
      },
    ]);
    const messageOf = (given: Parameters<typeof documentFacts>[0]) =>
      documentState(documentFacts(given), NOW, settings).reasons[0].message;
    expect(
      messageOf({ changesSince: 12, filesTouchedSince: 1, territoryFiles: 9 }),
    ).toBe(
      'README.md was last changed on 2026-01-30; since then 12 significant changes touched 1 of the 9 files that it describes',
    );
    expect(
      messageOf({ changesSince: 1, filesTouchedSince: 1, territoryFiles: 1 }),
    ).toContain(
      '1 significant change touched 1 of the 1 file that it describes',
    );
    expect(
      messageOf({
        contentChangedAt: '2025-01-01T00:00:00.000Z',
        lastTerritoryChangeAt: inDays(-10),
      }),
    ).toBe(
      'README.md was last changed on 2025-01-01, 365 days ago or more, and its source has changed since',
    );
  });

  it('takes its numbers from the settings', () => {
    const strict = {
      changesSince: 1,
      filesTouchedShare: 0.5,
      overdueDays: 7,
    };
    const at = (given: Parameters<typeof documentFacts>[0]) =>
      documentState(documentFacts(given), NOW, strict).state;
    expect(at({ changesSince: 1 })).toBe('changed-since');
    expect(at({ filesTouchedSince: 19 })).toBe('fresh');
    expect(at({ filesTouchedSince: 20 })).toBe('changed-since');
    expect(
      at({ contentChangedAt: inDays(-7), lastTerritoryChangeAt: inDays(-1) }),
    ).toBe('overdue');
  });

  it('needs a file that was touched, whatever the share', () => {
    const any = { ...settings, filesTouchedShare: 0 };
    expect(documentState(documentFacts(), NOW, any).state).toBe('fresh');
    expect(
      documentState(documentFacts({ filesTouchedSince: 1 }), NOW, any).state,
    ).toBe('changed-since');
  });

  it('changes exactly at until, with a reason for each state but fresh', () => {
    fc.assert(
      fc.property(facts, instants, settingsOf, (given, now, { documents }) => {
        const { state, reasons, until } = documentState(given, now, documents);
        expect(reasons.length > 0).toBe(state !== 'fresh');
        const due = until ?? '2999-01-01T00:00:00.000Z';
        expect(due > now).toBe(true);
        expect(documentState(given, justBefore(due), documents)).toEqual({
          state,
          reasons,
          until,
        });
        expect(documentState(given, due, documents).state).toBe(
          until ? 'overdue' : state,
        );
      }),
    );
  });
});

describe('worstDocumentState', () => {
  it.each<[DocumentState[], DocumentState]>([
    [[], 'missing'],
    [['fresh'], 'fresh'],
    [['fresh', 'overdue'], 'overdue'],
    [['fresh', 'unknown'], 'unknown'],
    [['overdue', 'unknown'], 'overdue'],
    [['overdue', 'changed-since', 'fresh'], 'changed-since'],
    [['changed-since', 'contradicted', 'overdue', 'fresh'], 'contradicted'],
  ])('of %j is %s', (states, worst) => {
    expect(worstDocumentState(states)).toBe(worst);
    expect(worstDocumentState([...states].reverse())).toBe(worst);
  });
});
