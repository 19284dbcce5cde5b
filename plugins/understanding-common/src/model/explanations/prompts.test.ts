import { PromptInput, reviewerPrompts } from './prompts';

const input: PromptInput = {
  explanation: {
    sections: {
      what: 'The ledger rounds amounts once, when it books them.',
      howItFails: 'A negative amount would be rounded up.',
      why: 'Rounding in the client was tried and lost cents.',
    },
    missing: [],
    cut: [],
  },
  title: 'Round amounts once',
  commits: ['Round amounts once', 'Test it'],
  files: ['services/ledger/src/rounding.ts'],
  names: ['Ledger'],
  addedEdges: [],
};

const withText = (
  sections: Partial<PromptInput['explanation']['sections']>,
  more: Partial<PromptInput> = {},
) =>
  reviewerPrompts({
    ...input,
    ...more,
    explanation: {
      ...input.explanation,
      sections: { ...input.explanation.sections, ...sections },
    },
  }).map(prompt => prompt.rule);

describe('reviewerPrompts', () => {
  it('has nothing to say of an explanation that tells something', () => {
    expect(reviewerPrompts(input)).toEqual([]);
  });

  it('says only what is missing where something is', () => {
    expect(
      reviewerPrompts({
        ...input,
        explanation: { sections: {}, missing: ['what', 'why'], cut: ['what'] },
      }),
    ).toEqual([
      {
        rule: 'empty',
        message:
          'Nothing stands below “What this change does”, “Why this way”.',
      },
    ]);
  });

  it('notices what restates the title or the commits', () => {
    expect(withText({ what: 'Round amounts, **once**.' })).toContain(
      'restates-title',
    );
    expect(withText({ what: 'Amounts: test, round it.' })).toContain(
      'restates-commits',
    );
    expect(withText({ what: 'Amounts of the ledger' })).toEqual([]);
  });

  it('notices what names none of the things it touches', () => {
    const vague = { what: 'It makes everything better.', why: 'Why not.' };
    expect(withText(vague)).toEqual(['names-nothing']);
    expect(withText({ ...vague, why: 'See `rounding.ts`.' })).toEqual([]);
    expect(withText({ ...vague, why: 'Our roundings were off.' })).toEqual([
      'names-nothing',
    ]);
    expect(withText(vague, { files: [], names: [] })).toEqual([]);
  });

  it('notices a near-duplicate, with the other one', () => {
    const duplicate = { of: 'acme/shop#7', url: 'https://x.example/7' };
    expect(reviewerPrompts({ ...input, duplicate })).toEqual([
      {
        rule: 'near-duplicate',
        message: 'It is nearly the same text as acme/shop#7.',
        url: 'https://x.example/7',
      },
    ]);
  });

  it.each(['None.', 'n/a', 'It cannot fail!', 'TBD'])(
    'does not believe that a new dependency fails in no way: %s',
    howItFails => {
      expect(withText({ howItFails }, { addedEdges: ['Tax'] })).toContain(
        'no-failure-modes',
      );
      expect(withText({ howItFails })).toEqual([]);
    },
  );

  it('says that a text was cut', () => {
    const explanation = { ...input.explanation, cut: ['why' as const] };
    expect(reviewerPrompts({ ...input, explanation })[0].message).toContain(
      '“Why this way”: longer than 20,000 characters',
    );
  });
});
