import fc from 'fast-check';
import { explanationSectionSchema } from '../../schemas';
import {
  MarkdownSection,
  defaultHeadings,
  parseExplanation,
} from './parseExplanation';
import { comparable } from './plainText';

const section = (heading: string, body: string, level = 2) => ({
  level,
  heading,
  body,
});

const WHOLE: readonly MarkdownSection[] = [
  section('', 'Fixes the rounding.', 0),
  section('What this change does', 'Rounds once.'),
  section('How it can fail', 'With a negative amount.'),
  section('Why this way', 'Rounding in the client was tried.'),
];

describe('parseExplanation', () => {
  it('finds what stands below the headings, and nothing else', () => {
    expect(
      parseExplanation([...WHOLE, section('Checklist', '- [x] tests')]),
    ).toEqual({
      sections: {
        what: 'Rounds once.',
        howItFails: 'With a negative amount.',
        why: 'Rounding in the client was tried.',
      },
      text: {
        what: 'Rounds once.',
        howItFails: 'With a negative amount.',
        why: 'Rounding in the client was tried.',
      },
      missing: [],
      cut: [],
    });
  });

  it('says what is missing, and keeps what is there', () => {
    const { sections, text, missing } = parseExplanation(WHOLE.slice(0, 2));
    expect(sections).toEqual({ what: 'Rounds once.' });
    expect(text).toBeUndefined();
    expect(missing).toEqual(['howItFails', 'why']);
    expect(parseExplanation([]).missing).toHaveLength(3);
  });

  it.each([
    ['another case and level', 'WHAT THIS CHANGE DOES', 4],
    ['punctuation and emphasis', '**What this change does:**', 1],
    ['a number before it', '1. What this change does', 2],
    ['what nobody sees', 'What\u200b this\u00ad ch\u2060ange does\ufeff', 2],
    ['look-alikes', 'Whаt this сhange dоes', 2],
    ['wide letters', 'Ｗhat this change does', 2],
  ])('knows a heading in %s', (_, heading, level) => {
    const { sections } = parseExplanation([section(heading, 'It.', level)]);
    expect(sections.what).toBe(heading.startsWith('1.') ? undefined : 'It.');
  });

  it.each([
    ['nothing', ''],
    ['blanks', ' \n\t'],
    ['what nobody sees', '\u200b\u200d\ufeff\u3164\u2800'],
    ['signs alone', '- [ ] …\n\n---\n> *'],
    ['an image without words', '![](https://x.example/a.png)'],
    ['tags alone', '<p align="center">\n<img src="a.png" /><br>\n</p>'],
  ])('does not take %s for an explanation', (_, body) => {
    const found = parseExplanation([
      ...WHOLE.slice(0, 3),
      section('Why this way', body),
    ]);
    expect(found.missing).toEqual(['why']);
    expect(found.text).toBeUndefined();
  });

  it.each([
    '![Who books what](a.png)',
    '<https://wiki.acme.example/booking>',
    'a <b and c> d',
    '| when | then |\n| - | - |\n| slow | it waits |',
  ])('takes %j for one', body => {
    const { sections } = parseExplanation([section('Why this way', body)]);
    expect(sections.why).toBe(body);
  });

  it('keeps headings of its own inside a section', () => {
    const { sections } = parseExplanation([
      section('How it can fail', 'In two ways.'),
      section('Slow ledger', 'It waits.', 3),
      section('Why this way', 'Because.', 3),
      section('Other', 'Not part of it.', 3),
    ]);
    expect(sections.howItFails).toBe(
      'In two ways.\n\n### Slow ledger\n\nIt waits.',
    );
    expect(sections.why).toBe('Because.');
  });

  it('has all that stands below a heading that occurs twice', () => {
    const twice = [
      section('Why this way', 'One.'),
      section('Why this way', 'Two.'),
    ];
    expect(parseExplanation(twice).sections.why).toBe('One.\n\nTwo.');
  });

  it('knows the names of an organisation, and only those', () => {
    const headings = {
      ...defaultHeadings,
      what: ['Was diese Änderung tut', 'Что меняется'],
    };
    const of = (heading: string) =>
      parseExplanation([section(heading, 'x')], headings).sections.what;
    expect(of('Was diese ÄNDERUNG tut')).toBe('x');
    expect(of('Что меняется')).toBe('x');
    expect(of('What this change does')).toBeUndefined();
  });

  it('keeps as much as may be written on a page, and says so', () => {
    const long = `${'a'.repeat(19_999)}🎉 and more`;
    const { sections, cut } = parseExplanation([section('Why this way', long)]);
    expect(sections.why).toBe('a'.repeat(19_999));
    expect(cut).toEqual(['why']);
  });

  it('gives just what the API takes, of any text', () => {
    const names = Object.values(defaultHeadings).flat();
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            level: fc.integer({ min: 0, max: 6 }),
            heading: fc.oneof(fc.constantFrom(...names), fc.string()),
            body: fc.string({ unit: 'grapheme' }),
          }),
          { maxLength: 12 },
        ),
        description => {
          const { sections, text, missing } = parseExplanation(description);
          expect(text === undefined).toBe(missing.length > 0);
          for (const part of explanationSectionSchema.options) {
            const kept = sections[part];
            expect(kept === undefined || comparable(kept) !== '').toBe(true);
          }
          for (const part of missing) {
            expect(sections[part]).toBeUndefined();
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});
