import { ExplanationRecord } from '../../schemas';
import { assessmentLapse, explanationInWords } from './explanationInWords';

type Record1 = Parameters<typeof explanationInWords>[0];

const HEAD = 'a'.repeat(40);

function record(part: Partial<Record1> = {}): Record1 {
  return {
    state: 'submitted',
    required: true,
    change: {
      host: 'github.com',
      repository: 'acme/shop',
      number: 1,
      url: 'https://github.com/acme/shop/pull/1',
      headSha: HEAD,
    },
    versions: [
      {
        at: '2026-05-20T10:00:00.000Z',
        source: 'description',
        headSha: HEAD,
        sections: { what: 'Rounds.' },
      },
    ],
    assessments: [],
    ...part,
  };
}

function assessment(
  part: Partial<ExplanationRecord['assessments'][number]> = {},
): ExplanationRecord['assessments'][number] {
  return {
    id: '1',
    at: '2026-05-20T11:00:00.000Z',
    result: 'genuine',
    withdrawn: false,
    ...part,
  };
}

describe('assessmentLapse', () => {
  it.each([
    ['that is of what stands', {}, /^$/],
    ['of this head', { headSha: HEAD }, /^$/],
    ['of another head', { headSha: 'b'.repeat(40) }, /an earlier head/],
    ['that was edited', { withdrawn: true }, /edited or taken back/],
    ['from before', { at: '2026-05-20T09:00:00.000Z' }, /changed since/],
    // What came in the very second was not seen.
    ['of that second', { at: '2026-05-20T10:00:00.000Z' }, /changed since/],
  ])('tells of one %s', (_case, part, words) => {
    expect(assessmentLapse(record(), assessment(part)) ?? '').toMatch(words);
  });
});

describe('explanationInWords', () => {
  it.each<[string, Partial<Record1>, string]>([
    [
      'a missing part',
      { state: 'missing' },
      'Nothing stands below “How it can fail” and “Why this way” yet.',
    ],
    [
      'nothing at all',
      { state: 'missing', versions: [] },
      'Nobody has explained it yet.',
    ],
    [
      'one that is not asked for',
      { state: 'missing', required: false },
      'Nothing is asked for here.',
    ],
    ['one that waits', {}, 'It waits for a reviewer who had no part in it.'],
    [
      'one that lapsed',
      { assessments: [assessment({ at: '2026-05-20T09:00:00.000Z' })] },
      'found genuine before, and has changed since',
    ],
    ['one that is accepted', { state: 'accepted' }, 'shows understanding.'],
    ['one that is returned', { state: 'returned' }, 'does not show'],
    ['one that is stale', { state: 'stale' }, 'explains an older system'],
    ['a debt', { debt: 'open' }, 'The debt is paid by'],
    ['a debt that was paid', { debt: 'paid' }, 'the debt was paid since'],
  ])('says %s', (_case, part, words) => {
    expect(explanationInWords(record(part)).join(' ')).toContain(words);
  });

  it('takes nothing for lapsed that was only taken back', () => {
    expect(
      explanationInWords(
        record({ assessments: [assessment({ withdrawn: true })] }),
      ),
    ).toEqual(['It waits for a reviewer who had no part in it.']);
  });
});
