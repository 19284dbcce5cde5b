import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { aiAssistance, parseExplanation } from '../model';
import { readSections } from './readSections';

const of = (...lines: string[]) => readSections(lines.join('\n'));

describe('readSections', () => {
  it('finds headings of both kinds, with what stands below them', () => {
    expect(
      of(
        'Hello',
        '',
        '## What this change does ##',
        'Rounds **once**.',
        '',
        '- and twice',
        '',
        'Why this way',
        '============',
        '',
        'Because.',
      ),
    ).toEqual([
      { level: 0, heading: '', body: 'Hello' },
      {
        level: 2,
        heading: 'What this change does',
        body: 'Rounds **once**.\n\n- and twice',
      },
      { level: 1, heading: 'Why this way', body: 'Because.' },
    ]);
  });

  it('takes no headings out of quotes, lists, code or comments', () => {
    const sections = of(
      '# Mine',
      '> # Quoted',
      '>> # Twice',
      '',
      '- # In a list',
      '',
      '```',
      '# In code',
      '```',
      '',
      '    # Indented',
      '',
      '<!--',
      '# In a comment',
      '-->',
      '',
      '<details>',
      '# In HTML',
      '</details>',
    );
    expect(sections.map(one => one.heading)).toEqual(['', 'Mine']);
  });

  it('leaves comments out, of a template or otherwise', () => {
    const [, section] = of(
      '# Why <!-- say it --> this way',
      '<!-- Which alternatives',
      'did you reject? -->',
      'One<!-- or two -->, really.',
      '```html',
      '<!-- code -->',
      '```',
      '<!-- never closed',
      '# How it can fail',
      'Not at all',
    );
    expect(section.heading).toBe('Why  this way');
    expect(section.body).toBe('One, really.\n```html\n<!-- code -->\n```');
  });

  it('does not take a template for an explanation', () => {
    const { missing } = parseExplanation(
      of(
        '## What this change does',
        '<!-- Which behaviour changes? -->',
        '## How it can fail',
        '',
        '<!--',
        'When?',
        '-->',
        '## Why this way',
        '<!-- ',
      ),
    );
    expect(missing).toEqual(['what', 'howItFails', 'why']);
  });

  describe('of the guide', () => {
    const guide = (name: string) =>
      readFileSync(
        resolve(__dirname, '../../../../docs/explanations', name),
        'utf8',
      );

    it('take nothing out of the template, but all its headings', () => {
      const template = guide('pull_request_template.md');
      expect(parseExplanation(readSections(template)).sections).toEqual({});
      const filled = template.replace(/<!--.*?-->/gs, 'Something.');
      expect(
        Object.keys(parseExplanation(readSections(filled)).sections),
      ).toEqual(['what', 'howItFails', 'why', 'operate', 'expected']);
    });

    it('know who says in it that no agent had a part', () => {
      const said = (description: string) =>
        aiAssistance({ labels: [], description }, [], () => false).assistance;
      const template = guide('pull_request_template.md');
      expect(said(template)).toBe('unknown');
      expect(
        said(template.replace('AI assistance:', 'AI assistance: none')),
      ).toBe('none');
    });

    it('take the good example for an explanation', () => {
      const example = /## A good one([\s\S]*?)## A weak one/.exec(
        guide('README.md'),
      )?.[1];
      const quoted = example?.match(/^>.*$/gm)?.join('\n') ?? '';
      const { missing, sections } = parseExplanation(
        readSections(quoted.replace(/^> ?/gm, '')),
      );
      expect(missing).toEqual([]);
      expect(sections.howItFails).toContain('refused by its key');
      // As it stands there it is a quotation, and nobody's explanation.
      expect(parseExplanation(readSections(quoted)).sections).toEqual({});
    });
  });

  it('reads the beginning of a text without end', () => {
    const long = of('# Why this way', ...Array(6000).fill('a'));
    expect(long[1].body.split('\n')).toHaveLength(4999);
    expect(readSections('a'.repeat(100_000))[0].body).toHaveLength(65_536);
  });

  it('reads any text, by lines that end in any way', () => {
    const pieces = fc.constantFrom(
      ...['# ', '> ', '- ', '\n', '\r\n', '\r', '```', '<!--', '-->', 'a'],
      ...['    ', '\t', '===\n', '<div>', '\0', '|', '[a]: b', '1. '],
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 60 }), parts => {
        const text = parts.join('');
        const sections = readSections(text);
        expect(sections[0].level).toBe(0);
        for (const { level, heading, body } of sections.slice(1)) {
          expect(level).toBeGreaterThan(0);
          expect(heading).not.toContain('\n\n');
          expect(body).toBe(body.trim());
        }
        expect(readSections(text.replace(/\r\n?/g, '\n'))).toEqual(sections);
      }),
      { numRuns: 1000 },
    );
  });
});
