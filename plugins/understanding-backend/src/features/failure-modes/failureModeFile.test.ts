import {
  FailureModeContent,
  failureModeTemplates,
} from '@understanding-dev/backstage-plugin-understanding-common';
import fc from 'fast-check';
import { parseFailureModeFile, writeFailureModeFile } from './failureModeFile';

const VALID = `version: 1
failureModes:
  - id: ledger-db-down
    edge: { type: dependsOn, targetRef: resource:default/ledger-db }
    condition: down
    plane: data
    title: The database is gone
    cause: A failover takes a minute.
    localEffect: No posting is taken.
    endEffect: Payouts wait.
    observations:
      dataLossOrCorruption: false
      customerVisible: true
      happenedWithinYear: false
      needsTwoFaults: false
`;

describe('parseFailureModeFile', () => {
  it('reads what the documented form says', () => {
    expect(parseFailureModeFile(VALID)).toMatchObject({
      content: {
        version: 1,
        failureModes: [
          {
            id: 'ledger-db-down',
            edge: {
              type: 'dependsOn',
              targetRef: 'resource:default/ledger-db',
            },
          },
        ],
      },
    });
  });

  it.each([
    ['no YAML', VALID.replace('{ type', '{{ type'), 5, undefined, /./],
    [
      'a wrong word',
      VALID.replace('condition: down', 'condition: sad'),
      5,
      'failureModes.0.condition',
      /down/,
    ],
    [
      'a field that is missing',
      VALID.replace(/ {4}title: .*\n/, ''),
      3,
      'failureModes.0.title',
      /expected string/,
    ],
    [
      'a field that nobody knows',
      VALID.replace('    title:', '    tile: x\n    title:'),
      3,
      'failureModes.0',
      /tile/,
    ],
    [
      'an edge without its condition',
      VALID.replace('    condition: down\n', ''),
      3,
      'failureModes.0.condition',
      /how the dependency fails/,
    ],
    [
      'an identity that occurs twice',
      VALID + VALID.slice(VALID.indexOf('  - id')),
      16,
      'failureModes.1.id',
      /ledger-db-down occurs twice/,
    ],
    ['another version', VALID.replace('1', '2'), 1, 'version', /1/],
    ['nothing', '', 1, undefined, /expected object/],
    [
      'a link that runs',
      `${VALID}    evidence: [{ url: 'javascript:alert(1)', title: x }]\n`,
      16,
      'failureModes.0.evidence.0.url',
      /http:/,
    ],
    ['two documents', `${VALID}---\n${VALID}`, 16, undefined, /multiple/],
  ])('names line and field of %s', (_, text, line, field, message) => {
    expect(parseFailureModeFile(text)).toEqual({
      problem: { line, field, message: expect.stringMatching(message) },
    });
  });

  it('does not unfold a document that grows without end', () => {
    const bomb = ['a: &a [x, x, x, x, x, x, x, x, x]']
      .concat(
        ['b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'].map((key, index) => {
          const before = 'abcdefgh'[index];
          return `${key}: &${key} [${Array(9).fill(`*${before}`).join(', ')}]`;
        }),
      )
      .join('\n');
    expect(parseFailureModeFile(bomb)).toEqual({
      problem: { message: expect.stringMatching(/aliases/) },
    });
  });

  it('answers of any text', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.string().map(text => VALID + text),
        ),
        text => {
          const parsed = parseFailureModeFile(text);
          expect('content' in parsed || parsed.problem.message).toBeTruthy();
        },
      ),
    );
  });
});

describe('writeFailureModeFile', () => {
  const contents: fc.Arbitrary<FailureModeContent> = fc
    .record({
      title: fc.constantFrom(
        ...failureModeTemplates.map(one => one.title),
        '???',
      ),
      words: fc.string({ minLength: 1, unit: 'grapheme' }),
      seen: fc.boolean(),
    })
    .filter(({ words }) => words.trim() !== '')
    .map(({ title, words, seen }) => ({
      entityRef: 'component:default/ledger',
      plane: 'data',
      title,
      cause: words.trim(),
      localEffect: `- ${words}: #`.trim(),
      endEffect: `${words}\n\n${words}`.trim(),
      observations: {
        dataLossOrCorruption: seen,
        customerVisible: seen,
        happenedWithinYear: false,
        needsTwoFaults: false,
      },
    }));

  it('writes what reads back the same, under names of its own', () => {
    fc.assert(
      fc.property(fc.array(contents, { maxLength: 5 }), all => {
        const text = writeFailureModeFile(all.map(content => ({ content })));
        const parsed = parseFailureModeFile(text);
        expect(parsed).toEqual({
          content: {
            version: 1,
            failureModes: all.map(({ entityRef: _, ...content }) => ({
              id: expect.stringMatching(/^[a-z0-9-]+$/),
              ...content,
            })),
          },
        });
      }),
    );
  });
});
