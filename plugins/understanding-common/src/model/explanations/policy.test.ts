import { PolicyInput, explanationRequired, policyInWords } from './policy';

const NOW = '2026-05-20T10:00:00.000Z';

const change: PolicyInput = {
  policy: 'ai-assisted',
  aiAssistance: 'assisted',
  author: { login: 'ada', bot: false },
  files: ['src/a.ts', 'README.md'],
  exemptions: [],
};

const of = (more: Partial<PolicyInput>) =>
  explanationRequired({ ...change, ...more }, NOW);

describe('explanationRequired', () => {
  it.each<[Partial<PolicyInput>, boolean, string]>([
    [{}, true, 'Coding agents had a part in it.'],
    [{ aiAssistance: 'unknown' }, false, 'Nobody says'],
    [{ aiAssistance: 'none' }, false, 'Its author says'],
    [{ policy: 'always', aiAssistance: 'none' }, true, 'Every change'],
    [{ policy: 'never' }, false, 'No explanations'],
    [{ files: ['README.md', 'docs/a.rst'] }, false, 'only documentation'],
    [{ files: ['docs/conf.py'] }, true, 'Coding agents'],
    [{ files: ['page.mdx'] }, true, 'Coding agents'],
    [{ files: [] }, true, 'Coding agents'],
    [{ files: undefined }, true, 'Coding agents'],
    [{ author: { login: 'dependabot[bot]', bot: true } }, false, 'bot'],
    [{ author: { login: 'dependabot', bot: false } }, true, 'Coding agents'],
    [{ author: { login: 'copilot', bot: true } }, true, 'Coding agents'],
    [{ author: undefined }, true, 'Coding agents'],
  ])('of %j is %s', (more, required, because) => {
    const found = of(more);
    expect(found.required).toBe(required);
    expect(found.because).toContain(because);
  });

  it('knows an exemption until it ends, with its reason and owner', () => {
    const exemption = {
      reason: 'Frozen until its removal',
      ownerRef: 'user:default/ann',
      until: '2026-05-20T10:00:00.001Z',
    };
    expect(of({ exemptions: [exemption] })).toEqual({
      required: false,
      because:
        'user:default/ann exempted it until 2026-05-20T10:00:00.001Z: Frozen until its removal',
    });
    expect(of({ exemptions: [{ ...exemption, until: NOW }] }).required).toBe(
      true,
    );
  });
});

describe('policyInWords', () => {
  it('says when explanations are asked for', () => {
    expect(policyInWords('never', 'blocking')).toBe(
      'No explanations are asked for.',
    );
    expect(policyInWords('always', 'advisory')).toMatch(
      /with every change, .*says that it is missing/,
    );
    expect(policyInWords('always', 'off')).toContain('does not say');
    expect(policyInWords('ai-assisted', 'blocking')).toMatch(
      /when coding agents .*Without an accepted one, .*fails/,
    );
  });
});
