import { describeExplanation } from './describeExplanation';
import { sectionNames } from './parseExplanation';

describe('describeExplanation', () => {
  it('writes what is needed, and what else is said, under the headings', () => {
    expect(
      describeExplanation(
        { what: ' Rounds. ', why: 'Cents.', operate: '  ', expected: 'Less.' },
        'none',
        sectionNames,
      ),
    ).toBe(
      [
        'AI assistance: none',
        '## What this change does',
        'Rounds.',
        '## How it can fail',
        '## Why this way',
        'Cents.',
        '## What I expect to see after release',
        'Less.',
        '',
      ].join('\n\n'),
    );
  });

  it('says nothing of AI assistance where nobody does', () => {
    expect(describeExplanation({}, 'unknown', sectionNames)).not.toContain(
      'AI',
    );
  });
});
