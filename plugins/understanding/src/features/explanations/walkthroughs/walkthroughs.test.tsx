import { Walkthrough } from '@understanding-dev/backstage-plugin-understanding-common';
import { screen, within } from '@testing-library/react';
import {
  POLICY,
  NOW,
  StandInBackend,
  SYSTEMS,
  explanation,
  ledgerEntity,
  setupUser,
  walkthrough,
} from '../../../__testUtils__';

const BASE = '/entities/by-name/component/default/ledger';
const PATH = `${BASE}/walkthrough`;

function written(part: Partial<Walkthrough> = {}): Walkthrough {
  const { questions } = walkthrough();
  return walkthrough({
    state: 'submitted',
    dueAt: '2026-08-28T12:00:00.000Z',
    versions: [
      {
        version: 1,
        at: NOW,
        answers: questions.map(({ key, question }) => ({
          key,
          question,
          answer: `It **waits** for ${key}.`,
        })),
        author: { personRef: 'user:default/ann', displayName: 'Ann Berg' },
      },
    ],
    ...part,
  });
}

describe.each(SYSTEMS)(
  'walkthrough of an entity in the %s front-end system',
  (_, system) => {
    let backend: StandInBackend;

    beforeEach(() => {
      backend = StandInBackend.start();
      backend.others
        .set('/explanations', { items: [], totalItems: 0 })
        .set('/explanations/exemptions', { items: [], totalItems: 0 })
        .set('/explanations/policy', POLICY)
        .set(`${BASE}/edges`, { items: [], totalItems: 0, hidden: 0 })
        .set(`${BASE}/reading-path`, {
          walkthrough: { state: 'missing', due: [] },
          groups: [],
        })
        .set(PATH, walkthrough());
    });

    const region = async (name = 'Walkthrough') =>
      within(await screen.findByRole('region', { name }));
    const show = (value: Walkthrough) => {
      backend.others.set(PATH, value);
      return system.renderExplanations(ledgerEntity());
    };

    it('begins with what one should be able to answer, and why', async () => {
      const user = setupUser();
      await show(walkthrough());
      const section = await region();
      expect(
        await section.findByText(/Nobody has gone through it yet/),
      ).toBeVisible();
      expect(section.getByText('Cart depends on it.')).toBeVisible();
      await user.click(
        await section.findByRole('button', { name: 'Write it' }),
      );
      const [load, db] = await section.findAllByRole('textbox');
      expect(load).toHaveAccessibleDescription('Cart depends on it.');
      await user.type(load, 'It sheds.');
      await user.type(db, 'It stops.');
      expect(
        await section.findByText('The draft is kept for you.'),
      ).toBeVisible();
      backend.others.set(`POST ${PATH}/versions`, written());
      backend.others.set(PATH, written());
      await user.click(section.getByRole('button', { name: 'Submit' }));
      expect((await section.findAllByText('waits'))[0].tagName).toBe('STRONG');
      expect(
        backend.sent.filter(one => one.path === `${PATH}/versions`),
      ).toMatchObject([
        {
          body: {
            readVersion: 0,
            answers: [
              { key: 'load', answer: 'It sheds.' },
              { key: 'gone resource:default/db', answer: 'It stops.' },
            ],
          },
        },
      ]);
    });

    it('keeps what was written where somebody else was faster', async () => {
      const user = setupUser();
      await show(written());
      const section = await region();
      await user.click(
        await section.findByRole('button', { name: 'Write another version' }),
      );
      const [load] = await section.findAllByRole('textbox');
      expect(load).toHaveValue('It **waits** for load.');
      await user.type(load, ' Yes.');
      backend.refuse(`${PATH}/versions`, 409, 'Somebody else wrote version 2.');
      await user.click(section.getByRole('button', { name: 'Submit' }));
      expect(await section.findByRole('alert')).toHaveTextContent(
        'This was not takenSomebody else wrote version 2.',
      );
      expect(load).toHaveValue('It **waits** for load. Yes.');
    });

    it('says why it has to be gone through again', async () => {
      await show(
        written({
          state: 'stale',
          significantChanges: 23,
          due: ['23 significant changes were merged since it was confirmed.'],
        }),
      );
      const section = await region();
      expect(
        await section.findByText('Explains an older system'),
      ).toBeVisible();
      expect(
        section.getByText(
          '23 significant changes were merged since it was confirmed.',
        ),
      ).toBeVisible();
    });

    it('is assessed by somebody else, of the version that was read', async () => {
      const user = setupUser();
      await show(written());
      const section = await region();
      await user.click(
        await section.findByRole('button', { name: 'Assess it' }),
      );
      await user.click(section.getByLabelText(/^Genuine/));
      const assessed = written({
        state: 'accepted',
        assessments: [
          {
            id: 'a1',
            at: NOW,
            version: 1,
            result: 'genuine',
            rubric: {
              mechanism: false,
              conditionAndEffect: false,
              alternativeRejected: false,
              observableSign: false,
            },
          },
        ],
      });
      backend.others.set(`POST ${PATH}/assessments`, assessed);
      backend.others.set(PATH, assessed);
      await user.click(section.getByRole('button', { name: 'Assess' }));
      expect(
        await section.findByText('None of the four points was found.'),
      ).toBeVisible();
      expect(backend.sent).toMatchObject([
        {
          path: `${PATH}/assessments`,
          body: { version: 1, result: 'genuine' },
        },
      ]);
    });

    it('asks nobody to assess what they wrote', async () => {
      await show(written({ hadPart: true }));
      const section = await region();
      expect(
        await section.findByText(/somebody else has to assess it/),
      ).toBeVisible();
      expect(section.queryByRole('button', { name: 'Assess it' })).toBeNull();
    });

    it('takes whether it helped', async () => {
      await show(written());
      const section = await region();
      const button = await section.findByRole('radio', {
        name: 'This did not help me',
      });
      const read = written({
        readings: { helped: 0, notHelped: 1, mine: false },
      });
      backend.others.set(PATH, read).set(`PUT ${PATH}/reading`, read);
      await setupUser().click(button);
      expect(
        await section.findByText('It helped 0 of 1 readers who said so.'),
      ).toBeVisible();
      expect(backend.sent).toMatchObject([
        { path: `${PATH}/reading`, body: { helped: false } },
      ]);
    });

    it('leads on to the last records, by plane and dependency', async () => {
      backend.others.set(`${BASE}/reading-path`, {
        walkthrough: { state: 'accepted', due: [] },
        groups: [
          {
            plane: 'data',
            items: [
              {
                explanation: explanation(),
                readings: { helped: 1, notHelped: 2 },
              },
            ],
          },
          {
            targetRef: 'resource:default/db',
            items: [
              {
                explanation: explanation({ id: 'e2' }),
                readings: { helped: 0, notHelped: 0 },
              },
            ],
          },
        ],
      });
      await show(written());
      const section = await region('For newcomers');
      expect(
        await section.findByText(/Begin with the walkthrough/),
      ).toBeVisible();
      expect(
        section.getByRole('heading', { name: 'Data plane' }),
      ).toBeVisible();
      expect(
        section.getByRole('heading', { name: /Its dependency on db/ }),
      ).toBeVisible();
      expect(
        section.getByText('It did not help 2 of 3 readers.'),
      ).toBeVisible();
      expect(
        section
          .getAllByRole('link', { name: 'Round once' })
          .map(link => link.getAttribute('href')),
      ).toEqual([
        '/understanding/explanations/e1',
        '/understanding/explanations/e2',
      ]);
    });

    it('says why it cannot be shown', async () => {
      backend.refuse(PATH, 503, 'The database is away');
      await system.renderExplanations(ledgerEntity());
      const section = await region();
      expect(await section.findByRole('alert')).toHaveTextContent(
        'The database is away',
      );
    });
  },
);
