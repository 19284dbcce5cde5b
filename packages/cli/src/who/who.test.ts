import { WhoUnderstandsResponse } from '@understanding-dev/backstage-plugin-understanding-common';
import { createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { runCli } from '../runCli';

const REF = 'component:default/ledger';
const LEDGER: WhoUnderstandsResponse = {
  query: 'ledger',
  truncated: false,
  answers: [
    {
      entityRef: REF,
      title: 'Ledger',
      example: false,
      matchedBy: 'its name',
      understoodBy: 1,
      people: [
        {
          personRef: 'user:default/ann',
          displayName: 'Ann Berg',
          status: 'active',
          active: true,
          understands: true,
          evidence: [
            {
              kind: 'reviewed',
              freshness: 'fresh',
              latestAt: '2026-02-10T12:00:00.000Z',
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
        {
          displayName: 'zo\u001b[31me',
          status: 'not-in-catalog',
          active: false,
          understands: false,
          evidence: [
            {
              kind: 'authored',
              freshness: 'old',
              latestAt: '2024-02-10T12:00:00.000Z',
              count: 1,
              verified: false,
            },
          ],
        },
      ],
      part: {
        path: 'src/a.ts',
        people: [{ displayName: 'Ann Berg', status: 'active' }],
      },
      fallback: [
        { message: 'Payments owns it', entityRef: 'group:default/payments' },
      ],
    },
  ],
};
const NOBODY: WhoUnderstandsResponse = {
  ...LEDGER,
  answers: [
    {
      ...LEDGER.answers[0],
      people: undefined,
      part: undefined,
      understoodBy: 0,
      nobody: {
        message: 'Nobody active has evidence younger than 180 days',
        lastAt: '2025-02-10T12:00:00.000Z',
        rebuild: ['Begin with its documents, which still hold.'],
      },
    },
  ],
};

describe('understanding who', () => {
  let answer: { status: number; body: string };
  const asked: Array<{ url?: string; authorization?: string }> = [];
  const server = createServer((req, res) => {
    asked.push({ url: req.url, authorization: req.headers.authorization });
    res.writeHead(answer.status, {
      'Content-Type': 'application/json',
      Location: '/sign-in',
    });
    res.end(answer.body);
  });
  let url: string;

  beforeAll(async () => {
    await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterAll(() => new Promise(done => server.close(done)));

  beforeEach(() => {
    asked.length = 0;
    answer = { status: 200, body: JSON.stringify(LEDGER) };
    delete process.env.UNDERSTANDING_URL;
    delete process.env.UNDERSTANDING_TOKEN;
  });

  async function who(...args: string[]) {
    const out: string[] = [];
    const err: string[] = [];
    const code = await runCli(['who', ...args], {
      input: Readable.from([]),
      write: text => out.push(text),
      fail: text => err.push(text),
    });
    return { code, out: out.join(''), err: err.join('') };
  }

  it('tells in a table who does, and where they are', async () => {
    const { code, out, err } = await who('ledger', '--url', `${url}/`);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(
      /^Ledger \(component:default\/ledger\), by its name\n {2}src\/a\.ts: Ann Berg\n {2}PERSON +EVIDENCE +REACH\n/,
    );
    expect(out).toMatch(
      /Ann Berg\s+understands\s+reviewed 2026-02-10 fresh\s+Payments, chat U012AB3CD, \w{3} \d\d:\d\d there\n/,
    );
    expect(out).toMatch(
      /zo\ufffd\[31me \(not in the catalog\)\s+authored 2024-02-10 old, not verified\n/,
    );
    expect(out).toMatch(
      /\n {2}Payments owns it \(group:default\/payments\)\n$/,
    );
  });

  it('tells of whom one would ask first, and how many more there are', async () => {
    const [ledger] = LEDGER.answers;
    const [ann] = ledger.people ?? [];
    answer.body = JSON.stringify({
      ...LEDGER,
      answers: [{ ...ledger, people: Array.from({ length: 45 }, () => ann) }],
    });
    const { out } = await who('ledger', '--url', url);
    expect(out.match(/Ann Berg +understands/g)).toHaveLength(10);
    expect(out).toContain('\n  35 more with evidence of it\n');
  });

  it('asks as whom the environment says, with all of the words', async () => {
    process.env.UNDERSTANDING_URL = url;
    process.env.UNDERSTANDING_TOKEN = 'secret';
    await who('the', 'ledger');
    expect(asked).toEqual([
      {
        url: '/api/understanding/who-understands?query=the+ledger',
        authorization: 'Bearer secret',
      },
    ]);
  });

  it('prints the answer of the HTTP API as JSON', async () => {
    const { out } = await who('ledger', '--url', url, '--json');
    expect(JSON.parse(out)).toEqual(LEDGER);
    expect(out).not.toContain('\u001b');
  });

  it('tells that nobody does, since when, and how to get it back', async () => {
    answer.body = JSON.stringify(NOBODY);
    const { code, out } = await who('ledger', '--url', url);
    expect(code).toBe(1);
    expect(out).toContain(
      'younger than 180 days; the last evidence is of 2025-02-10\n  - Begin with its documents',
    );
    expect(out).toContain('0 active people understand it; their names');
  });

  it('tells that not all of a folder was looked at', async () => {
    const part = { ...LEDGER.answers[0].part, truncated: true };
    answer.body = JSON.stringify({
      ...LEDGER,
      answers: [{ ...LEDGER.answers[0], part }],
    });
    const { out } = await who('ledger', '--url', url);
    expect(out).toContain('Ann Berg\n  It holds more files than are looked at');
  });

  it('tells who is on call, cleaned like all that others wrote', async () => {
    const until = '2026-03-01T18:00:00.000Z';
    const person = { displayName: 'zo\u001b[31me', status: 'active' };
    const onCall = [
      { schedule: 'primary', readAt: until, shifts: [{ until, person }] },
    ];
    answer.body = JSON.stringify({
      ...LEDGER,
      answers: [{ ...LEDGER.answers[0], onCall }],
    });
    const { out } = await who('ledger', '--url', url);
    expect(out).toContain(
      '\n  On call now by primary: zo\ufffd[31me, until 2026-03-01 18:00 UTC\n',
    );
  });

  it('says that nothing matches', async () => {
    answer.body = JSON.stringify({ ...LEDGER, answers: [] });
    const { code, out } = await who('ledger', '--url', url);
    expect(code).toBe(1);
    expect(out).toMatch(/^Nothing in the catalog matches “ledger”/);
    expect(out).not.toContain('Not all of the catalog');
    answer.body = JSON.stringify({
      ...LEDGER,
      answers: [],
      stillReading: true,
    });
    expect((await who('ledger', '--url', url)).out).toMatch(
      /\nNot all of the catalog and its histories has been read yet, /,
    );
  });

  const refusal = (message: string, statusCode: number) =>
    JSON.stringify({
      error: { name: 'Error', message },
      request: { method: 'GET', url: '/who-understands' },
      response: { statusCode },
    });

  it.each([
    [400, refusal('query: ask otherwise', 400), 2, /: query: ask otherwise\n$/],
    [401, refusal('none', 401), 3, /give a token with --token/],
    [
      403,
      refusal('You lack the permission x', 403),
      3,
      /You lack the permission x/,
    ],
    [404, refusal('none', 404), 3, /has no understanding plugin/],
    [503, 'away', 3, /answers 503: ask again later/],
    [302, '', 3, /cannot be reached/],
    [200, '<html>', 3, /is not understood/],
    [200, '{}', 3, /is not understood/],
  ])(
    'says in one line what to do about %s %s',
    async (status, body, code, text) => {
      answer = { status, body };
      const said = await who('ledger', '--url', url, '--token', 'secret');
      expect(said).toEqual({ code, out: '', err: expect.stringMatching(text) });
      expect(said.err.trim().split('\n')).toHaveLength(1);
      expect(said.err).not.toContain('secret');
    },
  );

  it.each([
    [['ledger'], 2, /Name the back end of your Backstage with --url/],
    [['ledger', '--url', 'ftp://x'], 2, /must be an http: or https: address/],
    [['ledger', '--url', 'https://ann:secret@x'], 2, /without a user/],
    [['l', '--url', 'http://x'], 2, /at least two characters/],
    [[], 2, /missing required argument/],
    [['ledger', '--url', 'http://127.0.0.1:1'], 3, /cannot be reached/],
  ])('refuses %j', async (args, code, text) => {
    const said = await who(...args);
    expect(said).toEqual({ code, out: '', err: expect.stringMatching(text) });
    expect(said.err).not.toContain('secret');
  });
});
