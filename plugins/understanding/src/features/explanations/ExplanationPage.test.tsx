import { screen, waitFor, within } from '@testing-library/react';
import {
  NOW,
  StandInBackend,
  SYSTEMS,
  explanation,
  setupUser,
} from '../../__testUtils__';

const PATH = '/explanations/e1';
const later = (minutes: number) =>
  new Date(Date.parse(NOW) + minutes * 60_000).toISOString();

describe.each(SYSTEMS)(
  'page of an explanation in the %s front-end system',
  (_, system) => {
    let backend: StandInBackend;

    beforeEach(() => {
      backend = StandInBackend.start();
      backend.others
        .set(PATH, explanation())
        .set(`${PATH}/reading`, { helped: 1, notHelped: 0 });
    });

    const region = (name: string) => screen.findByRole('region', { name });
    const show = (part: Parameters<typeof explanation>[0] = {}) => {
      backend.others.set(PATH, explanation(part));
      return system.renderPage(PATH);
    };

    it('shows the text as Markdown, what it is of, and how it stands in words', async () => {
      await show({
        diff: {
          files: [
            {
              path: 'src/round.ts',
              status: 'renamed',
              previousPath: 'src/old.ts',
              additions: 3,
              deletions: 1,
            },
          ],
          totalFiles: 300,
          additions: 900,
          deletions: 12,
          truncated: true,
        },
      });
      const text = await region('Explanation');
      expect(within(text).getByText('once').tagName).toBe('STRONG');
      expect(screen.getByText('Waits for a reviewer')).toBeVisible();
      expect(
        screen.getByText('It waits for a reviewer who had no part in it.'),
      ).toBeVisible();
      const of = await region('What it is of');
      expect(of).toHaveTextContent('Coding agents had a part in it.');
      expect(of).toHaveTextContent('Ann Berg');
      expect(
        within(of).getByRole('link', { name: 'acme/ledger#7' }),
      ).toHaveAttribute('href', 'https://github.com/acme/ledger/pull/7');
      await setupUser().click(
        within(of).getByRole('button', {
          name: 'At least 300 files, 900 lines added, 12 removed',
        }),
      );
      expect(of).toHaveTextContent('src/round.ts renamed from src/old.ts');
      expect(of).toHaveTextContent('299 more are not shown.');
    });

    it.each([
      [{ state: 'stale' }, 'It explains an older system'],
      [
        {
          state: 'missing',
          text: undefined,
          versions: [
            { at: NOW, source: 'description', sections: { what: 'Half.' } },
          ],
        },
        'Nothing stands below “How it can fail” and “Why this way” yet.',
      ],
      [{ debt: 'open' }, 'The debt is paid by an explanation'],
    ] as const)('says in words that %p', async (part, words) => {
      await show(part as Parameters<typeof explanation>[0]);
      expect(await screen.findByText(new RegExp(words))).toBeVisible();
    });

    it('says what its host shows, who let it through, and how it was sealed', async () => {
      await show({
        check: {
          headSha: 'a'.repeat(40),
          state: 'failure',
          title: 'No explanation yet',
          problem: 'GitHub answered 403',
        },
        brokenGlass: [
          {
            at: NOW,
            by: 'label',
            login: 'ann-dev',
            reason: 'Payments were down',
            counts: true,
          },
          { at: NOW, by: 'command', reason: 'Me too', counts: false },
        ],
        sealed: {
          at: NOW,
          state: 'missing',
          mergeSha: 'b'.repeat(40),
          weight: 2.345,
        },
      });
      const of = await region('What it is of');
      expect(of).toHaveTextContent(
        'Failed: No explanation yet. It could not be written there: GitHub answered 403',
      );
      expect(of).toHaveTextContent(
        /By a label of ann-dev on .*: Payments were downBy a command on .*: Me too \(taken back/,
      );
      expect(of).toHaveTextContent(/as b{12}: not explained, weight 2\.3/);
    });

    it('suggests who could review it, and says so where that is nobody', async () => {
      await show({
        suggestedReviewers: {
          knows: {
            person: { personRef: 'user:default/bob', displayName: 'Bob Chen' },
            reason: 'Understands Ledger.',
          },
          learns: {
            reason: 'As many people as needed understand what it touches.',
          },
        },
      });
      const suggested = await region('Who could review it');
      expect(
        within(suggested).getByRole('link', { name: 'Bob Chen' }),
      ).toHaveAttribute('href', expect.stringContaining('/default/user/bob'));
      const [knows, learns] = within(suggested).getAllByRole('listitem');
      expect(knows).toHaveTextContent('Understands Ledger.');
      expect(learns).toHaveTextContent(
        'Would learn from it: nobody As many people as needed understand what it touches.',
      );
    });

    it('helps the reviewer with prompts and questions, each with its reason', async () => {
      await show({
        prompts: [
          {
            rule: 'near-duplicate',
            message: 'It is nearly the same text as acme/ledger#3.',
            url: 'https://github.com/acme/ledger/pull/3',
          },
        ],
        questions: [
          {
            question: 'What does Ledger do when Bank is slow?',
            reason: 'The change touches src/bank.ts, which names Bank.',
          },
        ],
      });
      const hints = await region('For the reviewer');
      expect(hints).toHaveTextContent('they decide nothing');
      expect(
        within(hints).getByRole('link', { name: /nearly the same/ }),
      ).toBeVisible();
      expect(hints).toHaveTextContent('which names Bank');
    });

    it('takes an assessment with the rubric, of the head that was looked at', async () => {
      const user = setupUser();
      await show();
      const form = within(await region('Assess it'));
      const button = form.getByRole('button', { name: 'Assess' });
      expect(button).toBeDisabled();
      await user.click(form.getByLabelText('It names the mechanism'));
      await user.click(form.getByLabelText(/^Genuine/));
      await user.type(form.getByLabelText(/^Note/), 'I see why');
      backend.refuse(
        `${PATH}/assessments`,
        409,
        'The head is another by now; look at it again.',
      );
      await user.click(button);
      expect(await form.findByRole('alert')).toHaveTextContent(
        'This was not takenThe head is another by now',
      );
      expect(form.getByLabelText(/^Note/)).toHaveValue('I see why');

      backend.recover(`${PATH}/assessments`);
      const assessed = explanation({
        state: 'accepted',
        assessments: [
          {
            id: 'a1',
            at: later(1),
            result: 'genuine',
            rubric: {
              mechanism: true,
              conditionAndEffect: false,
              alternativeRejected: false,
              observableSign: false,
            },
            note: 'I see why',
            withdrawn: false,
            reviewer: { personRef: 'user:default/bo', displayName: 'Bo Diaz' },
          },
        ],
      });
      backend.others
        .set(`POST ${PATH}/assessments`, assessed)
        .set(PATH, assessed);
      await user.click(form.getByRole('button', { name: 'Assess' }));
      const found = await region('Assessments');
      await waitFor(() => expect(found).toHaveTextContent('Bo Diaz'));
      expect(found).toHaveTextContent('It names the mechanism.');
      expect(found).not.toHaveTextContent('Lapsed');
      expect(backend.sent.map(one => one.body)).toEqual(
        Array(2).fill({
          result: 'genuine',
          rubric: {
            mechanism: true,
            conditionAndEffect: false,
            alternativeRejected: false,
            observableSign: false,
          },
          note: 'I see why',
          headSha: 'a'.repeat(40),
        }),
      );
    });

    it('asks nobody to assess what they had a part in, or what is not there', async () => {
      await show({ hadPart: true });
      const section = await region('Assess it');
      expect(section).toHaveTextContent('somebody else has to assess it');
      expect(within(section).queryByRole('button')).toBeNull();
    });

    it('keeps what lapsed, and says why it did', async () => {
      await show({
        assessments: [
          {
            id: 'a2',
            at: later(-1),
            result: 'genuine',
            withdrawn: false,
          },
          {
            id: 'a1',
            at: later(-2),
            result: 'surface',
            headSha: 'b'.repeat(40),
            withdrawn: false,
          },
        ],
      });
      const found = await region('Assessments');
      expect(found).toHaveTextContent(
        'Lapsed: The code or the text changed since.',
      );
      expect(found).toHaveTextContent('Lapsed: It is of an earlier head.');
    });

    it('shows what each version says otherwise', async () => {
      await show({
        versions: [
          {
            at: later(5),
            source: 'page',
            sections: { what: 'It rounds twice.' },
          },
          {
            at: NOW,
            source: 'description',
            textId: 'first',
          },
        ],
      });
      const text = `${PATH}/texts/first`;
      backend.refuse(text, 503, 'The database is away.');
      const versions = await region('Versions');
      expect(backend.queries(text)).toEqual([]);
      await setupUser().click(
        within(versions).getByRole('button', { name: /on a page/ }),
      );
      expect(await within(versions).findByRole('alert')).toHaveTextContent(
        'The database is away.',
      );
      backend.recover(text);
      backend.others.set(text, { sections: { what: 'It rounds once.' } });
      await setupUser().click(
        within(versions).getByRole('button', { name: 'Try again' }),
      );
      expect((await within(versions).findByText('twice')).tagName).toBe('INS');
      expect(within(versions).getByText('once').tagName).toBe('DEL');
    });

    it('takes whether it helped, which weighs on the record alone', async () => {
      await show();
      const section = within(await region('Did it help?'));
      expect(
        await section.findByText('It helped 1 of 1 readers who said so.'),
      ).toBeVisible();
      backend.others.set(`${PATH}/reading`, {
        helped: 1,
        notHelped: 1,
        mine: false,
      });
      await setupUser().click(
        section.getByRole('radio', { name: 'This did not help me' }),
      );
      expect(
        await section.findByText('It helped 1 of 2 readers who said so.'),
      ).toBeVisible();
      expect(backend.sent).toEqual([
        { method: 'PUT', path: `${PATH}/reading`, body: { helped: false } },
      ]);
    });

    it('loads, fails and can be tried again', async () => {
      const release = backend.hold(PATH);
      backend.refuse(PATH, 503, 'The database is away');
      const user = setupUser();
      await system.renderPage(PATH);
      expect(
        await screen.findByRole('status', { name: 'Loading' }),
      ).toBeVisible();
      release();
      const alert = await screen.findByRole('alert');
      expect(alert).toHaveTextContent('The database is away');
      backend.recover(PATH);
      await user.click(screen.getByRole('button', { name: 'Try again' }));
      expect(await region('Explanation')).toBeVisible();
    });

    it('says that one may not see it', async () => {
      backend.refuse(
        PATH,
        403,
        'You lack the permission understanding.entity.read.',
      );
      await system.renderPage(PATH);
      expect(await screen.findByRole('alert')).toHaveTextContent(
        'You may not see this',
      );
    });
  },
);
