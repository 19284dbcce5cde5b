import { TestDatabases, mockCredentials } from '@backstage/backend-test-utils';
import {
  AssessmentResult,
  HostChange,
  HostFact,
  HostFile,
  HostPress,
  createAssessmentRequestSchema,
  createExplanationRequestSchema,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { ChangeHostError } from '@understanding-dev/backstage-plugin-understanding-node';
import { component, group, user } from '../../../__testUtils__/catalog';
import {
  HOST,
  file,
  hostChange,
  hostReview,
  hostedIn,
  merged,
} from '../../../__testUtils__/changes';
import {
  at,
  command,
  explained,
  record,
} from '../../../__testUtils__/explanations';
import { Installation } from '../../../__testUtils__/Installation';

jest.setTimeout(240_000);

const account = (login: string) => ({ [`${HOST}/user-login`]: login });
const OTHER_HEAD = 'b'.repeat(40);
const CHANGE = hostChange(1, { description: explained() });
const RUBRIC = {
  mechanism: true,
  conditionAndEffect: true,
  alternativeRejected: true,
  observableSign: true,
};

/** A change on the host, and whatever people do to it there. */
class Story {
  readonly installation: Installation;
  change: HostChange;
  files: HostFile[] = [file('cart/a.ts')];
  commitsTruncated = false;
  commits: Array<{ message: string; email?: string; login?: string }> = [
    { message: 'A change', login: 'ada' },
  ];
  #second = 0;

  constructor(installation: Installation, change: HostChange) {
    this.installation = installation;
    this.change = change;
  }

  /** The change is another one now, and the host delivers it. */
  async is(more: Partial<HostChange> = {}): Promise<this> {
    this.change = { ...this.change, ...more, updatedAt: this.next() };
    await this.tell();
    return this;
  }

  async tell(change = this.change): Promise<void> {
    this.installation.host.hosted.set(this.change.id, {
      change: this.change,
      files: this.files,
      reviews: [],
      commitsTruncated: this.commitsTruncated,
      commits: this.commits.map((one, index) => ({
        sha: `${index}`.padStart(40, 'e'),
        ...one,
      })),
    });
    await this.installation.told({ type: 'change', change });
  }

  /** A comment of somebody, a while after all that came before. */
  async says(
    login: string,
    body: string,
    more: Parameters<typeof command>[4] = {},
  ): Promise<void> {
    const second = this.#second + 10;
    this.#second = second;
    await this.installation.told(
      command(this.change, login, body, second, more),
    );
  }

  async reviewed(more: Parameters<typeof hostReview>[1]): Promise<void> {
    await this.installation.told(this.review(more));
  }

  review(more: Parameters<typeof hostReview>[1]): HostFact {
    return {
      type: 'review',
      host: HOST,
      repository: this.change.repository,
      review: hostReview(this.change, { submittedAt: this.next(), ...more }),
    };
  }

  /** Somebody presses a button beside the check that is shown on a head. */
  async presses(
    login: string,
    result: AssessmentResult = 'genuine',
    more: Partial<HostPress> = {},
  ): Promise<void> {
    const { host, repository } = this.change;
    const { headSha = this.change.headSha } = more;
    const shown = this.installation.host.checks.get(headSha);
    const explanation = more.explanation ?? shown?.explanation;
    if (!explanation) {
      throw new Error('There is no button beside the check');
    }
    const press: HostPress = {
      id: `${headSha}/${explanation}/${result}/${login}`,
      author: { login, bot: false },
      result,
      headSha,
      explanation,
      ...more,
    };
    await this.installation.told({ type: 'press', host, repository, press });
  }

  next(): string {
    this.#second += 10;
    return at(this.#second);
  }

  /** Seconds since it was opened. */
  get second(): number {
    return this.#second;
  }

  /** What is shown on the newest head, after a while. */
  async shown(): Promise<string | undefined> {
    await this.installation.minutesPass(5);
    return this.installation.host.checks.get(this.change.headSha)?.state;
  }

  get shownAtAnyTime(): string[] {
    return this.installation.host.written.map(one => one.state);
  }
}

/** What somebody does for a green check, or with a good conscience. */
type Deed = (story: Story) => Promise<unknown>;

/** Through deliveries of the host, to the check that is written there. */
describe('the check of a blocking entity', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
  const installations: Installation[] = [];
  afterEach(() => {
    installations.splice(0).forEach(installation => installation.dispose());
  });

  async function begin(
    gate: 'blocking' | 'advisory',
    policy = 'always',
  ): Promise<Story> {
    const knex = await databases.init('SQLITE_3');
    const installation = (await Installation.create(knex)).withHost();
    installations.push(installation);
    installation.host.outsiders.add('eve');
    await installation.catalogHolds(
      component('cart', {
        owner: 'shop',
        annotations: {
          ...hostedIn('acme/shop', 'cart'),
          'understanding.dev/explanations': policy,
          'understanding.dev/gate': gate,
        },
      }),
      component('till', {
        annotations: {
          ...hostedIn('acme/shop', 'till'),
          'understanding.dev/explanations': 'never',
        },
      }),
      group('shop', { members: ['ada', 'bob', 'cem'] }),
      user('ada', { team: 'shop', annotations: account('ada') }),
      user('bob', { team: 'shop', annotations: account('bob') }),
      user('cem', { team: 'shop', annotations: account('cem') }),
      user('dan', { team: 'shop', annotations: account('dan') }),
    );
    return new Story(installation, CHANGE);
  }

  const accepted: Deed = async story => {
    await story.tell();
    await story.says('bob', 'genuine');
    expect(await story.shown()).toBe('success');
  };
  const commented =
    (
      login: string,
      body: string,
      more: Parameters<typeof command>[4] = {},
    ): Deed =>
    async story => {
      await story.tell();
      await story.says(login, body, more);
    };
  const described =
    (description: string): Deed =>
    async story => {
      await story.is({ description });
      await story.says('bob', 'genuine');
    };
  const afterAcceptance =
    (more: Partial<HostChange>): Deed =>
    async story => {
      await accepted(story);
      await story.is(more);
    };

  const pressed =
    (login: string, more: Partial<HostPress> = {}): Deed =>
    async story => {
      await story.tell();
      await story.shown();
      await story.presses(login, 'genuine', more);
    };

  const cheats: Record<string, Deed> = {
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
        CHANGE.headSha,
      )!;
      await story.is({ description: explained('twice') });
      await story.presses('bob', 'genuine', { explanation });
      await story.shown();
      expect(
        story.installation.host.checks.get(CHANGE.headSha)?.summary,
      ).toContain(
        'bob chose “genuine” for a text that was edited since; look at it again.',
      );
    },
    'the button is one of an older head': async story => {
      await story.tell();
      await story.shown();
      const { explanation } = story.installation.host.checks.get(
        CHANGE.headSha,
      )!;
      await story.is({ headSha: OTHER_HEAD });
      await story.presses('bob', 'genuine', {
        headSha: CHANGE.headSha,
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
      await story.is({ headSha: CHANGE.headSha });
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
        headSha: CHANGE.headSha,
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
      const copy = new Story(
        story.installation,
        hostChange(2, { description: explained() }),
      );
      await copy.tell();
      story.change = copy.change;
    },
    'an assessment is told of another change': async story => {
      await accepted(story);
      const other = new Story(story.installation, hostChange(2));
      await other.is({ description: explained('never') });
      await story.says('cem', 'genuine');
      story.change = other.change;
    },
    'a delivery from before an edit is sent again': async story => {
      await accepted(story);
      await story.is({ description: explained('twice') });
      await story.tell(CHANGE);
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

  it.each(Object.entries(cheats))('is not green when %s', async (_, cheat) => {
    const story = await begin('blocking');
    await cheat(story);
    expect(await story.shown()).not.toBe('success');
  });

  it('is not green when the label that tells of agents is removed', async () => {
    const story = await begin('blocking', 'ai-assisted');
    await story.is({ labels: ['ai-assisted'] });
    await story.is({ labels: [] });
    expect(await story.shown()).toBe('failure');
  });

  it('is not green when its author assesses it on the page', async () => {
    const story = await begin('blocking');
    await story.tell();
    const { id } = await record(story.installation);
    const request = { result: 'genuine', rubric: RUBRIC };
    await expect(
      story.installation.explanations.assessments.assess(
        id,
        createAssessmentRequestSchema.parse(request),
        mockCredentials.user('user:default/ada'),
      ),
    ).rejects.toThrow('somebody else');
    await expect(
      story.installation.explanations.assessments.assess(
        id,
        createAssessmentRequestSchema.parse({
          ...request,
          headSha: OTHER_HEAD,
        }),
        mockCredentials.user('user:default/bob'),
      ),
    ).rejects.toThrow('look at it again');
    expect(await story.shown()).toBe('failure');
  });

  /** Each ends green, unless it says otherwise. */
  const flows: Record<string, Deed> = {
    'explains it, and a reviewer accepts it': accepted,
    'presses the button beside the check': pressed('bob'),
    'presses both, since an answer came meanwhile': async story => {
      await story.tell();
      await story.shown();
      await story.presses('bob', 'surface');
      await story.shown();
      await story.presses('bob');
    },
    'explains it later': async story => {
      await story.is({ description: '' });
      await story.is({ description: explained() });
      await story.says('bob', 'genuine');
    },
    'improves what was returned': async story => {
      await story.tell();
      await story.says('bob', 'surface What if the ledger is slow?');
      await story.is({ description: explained('once, within two seconds') });
      await story.says('bob', 'genuine');
    },
    'pushes what a reviewer asked for, and another one accepts it':
      async story => {
        await story.tell();
        await story.says('bob', 'surface');
        await story.is({ headSha: OTHER_HEAD });
        await story.says('cem', 'genuine');
      },
    'rebases it after it was accepted': async story => {
      story.files = [{ ...file('cart/a.ts'), digest: 'same' }];
      await accepted(story);
      await story.is({ headSha: OTHER_HEAD });
    },
    'mends a typo, and the reviewer accepts it again': async story => {
      await accepted(story);
      await story.is({ description: explained('just once') });
      await story.says('bob', 'genuine');
    },
    'is reviewed in a review of the host': async story => {
      await story.tell();
      await story.reviewed({ body: '/understanding genuine\n\nI tried it.' });
    },
    'is told late, twice and in the wrong order': async story => {
      const old = { ...CHANGE, description: '' };
      story.change = { ...CHANGE, updatedAt: at(20) };
      const genuine = command(CHANGE, 'bob', 'genuine', 30);
      await story.installation.told(genuine);
      await story.tell();
      await story.tell(old);
      await story.tell();
      await story.installation.told(genuine);
    },
    'has headings of another level, with more below them': async story => {
      await story.is({
        description: explained()
          .replace(/^## /gm, '#### ')
          .replace('With negative', '##### Input\n\nWith negative'),
      });
      await story.says('bob', 'genuine');
    },
    'has more of the template, with images and tables': async story => {
      await story.is({
        description: `# Ticket 7\n\n![a](https://x.example/a.png)\n\n${explained()}\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n## How to operate it\n\n<!-- nothing -->\n`,
      });
      await story.says('bob', 'genuine');
    },
    'comes from a fork, and a draft is opened for review': async story => {
      await story.is({ draft: true, author: { login: 'fred', bot: false } });
      await story.is({ draft: false });
      await story.says('bob', 'genuine');
    },
    'explains it on the page': async story => {
      await story.is({ description: '' });
      const { installation } = story;
      const { host, repository, number, url, headSha } = story.change;
      const { id } = await installation.explanations.submissions.create(
        createExplanationRequestSchema.parse({
          change: { host, repository, number, url, headSha },
          entityRefs: ['component:default/cart'],
          what: 'It rounds.',
          howItFails: 'With negative amounts.',
          why: 'The client lost cents.',
        }),
        mockCredentials.user('user:default/ada'),
      );
      await installation.minutesPass(1);
      await installation.explanations.assessments.assess(
        id,
        createAssessmentRequestSchema.parse({
          result: 'genuine',
          rubric: RUBRIC,
          headSha,
        }),
        mockCredentials.user('user:default/bob'),
      );
    },
  };
  /** Each ends with a check that claims nothing. */
  const unasked: Record<string, Deed> = {
    'mends the documentation': async story => {
      story.files = [file('cart/README.md')];
      await story.is({ description: '' });
    },
    'lets a bot raise a dependency': async story => {
      story.commits = [{ message: 'Raise it', login: 'renovate[bot]' }];
      await story.is({
        description: '',
        author: { login: 'renovate[bot]', bot: true },
      });
    },
    'lets it through an emergency': commented(
      'bob',
      'break-glass Payments are down',
    ),
    'is exempted': async story => {
      await story.installation.explanations.exemptions.create(
        {
          entityRef: 'component:default/cart',
          reason: 'It is replaced next week.',
          until: story.installation.daysAgo(-7),
        },
        mockCredentials.user('user:default/ada'),
      );
      await story.is({ description: '' });
    },
    'touches only what asks for no explanation': async story => {
      story.files = [file('till/a.ts')];
      await story.is({ description: '' });
    },
  };

  describe.each(Object.entries(flows))('when somebody %s', (_, flow) => {
    it('is green', async () => {
      const story = await begin('blocking');
      await flow(story);
      expect(await story.shown()).toBe('success');
    });

    it('is green where it is advisory, and was never red', async () => {
      const story = await begin('advisory');
      await flow(story);
      expect(await story.shown()).toBe('success');
      expect(story.shownAtAnyTime).not.toContain('failure');
    });
  });

  it.each(Object.entries(unasked))(
    'claims nothing when somebody %s',
    async (_, flow) => {
      const story = await begin('blocking');
      await flow(story);
      expect(await story.shown()).toBe('neutral');
    },
  );
});
