import { ruleInput } from '../../__testUtils__/builders';
import { DocumentState, FlagSeverity } from '../../../schemas';
import { staleDocs } from './staleDocs';

const reasons = [
  {
    message: 'README.md cites src/old.ts, which was removed on 2026-02-03',
    file: 'README.md',
    line: 12,
  },
];

const evaluate = (state: DocumentState) =>
  staleDocs.evaluate(
    ruleInput({ documents: { type: 'known', state, reasons } }),
  );

describe('staleDocs', () => {
  it.each<[DocumentState, FlagSeverity, RegExp]>([
    ['contradicted', 'high', /^Correct or remove the places named/],
    ['changed-since', 'medium', /beside what has changed since/],
    ['missing', 'medium', /^Write a README\.md/],
    ['overdue', 'low', /^Read the document once more/],
  ])('is raised for %s with severity %s', (state, severity, repair) => {
    expect(evaluate(state)).toEqual({
      type: 'raised',
      severity,
      // The reasons of the documents, with the places where they can be checked.
      reasons,
      repair: { message: expect.stringMatching(repair) },
    });
  });

  it('is clear for fresh documents', () => {
    expect(evaluate('fresh')).toEqual({ type: 'clear' });
  });

  it('is unknown where documents or their source cannot be read', () => {
    expect(evaluate('unknown')).toEqual({ type: 'unknown' });
    expect(
      staleDocs.evaluate(ruleInput({ documents: { type: 'unknown' } })),
    ).toEqual({ type: 'unknown' });
  });
});
