import { ChangeHostError } from '@understanding-dev/backstage-plugin-understanding-node';
import { file, hostChange, merged } from './changes';
import {
  ChangeStory,
  Deed,
  EXPLAINED_CHANGE,
  OTHER_HEAD,
  accepted,
  afterAcceptance,
  commented,
  described,
  pressed,
} from './ChangeStory';
import { at, command, explained, record } from './explanations';

/** What somebody tries for a green check, of a change that nobody understands. */
export const cheats: Record<string, Deed> = {
  'its author presses the button': pressed('ada'),
  'a co-author does': async story => {
    story.commits.push({ message: 'One more', login: 'bob' });
    await pressed('bob')(story);
  },
  'a bot does': pressed('approver', {
    author: { login: 'approver', bot: true },
  }),
  'a deleted account does, or nobody': pressed('ghost', {
    author: undefined,
  }),
  'somebody does who may only comment': pressed('eve'),
  'the button is one of a text that was edited since': async story => {
    await story.tell();
    await story.shown();
    const { explanation } = story.installation.host.checks.get(
      EXPLAINED_CHANGE.headSha,
    )!;
    await story.is({ description: explained('twice') });
    await story.presses('bob', 'genuine', { explanation });
    await story.shown();
    expect(
      story.installation.host.checks.get(EXPLAINED_CHANGE.headSha)?.summary,
    ).toContain(
      'bob chose “genuine” for a text that was edited since; look at it again.',
    );
  },
  'the button is one of an older head': async story => {
    await story.tell();
    await story.shown();
    const { explanation } = story.installation.host.checks.get(
      EXPLAINED_CHANGE.headSha,
    )!;
    await story.is({ headSha: OTHER_HEAD });
    await story.presses('bob', 'genuine', {
      headSha: EXPLAINED_CHANGE.headSha,
      explanation,
    });
  },
  'the button is one of a text that never was': pressed('bob', {
    explanation: 'f'.repeat(64),
  }),
  'it is edited after somebody pressed the button': async story => {
    await pressed('bob')(story);
    expect(await story.shown()).toBe('success');
    await story.is({ description: explained('twice') });
  },
  'somebody presses another one after that': async story => {
    await pressed('bob')(story);
    await story.presses('cem', 'surface');
  },
  'its author assesses it': commented('ada', 'genuine'),
  'a second account of its author, which a trailer names, does':
    async story => {
      story.commits = [
        {
          message:
            'A change\n\nCo-authored-by: A <1+ada2@users.noreply.github.com>',
        },
      ];
      await commented('ada2', 'genuine')(story);
    },
  'a co-author does, whom only an address names': async story => {
    story.commits = [{ message: 'A change', email: 'bob@acme.example' }];
    await commented('bob', 'genuine')(story);
  },
  'whoever made one of its commits does': async story => {
    story.commits.push({ message: 'One more', login: 'bob' });
    await commented('bob', 'genuine')(story);
  },
  'whoever becomes a co-author after it was accepted did': async story => {
    await accepted(story);
    story.commits.push({ message: 'One more', login: 'bob' });
    await story.is({ headSha: OTHER_HEAD });
    await story.says('bob', 'genuine');
  },
  'a co-author does, whose commit is one of too many to be told of':
    async story => {
      story.commitsTruncated = true;
      await commented('bob', 'genuine')(story);
    },
  'a co-author hides behind as many after it was accepted': async story => {
    await accepted(story);
    story.commitsTruncated = true;
    await story.is({ headSha: OTHER_HEAD });
    await story.says('bob', 'genuine');
  },
  'a bot approves it': commented('approver', 'genuine', {
    author: { login: 'approver', bot: true },
  }),
  'a deleted account does': commented('ghost', 'genuine', {
    author: undefined,
  }),
  'somebody does who may not review': commented('eve', 'genuine'),
  'it is edited after that': afterAcceptance({
    description: explained('twice'),
  }),
  'one letter of it is': afterAcceptance({ description: explained('Once') }),
  'it is removed after that': afterAcceptance({ description: '' }),
  'code is pushed after that': afterAcceptance({ headSha: OTHER_HEAD }),
  'code is pushed by force, and back, with another text': async story => {
    await accepted(story);
    await story.is({
      headSha: OTHER_HEAD,
      description: explained('twice'),
    });
    await story.is({ headSha: EXPLAINED_CHANGE.headSha });
  },
  'a heading is renamed after that': afterAcceptance({
    description: explained().replace('Why this way', 'Why'),
  }),
  'it is hidden in a comment after that': afterAcceptance({
    description: `<!-- ${explained()} -->`,
  }),
  'it is assessed on an old head': async story => {
    await story.tell();
    await story.is({ headSha: OTHER_HEAD });
    await story.reviewed({
      body: '/understanding genuine',
      headSha: EXPLAINED_CHANGE.headSha,
    });
  },
  'it is assessed before it is written': async story => {
    await story.is({ description: '' });
    await story.says('bob', 'genuine');
    await story.is({ description: explained() });
  },
  'it is edited in the second of its assessment': async story => {
    await story.tell();
    await story.is({ description: explained('twice') });
    await story.installation.told(
      command(story.change, 'bob', 'genuine', story.second),
    );
  },
  'a comment is edited into an assessment': async story => {
    await story.tell();
    await story.says('bob', 'genuine', { updatedAt: at(5000) });
  },
  'an assessment is edited into another one': async story => {
    await story.tell();
    await story.says('bob', 'surface');
    await story.installation.told(
      command(story.change, 'bob', 'genuine', story.second, {
        updatedAt: at(5000),
      }),
    );
  },
  'a comment that returned it is deleted': async story => {
    await story.tell();
    await story.says('bob', 'surface');
    await story.installation.told(
      command(story.change, 'bob', '', story.second, {
        deleted: true,
        body: '',
      }),
    );
    await story.says('cem', 'genuine');
  },
  'a review is edited into an assessment': async story => {
    await story.tell();
    const submittedAt = story.next();
    await story.reviewed({ submittedAt, body: 'Fine.' });
    await story.reviewed({ submittedAt, body: '/understanding genuine' });
  },
  'the review that accepted it is dismissed': async story => {
    await story.tell();
    const body = '/understanding genuine';
    const submittedAt = story.next();
    await story.reviewed({ submittedAt, body });
    await story.reviewed({ submittedAt, body, verdict: 'dismissed' });
  },
  'it is approved without a word on the explanation': async story => {
    await story.tell();
    await story.reviewed({ body: 'LGTM', verdict: 'approved' });
  },
  'an assessment is quoted': commented('bob', '', {
    body: '> /understanding genuine',
  }),
  'its description assesses itself': described(
    `/understanding genuine\n\n${explained().replace('Why', 'How')}`,
  ),
  'nothing but the template stands there': described(
    '## What this change does\n\n<!-- Say what. -->\n\n## How it can fail\n\n<!-- Say how. -->\n\n## Why this way\n\n<!-- Say why. -->',
  ),
  'characters that nobody sees stand there': described(
    '## What this change does\n\n\u200b\u2060\n\n## How it can fail\n\n\u3164\n\n## Why this way\n\n\ufeff',
  ),
  'punctuation stands there': described(
    '## What this change does\n\n…\n\n## How it can fail\n\n-\n\n## Why this way\n\n---',
  ),
  'it stands in a block of code': described(`\`\`\`\n${explained()}\n\`\`\``),
  'it stands in a quote': described(explained().replace(/^/gm, '> ')),
  'a bot wrote it': async story => {
    await story.is({ author: { login: 'copilot', bot: true } });
    await story.says('bob', 'genuine');
  },
  'an accepted one is copied to another change': async story => {
    await accepted(story);
    const copy = new ChangeStory(
      story.installation,
      hostChange(2, { description: explained() }),
    );
    await copy.tell();
    story.change = copy.change;
  },
  'an assessment is told of another change': async story => {
    await accepted(story);
    const other = new ChangeStory(story.installation, hostChange(2));
    await other.is({ description: explained('never') });
    await story.says('cem', 'genuine');
    story.change = other.change;
  },
  'a delivery from before an edit is sent again': async story => {
    await accepted(story);
    await story.is({ description: explained('twice') });
    await story.tell(EXPLAINED_CHANGE);
    await story.says('ada', 'genuine');
  },
  'an assessment from before an edit is sent again': async story => {
    await accepted(story);
    const told = command(story.change, 'bob', 'genuine', story.second);
    await story.is({ description: explained('twice') });
    await story.installation.told(told, told);
  },
  'the host cannot be asked who made its commits': async story => {
    story.installation.host.failure = new ChangeHostError(
      'forbidden',
      'No access',
    );
    await story.tell();
    await story.says('bob', 'genuine');
  },
  'the host cannot be asked who may review': async story => {
    story.installation.host.rightsFailure = new ChangeHostError(
      'forbidden',
      'No access',
    );
    await story.tell();
    await story.says('eve', 'genuine');
  },
  'code is renamed to look like documentation': async story => {
    story.files = [{ ...file('cart/a.md'), previousPath: 'cart/a.ts' }];
    await story.is({ description: '' });
  },
  'it is closed, changed, and opened again': async story => {
    await accepted(story);
    await story.is({ state: 'closed' });
    await story.is({ state: 'open', headSha: OTHER_HEAD });
  },
  'its description is swapped after the merge': async story => {
    await story.is({ description: '' });
    await story.is(merged(story.change, story.next()));
    await story.is({ description: explained() });
    await story.says('ada', 'genuine');
    expect((await record(story.installation)).debt).toBe('open');
  },
  'a label that lets it through gives no reason': async story => {
    await story.is({ labels: ['break-glass'] });
  },
  'a label that let it through is removed': async story => {
    const description = `${explained()}\n\nBreak-glass: customers cannot pay`;
    await story.is({ labels: ['break-glass'], description });
    expect(await story.shown()).toBe('neutral');
    await story.is({ labels: [] });
    expect(await story.shown()).toBe('failure');
  },
  'somebody who may not review lets it through': async story => {
    await commented('eve', 'break-glass It is urgent')(story);
    expect(await story.shown()).toBe('failure');
  },
  'it is let through, and then other code is pushed': async story => {
    await commented('bob', 'break-glass It is urgent')(story);
    expect(await story.shown()).toBe('neutral');
    await story.is({ headSha: OTHER_HEAD });
    expect(await story.shown()).toBe('failure');
  },
  'a comment is edited to let it through': async story => {
    await story.tell();
    await story.says('bob', 'break-glass It is urgent', {
      updatedAt: at(5000),
    });
    expect(await story.shown()).toBe('failure');
  },
};
