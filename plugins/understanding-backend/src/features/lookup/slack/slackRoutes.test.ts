import { mockErrorHandler, mockServices } from '@backstage/backend-test-utils';
import express from 'express';
import { createHmac } from 'node:crypto';
import request from 'supertest';
import type { SlackService } from './SlackService';
import { createSlackRouter } from './slackRoutes';
import { isSignedBySlack } from './slackSignature';

const SECRET = '8f742231b10e8888abcd99yyyzzz85a5';
const PATH = '/slack/commands/who-understands';
const now = () => Math.floor(Date.now() / 1000);

/** What Slack posts for a slash command. */
function form(fields: Record<string, string> = {}): string {
  return new URLSearchParams({
    token: 'gIkuvaNzQIHg97ATvDxqgjtO',
    team_id: 'T0001',
    team_domain: 'example',
    channel_id: 'C2147483705',
    channel_name: 'test',
    user_id: 'U2147483697',
    user_name: 'Steve',
    command: '/who-understands',
    text: 'the ledger & co',
    api_app_id: 'A123456',
    is_enterprise_install: 'false',
    response_url: 'https://hooks.slack.com/commands/1234/5678',
    trigger_id: '13345224609.738474920.8088930838d88f008e0',
    ...fields,
  }).toString();
}

function signed(body: string, at: number = now(), secret: string = SECRET) {
  return {
    'Content-Type': 'application/x-www-form-urlencoded',
    'X-Slack-Request-Timestamp': String(at),
    'X-Slack-Signature': `v0=${createHmac('sha256', secret)
      .update(`v0:${at}:${body}`)
      .digest('hex')}`,
  };
}

describe('isSignedBySlack', () => {
  // Slack's own example.
  const body = Buffer.from(
    'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c',
  );
  const signature =
    'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503';
  const at = 1531420618;
  const given = { timestamp: String(at), signature, body };

  it('knows the signature that Slack documents, for five minutes', () => {
    expect(isSignedBySlack(given, SECRET, at)).toBe(true);
    expect(isSignedBySlack(given, SECRET, at + 300)).toBe(true);
    expect(isSignedBySlack(given, SECRET, at - 300)).toBe(true);
    expect(isSignedBySlack(given, SECRET, at + 301)).toBe(false);
    expect(isSignedBySlack(given, SECRET, at - 301)).toBe(false);
  });

  it.each([
    ['another body', { body: Buffer.concat([body, Buffer.from('x')]) }],
    ['another time', { timestamp: String(at + 1) }],
    ['no time', { timestamp: '' }],
    ['an odd time', { timestamp: `${at}.0` }],
    ['another version', { signature: signature.replace('v0', 'v1') }],
    ['no signature', { signature: '' }],
    ['half of a signature', { signature: signature.slice(0, 40) }],
  ])('refuses %s', (_, part) => {
    expect(isSignedBySlack({ ...given, ...part }, SECRET, at)).toBe(false);
  });
});

describe('the slash command', () => {
  const answer = jest.fn<Promise<string>, [string, string]>();
  const service = {
    answer,
    pageOf: (query: string) => `https://b.example/understanding?ask=${query}`,
  } as unknown as SlackService;
  const appWith = (signingSecret: string | undefined) =>
    express()
      .use(
        createSlackRouter({
          service,
          signingSecret,
          logger: mockServices.logger.mock(),
        }),
      )
      .use(mockErrorHandler());
  let app = appWith(SECRET);

  beforeEach(() => {
    app = appWith(SECRET);
    answer.mockReset().mockResolvedValue('Ann does.');
  });

  const post = (body: string, headers: Record<string, string>) =>
    request(app).post(PATH).set(headers).send(body);

  it('is answered to who asks, and to nobody else', async () => {
    const body = form();
    const { status, body: said } = await post(body, signed(body));
    expect(status).toBe(200);
    expect(said).toEqual({ response_type: 'ephemeral', text: 'Ann does.' });
    expect(answer.mock.calls).toEqual([['U2147483697', 'the ledger & co']]);
  });

  it('is not looked at without a signature that is right, and recent', async () => {
    const body = form();
    for (const headers of [
      {},
      signed(body, now() - 400),
      signed(body, now(), 'another secret'),
      signed(form({ user_id: 'U1' })),
    ]) {
      const { status } = await post(body, headers);
      expect(status).toBe(401);
    }
    expect(answer).not.toHaveBeenCalled();
  });

  it('is refused for a while after many wrong signatures', async () => {
    for (let count = 0; count < 100; count += 1) {
      await post('x', {});
    }
    const body = form();
    const { status } = await post(body, signed(body));
    expect(status).toBe(429);
  });

  it.each([
    ['too large', form({ text: 'x'.repeat(70_000) }), 413],
    ['of nobody', form({ user_id: '' }), 400],
    ['too long', form({ text: 'x'.repeat(4001) }), 400],
  ])('is refused when it is %s', async (_, body, expected) => {
    const { status } = await post(body, signed(body));
    expect(status).toBe(expected);
    expect(answer).not.toHaveBeenCalled();
  });

  it('says that it is there when Slack checks its certificate', async () => {
    const body = 'ssl_check=1&token=x';
    expect((await post(body, signed(body))).status).toBe(200);
    expect(answer).not.toHaveBeenCalled();
  });

  it('is answered with a link where the answer fails', async () => {
    answer.mockRejectedValue(new Error('no database'));
    const body = form({ text: 'ledger' });
    const { body: said } = await post(body, signed(body));
    expect(said.text).toBe(
      'This cannot be answered just now. <https://b.example/understanding?ask=ledger|The page> may know more.',
    );
  });

  it('is answered with a link before Slack gives up waiting', async () => {
    answer.mockReturnValue(new Promise(() => {}));
    const body = form({ text: 'ledger' });
    const { body: said } = await post(body, signed(body));
    expect(said.text).toMatch(/takes longer than Slack waits\. <https:/);
  });

  it('is not there without a secret', async () => {
    app = appWith(undefined);
    const body = form();
    expect((await post(body, signed(body))).status).toBe(404);
  });
});
