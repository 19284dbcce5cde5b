import { mockCredentials } from '@backstage/backend-test-utils';
import {
  createAssessmentRequestSchema,
  createExplanationRequestSchema,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { file } from './changes';
import {
  Deed,
  EXPLAINED_CHANGE,
  FULL_RUBRIC,
  OTHER_HEAD,
  accepted,
  commented,
  pressed,
} from './ChangeStory';
import { at, command, explained } from './explanations';

/** Each ends green, unless it says otherwise. */
export const honestFlows: Record<string, Deed> = {
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
    const old = { ...EXPLAINED_CHANGE, description: '' };
    story.change = { ...EXPLAINED_CHANGE, updatedAt: at(20) };
    const genuine = command(EXPLAINED_CHANGE, 'bob', 'genuine', 30);
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
  'loses the account after it was accepted': async story => {
    await accepted(story);
    await story.is({ author: undefined });
  },
  'is nobody by the time that it is read': async story => {
    await story.is({ author: undefined });
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
        rubric: FULL_RUBRIC,
        headSha,
      }),
      mockCredentials.user('user:default/bob'),
    );
  },
};
/** Each ends with a check that claims nothing. */
export const unaskedFlows: Record<string, Deed> = {
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
