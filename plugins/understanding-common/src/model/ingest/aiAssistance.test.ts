import { aiAssistance, assistedCommits } from './aiAssistance';
import { isCommand, keptComment } from './command';

const isAgentAddress = (email: string) => email === 'agent@example.com';
const plain = {
  author: { login: 'ada', bot: false },
  labels: [],
  description: '',
};
const commit = (message: string, email = 'ada@example.com') => ({
  sha: '0123456789abcdef',
  message,
  email,
});

describe('aiAssistance', () => {
  const of = (
    change: Partial<Parameters<typeof aiAssistance>[0]>,
    commits: string[] = [],
  ) => aiAssistance({ ...plain, ...change }, commits, isAgentAddress);

  it('is unknown where nobody says anything, however it is written', () => {
    expect(
      of({ description: 'As an AI language model I wrote this with Copilot.' }),
    ).toEqual({ assistance: 'unknown', reasons: [] });
  });

  it.each([
    [
      { author: { login: 'copilot-swe-agent', bot: true } },
      'is a coding agent',
    ],
    [{ author: { login: 'devin-ai-integration[bot]', bot: true } }, 'agent'],
    [{ labels: ['bug', 'AI-assisted'] }, 'the label ai-assisted'],
    [{ description: 'x\n\nAssisted-by: Some model' }, 'names an agent'],
    [
      { description: 'Co-authored-by: An agent <agent@example.com>\r\n' },
      'names an agent',
    ],
    [{ description: '- **AI assistance:** yes, for tests' }, 'Its author says'],
  ])('is told by %j', (change, reason) => {
    const { assistance, reasons } = of(change);
    expect(assistance).toBe('assisted');
    expect(reasons.join()).toContain(reason);
  });

  it('is told by commits, by address or trailer', () => {
    expect(
      assistedCommits(
        [
          commit('One\n\nCo-authored-by: Bob <bob@example.com>'),
          commit('Two\n\nCo-authored-by: X <agent@example.com>'),
          commit('Three', 'agent@example.com'),
          commit('Four: assisted by nobody'),
        ],
        isAgentAddress,
      ),
    ).toEqual([
      'The commit 0123456789 names an agent',
      'The commit 0123456789 was made by an agent',
    ]);
    expect(of({}, ['The commit a names an agent']).assistance).toBe('assisted');
  });

  it('is none only where the author says so, and nothing says otherwise', () => {
    const description = 'What this does\n\nAI assistance: none';
    expect(of({ description })).toEqual({
      assistance: 'none',
      reasons: ['Its author says so'],
    });
    expect(of({ description, labels: ['ai-assisted'] }).assistance).toBe(
      'assisted',
    );
    expect(
      of({ description: `${description}\nAI assistance: assisted` }).assistance,
    ).toBe('assisted');
    expect(of({ description: 'no AI assistance: none of it' }).assistance).toBe(
      'unknown',
    );
  });

  it('reads no more of a text than it has to', () => {
    const line = `${'x'.repeat(1000)} Assisted-by: y\n`;
    expect(of({ description: line.repeat(1000) }).assistance).toBe('unknown');
    expect(
      of({ description: `${'\n'.repeat(6000)}Assisted-by: y` }).assistance,
    ).toBe('unknown');
  });
});

describe('isCommand', () => {
  it.each([
    ['/understanding genuine', true],
    ['  /understanding surface it names no mechanism', true],
    ['/understanding', true],
    ['/understandingly', false],
    ['I say /understanding genuine', false],
    ['', false],
  ])('of %j is %s', (body, expected) => {
    expect(isCommand(body)).toBe(expected);
  });
});

describe('keptComment', () => {
  const comment = {
    id: 'c',
    changeId: '1',
    body: 'I think that is wrong',
    createdAt: '2026-05-20T10:00:00.000Z',
    updatedAt: '2026-05-20T10:00:00.000Z',
    deleted: false,
  };

  it('keeps commands, and not what people say to one another', () => {
    const command = { ...comment, body: '/understanding genuine' };
    expect(keptComment(command)).toBe(command);
    expect(keptComment(comment)).toBeUndefined();
  });

  it('keeps that a comment may have ceased to be a command', () => {
    const edited = { ...comment, updatedAt: '2026-05-20T11:00:00.000Z' };
    expect(keptComment(edited)).toEqual({ ...edited, body: '' });
    expect(keptComment({ ...comment, deleted: true })).toEqual({
      ...comment,
      deleted: true,
      body: '',
    });
  });
});
