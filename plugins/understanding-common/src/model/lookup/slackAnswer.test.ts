import fc from 'fast-check';
import { WhoUnderstandsAnswer, WhoUnderstandsResponse } from '../../schemas';
import { NOW } from '../__testUtils__/builders';
import { slackAnswer } from './slackAnswer';

const PAGE = 'https://backstage.example/understanding?ask=ledger';
const options = {
  appBaseUrl: 'https://backstage.example',
  page: PAGE,
  now: NOW,
  part: false,
};

function response(
  part: Partial<WhoUnderstandsAnswer> = {},
): WhoUnderstandsResponse {
  return {
    query: 'ledger',
    truncated: false,
    answers: [
      {
        entityRef: 'component:default/ledger',
        title: 'Ledger',
        example: false,
        matchedBy: 'its name',
        understoodBy: 1,
        people: [
          {
            personRef: 'user:default/ann',
            displayName: 'Ann',
            status: 'active',
            active: true,
            understands: true,
            evidence: [
              {
                kind: 'reviewed',
                freshness: 'fresh',
                latestAt: NOW,
                count: 1,
                verified: true,
              },
            ],
            reach: {
              teams: [{ ref: 'group:default/payments', title: 'Payments' }],
              chat: 'U012AB3CD',
              timeZone: 'Europe/Berlin',
            },
          },
        ],
        fallback: [{ message: 'Payments owns it' }],
        ...part,
      },
    ],
  };
}

describe('slackAnswer', () => {
  it('tells who, why, and how to reach them', () => {
    expect(slackAnswer(response(), options)).toBe(
      [
        '*<https://backstage.example/catalog/default/component/ledger/understanding|Ledger>*, by its name',
        '• Ann; reviewed 2026-03-01 fresh; Payments, <@U012AB3CD>, Sun 13:00 there',
        'Payments owns it',
        `<${PAGE}|The page> tells more.`,
      ].join('\n'),
    );
  });

  it('tells who is on call, without what Slack would take for its own', () => {
    const shift = {
      until: NOW,
      person: { displayName: 'Ann <!here>', status: 'active' as const },
    };
    expect(
      slackAnswer(
        response({ onCall: [{ schedule: 'a', readAt: NOW, shifts: [shift] }] }),
        options,
      ),
    ).toContain(
      '\nOn call now by a: Ann &lt;!here&gt;, until 2026-03-01 12:00 UTC\n',
    );
  });

  it('tells that nobody does, and counts where it names nobody', () => {
    const text = slackAnswer(
      response({
        people: undefined,
        understoodBy: 0,
        nobody: {
          message: 'Nobody active',
          lastAt: NOW,
          rebuild: ['Ask <them>.'],
        },
      }),
      { ...options, part: true },
    );
    expect(text).toContain(
      'Nobody active; the last evidence is of 2026-03-01\n◦ Ask &lt;them&gt;.\n',
    );
    expect(text).toContain('0 active people understand it');
    expect(text).toContain('Only what your teams own is told here.');
    expect(text).not.toContain('Ann');
  });

  it('tells who did last, who knows the part that was asked for, and how many more there are', () => {
    const left = { displayName: 'Bob', status: 'left' as const };
    const [{ people = [] }] = response().answers;
    const text = slackAnswer(
      response({
        people: Array.from({ length: 7 }, () => people[0]),
        part: { path: 'src/<a>.ts', people: [left] },
        nobody: {
          message: 'Nobody active',
          lastAt: NOW,
          lastPeople: [left],
          rebuild: [],
        },
      }),
      options,
    );
    expect(text).toContain(
      'Nobody active; the last evidence is of 2026-03-01, by Bob (has left)\nsrc/&lt;a&gt;.ts: Bob\n',
    );
    expect(text.match(/• Ann/g)).toHaveLength(5);
    expect(text).toContain('\n2 more are on the page\n');
  });

  it('says the same where nothing matches and where it may not be told', () => {
    expect(slackAnswer({ ...response(), answers: [] }, options)).toBe(
      `Nothing that can be told here matches “ledger”.\n<${PAGE}|The page> tells more.`,
    );
  });

  it('says that nothing matches because not all was read yet', () => {
    expect(
      slackAnswer({ ...response(), answers: [], stillReading: true }, options),
    ).toContain('matches “ledger”.\nNot all of the catalog and its histories');
  });

  it('calls nobody, and links nowhere, whatever people wrote', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'grapheme' }),
          fc.constantFrom('<!channel>', '<@U012AB3CD>', '<http://x|y>', '&lt;'),
        ),
        text => {
          const said = slackAnswer(
            response({
              title: text,
              matchedBy: text,
              people: undefined,
              fallback: [{ message: text }],
            }),
            options,
          );
          expect(said.match(/<[^>]*>/g)).toHaveLength(2);
          expect(said).not.toMatch(/<[!@#]/);
        },
      ),
      { numRuns: 200 },
    );
  });
});
