import { checkSummary } from './checkSummary';

const input = {
  check: { state: 'failure', title: 'The change is not explained yet' },
  required: true,
  because: 'Every change is explained here.',
  entities: 1,
  prompts: [{ rule: 'empty', message: 'Nothing stands below “Why this way”.' }],
  questions: [
    {
      question: 'What does cart do when ledger is slow?',
      reason: 'The change touches cart/ledger.ts, which names ledger.',
    },
  ],
  documents: [{ title: 'Runbook', url: 'https://code.acme.example/runbook' }],
  uncounted: ['ada had a part in the change.'],
  url: 'https://backstage.acme.example/understanding/explanations/1',
} as const;

describe('checkSummary', () => {
  it('says what is missing, what to ask, and what describes the change', () => {
    expect(checkSummary(input)).toBe(
      [
        'The change is not explained yet.',
        'Every change is explained here.',
        '### What a reviewer would notice',
        '- Nothing stands below “Why this way”.',
        '### What does not count',
        '- ada had a part in the change.',
        '### Questions for the author',
        '- What does cart do when ledger is slow? — The change touches cart/ledger.ts, which names ledger.',
        '### These documents describe what you changed',
        '- [Runbook](https://code.acme.example/runbook)',
        'Somebody who had no part in the change says whether its explanation shows understanding, by a comment that begins with `/understanding genuine`, `surface` or `not-assessable`, or in [the record](https://backstage.acme.example/understanding/explanations/1).',
      ].join('\n\n'),
    );
  });

  it('says how far a large change reaches', () => {
    const summary = checkSummary({ ...input, entities: 40, onlyFiles: 3000 });
    expect(summary).toContain('It affects 40 entities of the catalog.');
    expect(summary).toContain('The host tells of 3000 of its files');
    expect(checkSummary(input)).not.toContain('It affects');
  });

  it('suggests who could review it, and nobody by name whom some may not see', () => {
    const reviewers = {
      knows: {
        person: { personRef: 'user:default/ann', displayName: 'Ann @x' },
        reason: 'Understands ledger.',
      },
      learns: { reason: 'As many people as needed understand it.' },
    };
    expect(checkSummary({ ...input, reviewers })).toContain(
      '### Who could review it\n\n- Ann @\u200bx: Understands ledger.\n- As many people as needed understand it.',
    );
    expect(checkSummary({ ...input, reviewers: 'not-named' })).toContain(
      '### Who could review it\n\n- [The record](https://backstage.acme.example/understanding/explanations/1) suggests people, to readers who may see their names.',
    );
    expect(checkSummary(input)).not.toContain('Who could review it');
  });

  it('is short while the change is being read', () => {
    const check = {
      state: 'pending',
      title: 'The change is being read',
    } as const;
    expect(checkSummary({ ...input, check })).not.toContain('###');
  });

  it('makes nothing of what names contain', () => {
    const summary = checkSummary({
      ...input,
      documents: [
        { title: '![x](https://evil.example) @acme/all <img>\n# H' },
        { title: 'Script', url: 'data:text/html,x' },
        { title: 'Broken', url: 'https://x.example/) [y](z' },
      ],
    });
    expect(summary).toContain(
      '- \\!\\[x\\](https://evil.example) @\u200bacme/all \\<img\\> \\# H\n- Script\n- Broken',
    );
  });

  it('names ten documents, and says how many more there are', () => {
    const documents = Array.from({ length: 14 }, (_, index) => ({
      title: `Document ${index}`,
    }));
    const summary = checkSummary({ ...input, documents });
    expect(summary).toContain('- Document 9\n- and 4 more');
    expect(summary).not.toContain('Document 10');
  });
});
