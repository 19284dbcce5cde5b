import { mockCredentials } from '@backstage/backend-test-utils';
import {
  createAssessmentRequestSchema,
  listExplanationDebtsQuerySchema,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { component } from '../../../__testUtils__/catalog';
import { file, hostedIn, merged } from '../../../__testUtils__/changes';
import {
  ChangeStory,
  FULL_RUBRIC,
  OTHER_HEAD,
} from '../../../__testUtils__/ChangeStory';
import { cheats } from '../../../__testUtils__/cheats';
import {
  READER,
  cart,
  explained,
  record,
  shopTeam,
} from '../../../__testUtils__/explanations';
import { honestFlows, unaskedFlows } from '../../../__testUtils__/honestFlows';
import { hostInstallations } from '../../../__testUtils__/hostInstallations';
import { MigratedDatabases } from '../../../__testUtils__/MigratedDatabases';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

jest.setTimeout(240_000);

const TEMPLATE = join(
  __dirname,
  '../../../../../../docs/explanations/pull_request_template.md',
);

/** Through deliveries of the host, to the check that is written there. */
describe('the check of a blocking entity', () => {
  const databases = MigratedDatabases.create({ ids: ['SQLITE_3'] });
  const install = hostInstallations(databases);

  async function begin(
    gate: 'blocking' | 'advisory',
    policy = 'always',
  ): Promise<ChangeStory> {
    const installation = await install(
      'SQLITE_3',
      cart({
        'understanding.dev/explanations': policy,
        'understanding.dev/gate': gate,
      }),
      component('till', {
        annotations: {
          ...hostedIn('acme/shop', 'till'),
          'understanding.dev/explanations': 'never',
        },
      }),
      ...shopTeam('ada', 'bob', 'cem', 'dan'),
    );
    installation.host.outsiders.add('eve');
    return new ChangeStory(installation);
  }

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
    const request = { result: 'genuine', rubric: FULL_RUBRIC };
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

  describe.each(Object.entries(honestFlows))('when somebody %s', (_, flow) => {
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

  it.each(Object.entries(unaskedFlows))(
    'claims nothing when somebody %s',
    async (_, flow) => {
      const story = await begin('blocking');
      await flow(story);
      expect(await story.shown()).toBe('neutral');
    },
  );

  /** By what stands in its description: what the check says then. */
  const descriptions: Record<string, { is: string; says: RegExp }> = {
    nothing: {
      is: '',
      says: /not explained yet\n[^]*Nothing stands below “What this change does”, “How it can fail”, “Why this way”/,
    },
    'only the template': {
      is: readFileSync(TEMPLATE, 'utf8'),
      says: /not explained yet\n[^]*Nothing stands below “What this change does”, “How it can fail”, “Why this way”/,
    },
    'as much as a host takes': {
      is: `${explained()}\n\n${'Word '.repeat(20_000)}`.slice(0, 65_536),
      says: /waits for a reviewer\n[^]*“Why this way”: longer than 20,000 characters, of which only the beginning is kept/,
    },
    HTML: {
      is: explained().replace(/^## (.*)$/gm, '<h2>$1</h2>'),
      says: /not explained yet\n[^]*Nothing stands below/,
    },
    'HTML below its headings': {
      is: explained().replace(
        /^(\w.*)$/gm,
        '<script>alert(1)</script><p>$1</p>',
      ),
      says: /waits for a reviewer/,
    },
    'images below its headings': {
      is: explained().replace(/^\w.*$/gm, '![](https://x.example/a.png)'),
      says: /Nothing stands below/,
    },
    'tables below its headings': {
      is: explained().replace(
        /^(\w.*)$/gm,
        '| when | then |\n| - | - |\n| x | $1 |',
      ),
      says: /waits for a reviewer/,
    },
    'headings in a language that is not configured': {
      is: explained().replace('Why this way', 'Warum so'),
      says: /not explained yet\n[^]*Nothing stands below “Why this way”/,
    },
    'headings of another level': {
      is: explained().replace(/^##/gm, '######'),
      says: /waits for a reviewer/,
    },
    'a quote in a quote': {
      is: explained().replace(/^/gm, '> > '),
      says: /not explained yet\n[^]*Nothing stands below/,
    },
  };

  it.each(Object.entries(descriptions))(
    'says what is missing where its description has %s',
    async (_, { is, says }) => {
      const story = await begin('blocking');
      await story.is({ description: is });
      expect(await story.shown()).toBe('failure');
      expect(story.words).toMatch(says);
    },
  );

  it('says how many entities a change affects, and each of them is owed', async () => {
    const story = await begin('blocking');
    const { installation } = story;
    const names = Array.from({ length: 40 }, (_, index) => `s${index}`);
    await installation.catalogHolds(
      ...names.map(name =>
        component(name, {
          annotations: {
            ...hostedIn('acme/shop', name),
            'understanding.dev/explanations': 'always',
            'understanding.dev/gate': name === 's39' ? 'blocking' : 'off',
          },
        }),
      ),
      ...shopTeam('ada', 'bob'),
    );
    story.files = names.map(name => file(`${name}/a.ts`));
    await story.tell();
    expect(await story.shown()).toBe('failure');
    expect(story.words).toContain('It affects 40 entities of the catalog.');
    await story.is(merged(story.change, story.next()));
    const owed = await installation.explanations.debts.list(
      listExplanationDebtsQuerySchema.parse({ limit: 100 }),
      READER,
    );
    expect(owed.totalItems).toBe(40);
  });

  it('says that not all files are known, and asks for what any of them may', async () => {
    const story = await begin('blocking');
    // Those that would ask for it are not among the first ones.
    story.files = Array.from({ length: 3000 }, (_, index) =>
      file(`till/${index}.ts`),
    );
    story.filesTruncated = true;
    await story.is({ description: '' });
    expect(await story.shown()).toBe('failure');
    expect(story.words).toContain('The host tells of 3000 of its files');
    await story.is({ description: explained() });
    await story.says('bob', 'genuine');
    expect(await story.shown()).toBe('success');
  });
});
