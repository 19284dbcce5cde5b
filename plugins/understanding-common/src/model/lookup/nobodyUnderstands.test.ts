import fc from 'fast-check';
import { instants, peoples } from '../__testUtils__/arbitraries';
import { NOW, evidence, inDays, person } from '../__testUtils__/builders';
import { PersonRecord, judgePeople, knows } from '../people';
import { defaultSettings } from '../settings';
import { nobodyUnderstands } from './nobodyUnderstands';

function answer(
  people: readonly PersonRecord[],
  more: Partial<Parameters<typeof nobodyUnderstands>[0]> = {},
  now: string = NOW,
) {
  return nobodyUnderstands({
    people: judgePeople({ people, now, settings: defaultSettings }).people,
    documentState: 'fresh',
    ownerTitle: 'Payments',
    kindsNeeded: 1,
    freshDays: 180,
    names: true,
    ...more,
  });
}

describe('nobodyUnderstands', () => {
  it('says nothing where somebody does', () => {
    expect(answer([person('Ann', [evidence('authored', 9)])])).toBeUndefined();
  });

  it('names who had the last evidence, and how to get it back from them', () => {
    expect(
      answer([
        person('Ann', [evidence('authored', 200)]),
        person('Bob', [evidence('authored', 300)]),
      ]),
    ).toEqual({
      message: 'Nobody active has evidence younger than 180 days',
      lastAt: inDays(-200),
      lastPeople: [
        { personRef: 'user:default/ann', displayName: 'Ann', status: 'active' },
      ],
      rebuild: [
        'Begin with its documents, which still hold.',
        'Let somebody of Payments make its next change and Ann review it: both leave evidence.',
        'Ask Ann to teach it once, and record that as evidence.',
        'Try one of its failure modes in a test, and say what was seen.',
      ],
    });
  });

  it('does not send anybody to who has left, nor to documents that do not hold', () => {
    expect(
      answer([person('Ann', [evidence('authored', 9)], 'left')], {
        documentState: 'contradicted',
        ownerTitle: undefined,
      })?.rebuild,
    ).toEqual([
      'Nobody who knew it is here any more. Let somebody who will own it read it through, explain its next change, and have a second person review that.',
      'Do not count on its documents (contradicted); correct them on the way.',
      'Try one of its failure modes in a test, and say what was seen.',
    ]);
  });

  it('tells too little evidence from none', () => {
    const noLonger = { type: 'no-longer' as const, at: inDays(-1) };
    expect(
      answer([
        { ...person('Ann', [evidence('authored', 9)]), correction: noLonger },
      ])?.message,
    ).toBe(
      'Whoever is active and has evidence younger than 180 days says that they no longer know it',
    );
    const two = [person('Ann', [evidence('authored', 9)])];
    expect(
      nobodyUnderstands({
        people: judgePeople({
          people: two,
          now: NOW,
          settings: {
            ...defaultSettings,
            understands: {
              ...defaultSettings.understands,
              collectedKinds: ['authored', 'reviewed'],
            },
          },
        }).people,
        documentState: 'fresh',
        kindsNeeded: 2,
        freshDays: 180,
        names: true,
      })?.message,
    ).toMatch(/^Nobody active has 2 kinds of evidence younger/);
  });

  it.each([
    ['not-in-catalog', 'is nobody’s in the catalog'],
    ['several-users', 'several Users claim'],
  ] as const)('asks first who it was who is %s', (status, why) => {
    const people = [
      {
        ...person('ann@home', [evidence('authored', 9)], status),
        personRef: undefined,
      },
    ];
    expect(answer(people)?.rebuild.slice(0, 3)).toEqual([
      `ann@home has evidence younger than 180 days, by an address or account that ${why}. Ask whose it is; admins link it on the page “Who is who”.`,
      'Begin with its documents, which still hold.',
      'Let somebody of Payments read it through, explain its next change, and have a second person review that.',
    ]);
    expect(answer(people, { names: false })?.rebuild[0]).toMatch(
      /^Somebody has evidence/,
    );
  });

  it.each([
    ['overdue', 0, 'Begin with its documents, which nobody has looked at'],
    ['missing', 2, 'It has no document: write down what is found.'],
    ['unknown', 2, 'Whether its documents hold cannot be seen'],
    ['changed-since', 2, 'Do not count on its documents (changed-since)'],
  ] as const)('says what to do with documents: %s', (state, at, said) => {
    expect(
      answer([person('Ann', [evidence('authored', 200)])], {
        documentState: state,
      })?.rebuild[at],
    ).toContain(said);
  });

  it('says why it cannot be known', () => {
    expect(answer([], { unknownReason: 'it is not there.' })).toEqual({
      message: 'This cannot be known: it is not there.',
      rebuild: [],
    });
  });

  it('answers exactly where nobody knows, and names nobody to whom it may not', () => {
    fc.assert(
      fc.property(peoples, instants, (people, now) => {
        const judged = judgePeople({
          people,
          now,
          settings: defaultSettings,
        }).people;
        const said = answer(people, { names: false }, now);
        expect(said === undefined).toBe(judged.some(knows));
        for (const { displayName } of people) {
          expect(JSON.stringify(said ?? '')).not.toContain(displayName);
        }
      }),
    );
  });
});
