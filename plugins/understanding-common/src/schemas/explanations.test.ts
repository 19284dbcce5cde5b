import { createAssessmentRequestSchema } from './assessments';
import { createExplanationRequestSchema } from './explanations';

const request = {
  entityRefs: ['component:default/ledger'],
  what: 'Rounds once.',
  howItFails: 'With a negative amount.',
  why: 'The client cannot.',
};
const change = {
  host: 'GitHub.com',
  repository: 'Acme/Shop',
  number: 7,
  url: 'https://github.com/acme/shop/pull/7',
  headSha: 'A'.repeat(40),
};

describe('createExplanationRequestSchema', () => {
  it('takes what is needed, and compares addresses in lower case', () => {
    const parsed = createExplanationRequestSchema.parse({ ...request, change });
    expect(parsed.aiAssistance).toBe('unknown');
    expect(parsed.change).toMatchObject({
      host: 'github.com',
      repository: 'acme/shop',
      headSha: 'a'.repeat(40),
    });
  });

  it.each([
    ['a section of blanks', { what: ' \n ' }, 'what'],
    ['a section that is too long', { why: 'a'.repeat(20_001) }, 'why'],
    ['no entity', { entityRefs: [] }, 'entityRefs'],
    ['half a hash', { change: { ...change, headSha: 'abc' } }, 'headSha'],
    [
      'another scheme',
      { change: { ...change, url: 'data:text/html,x' } },
      'url',
    ],
    ['an unknown field', { score: 5 }, 'score'],
  ])('refuses %s, with its name', (_, more, name) => {
    const { error } = createExplanationRequestSchema.safeParse({
      ...request,
      ...more,
    });
    expect(JSON.stringify(error?.issues)).toContain(name);
  });
});

describe('createAssessmentRequestSchema', () => {
  it('needs all four points of the rubric', () => {
    const rubric = {
      mechanism: true,
      conditionAndEffect: true,
      alternativeRejected: false,
      observableSign: true,
    };
    const assessment = { result: 'genuine', rubric };
    expect(createAssessmentRequestSchema.parse(assessment)).toEqual(assessment);
    const { observableSign: _, ...three } = rubric;
    expect(
      createAssessmentRequestSchema.safeParse({ ...assessment, rubric: three })
        .success,
    ).toBe(false);
  });
});
