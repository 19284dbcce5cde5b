import { screen, waitFor, within } from '@testing-library/react';
import {
  StandInBackend,
  SYSTEMS,
  explanation,
  getAddress,
  setupUser,
  summary,
} from '../../__testUtils__';

const LEDGER = 'component:default/ledger';
const PULL = 'https://github.com/acme/ledger/pull/7';

describe.each(SYSTEMS)(
  'page to explain something in the %s front-end system',
  (_, system) => {
    let backend: StandInBackend;

    beforeEach(() => {
      backend = StandInBackend.start();
      backend.entities = [summary('ledger', { title: 'Ledger' })];
      backend.others
        .set('/explanations', { items: [], totalItems: 0 })
        .set('/entities/by-refs', {
          items: [summary('ledger', { title: 'Ledger' })],
        })
        .set('/explanations/policy', {
          policy: 'always',
          inWords: 'Always.',
          headings: {
            what: 'Was das macht',
            howItFails: 'Wie es fehlschlagen kann',
            why: 'Warum so',
            operate: 'Betrieb',
            expected: 'Erwartet',
          },
        })
        .set('/explanations/e1', explanation());
    });

    const open = (rest = `?entity=${LEDGER}`) =>
      system.renderPage(`/explain${rest}`);
    const field = (name: string) => screen.findByRole('textbox', { name });

    it('submits what is written, and leads to the record', async () => {
      const user = setupUser();
      await open();
      await user.type(await field('What this change does'), 'It **rounds**.');
      await user.type(await field('How it can fail'), 'Negative amounts.');
      await user.type(await field('Why this way'), 'Cents were lost.');
      const preview = screen.getByRole('region', { name: 'Preview' });
      expect(within(preview).getByText('rounds').tagName).toBe('STRONG');
      await user.click(screen.getByRole('radio', { name: 'Assisted' }));
      await user.click(screen.getByRole('checkbox', { name: 'Data' }));
      backend.others.set('POST /explanations', explanation());
      await user.click(screen.getByRole('button', { name: 'Submit' }));
      await waitFor(() =>
        expect(getAddress()).toBe('/understanding/explanations/e1'),
      );
      expect(
        backend.sent.filter(one => one.path === '/explanations'),
      ).toMatchObject([
        {
          body: {
            entityRefs: [LEDGER],
            what: 'It **rounds**.',
            howItFails: 'Negative amounts.',
            why: 'Cents were lost.',
            planes: ['data'],
            aiAssistance: 'assisted',
          },
        },
      ]);
    });

    it('keeps a draft until it is thrown away', async () => {
      const user = setupUser();
      const { unmount } = await open();
      await user.type(await field('What this change does'), 'Half');
      expect(
        await screen.findByText('The draft is kept for you.'),
      ).toBeVisible();
      unmount();
      await open();
      expect(await field('What this change does')).toHaveValue('Half');
      await user.click(
        screen.getByRole('button', { name: 'Throw the draft away' }),
      );
      expect(await field('What this change does')).toHaveValue('');
      await waitFor(() => expect(backend.drafts.size).toBe(0));
    });

    it('says where a draft is not kept, and writes over none that it could not read', async () => {
      const user = setupUser();
      backend.refuse('/explanations/drafts', 503, 'The database is away');
      await open();
      expect(await screen.findByRole('alert')).toHaveTextContent(
        'Your draft could not be readThe database is away',
      );
      backend.recover('/explanations/drafts');
      await user.click(screen.getByRole('button', { name: 'Try again' }));
      const what = await field('What this change does');
      backend.refuse('/explanations/drafts', 409, 'You have 50 other drafts.');
      await user.type(what, 'Half');
      expect(await screen.findByRole('alert')).toHaveTextContent(
        'The draft is not keptYou have 50 other drafts.',
      );
      expect(what).toHaveValue('Half');
    });

    it('keeps what is written where the back end refuses it', async () => {
      const user = setupUser();
      await open();
      await user.type(await field('What this change does'), 'x');
      await user.click(screen.getByRole('button', { name: 'Submit' }));
      expect(await screen.findByRole('alert')).toHaveTextContent(
        'This was not takenNothing is said yet under “How it can fail”, “Why this way”; write at least one word there.',
      );
      await user.type(await field('How it can fail'), 'y');
      await user.type(await field('Why this way'), 'z');
      backend.refuse('/explanations', 409, 'There is a newer head.');
      await user.click(screen.getByRole('button', { name: 'Submit' }));
      await waitFor(() =>
        expect(screen.getByRole('alert')).toHaveTextContent(
          'This was not takenThere is a newer head.',
        ),
      );
      expect(await field('What this change does')).toHaveValue('x');
    });

    it('copies the text under the headings by which descriptions are read here', async () => {
      const user = setupUser();
      const copied: string[] = [];
      document.execCommand = jest.fn(() => {
        copied.push(document.getSelection()?.toString() ?? '');
        return true;
      });
      await open();
      await user.type(await field('What this change does'), 'Rounds.');
      await user.click(screen.getByRole('radio', { name: 'None' }));
      await user.click(
        screen.getByRole('button', { name: 'Copy for the description' }),
      );
      expect(await screen.findByText('Copied.')).toBeVisible();
    });

    it('finds the change that an address is of', async () => {
      const user = setupUser();
      await open();
      const url = await field('Pull or merge request');
      await user.type(url, 'https://github.com/acme');
      expect(
        await screen.findByText(
          'This is no address of a pull or merge request.',
        ),
      ).toBeVisible();
      await user.clear(url);
      await user.type(url, PULL);
      expect(await field('Its latest commit')).toBeVisible();
      backend.others.set('/explanations', {
        items: [explanation()],
        totalItems: 1,
      });
      await user.type(url, '/files');
      expect(
        await screen.findByRole('link', { name: 'Round once' }),
      ).toBeVisible();
      expect(
        screen.queryByRole('textbox', { name: 'Its latest commit' }),
      ).toBeNull();
    });

    it('writes another version of what is there', async () => {
      const user = setupUser();
      await open('?explanation=e1');
      const what = await field('What this change does');
      expect(what).toHaveValue('It rounds **once**.');
      await user.clear(what);
      await user.type(what, 'It rounds twice.');
      backend.others.set('POST /explanations', explanation());
      await user.click(screen.getByRole('button', { name: 'Submit' }));
      await waitFor(() =>
        expect(
          backend.sent.find(one => one.path === '/explanations'),
        ).toMatchObject({
          body: {
            what: 'It rounds twice.',
            change: { url: PULL, headSha: 'a'.repeat(40) },
          },
        }),
      );
    });

    it('says why nothing can be shown', async () => {
      backend.refuse('/explanations/e1', 404, 'There is no explanation e1.');
      await open('?explanation=e1');
      expect(await screen.findByRole('alert')).toHaveTextContent(
        'There is no explanation e1.',
      );
    });
  },
);
