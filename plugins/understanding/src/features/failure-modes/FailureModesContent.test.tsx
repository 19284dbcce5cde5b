import { Edge } from '@understanding-dev/backstage-plugin-understanding-common';
import { screen, waitFor, within } from '@testing-library/react';
import {
  LEDGER,
  LEDGER_PATH,
  NOW,
  StandInBackend,
  SYSTEMS,
  edgeOf,
  knowLedger,
  ledgerEntity,
  modeOf,
  setupUser,
} from '../../__testUtils__';

describe.each(SYSTEMS)(
  'failure modes in the %s front-end system',
  (_, system) => {
    let backend: StandInBackend;

    beforeEach(() => {
      backend = StandInBackend.start();
      knowLedger(backend);
    });

    const hold = (edges: Edge[], hidden: number = 0) =>
      backend.others.set(`${LEDGER_PATH}/edges`, {
        items: edges,
        totalItems: edges.length,
        hidden,
      });
    const region = (name: string) => screen.findByRole('region', { name });
    const matrix = () => region('What happens when a dependency fails');

    it('says in words what has an answer, and how much is hidden', async () => {
      hold(
        [
          edgeOf('db', {
            conditions: [
              { condition: 'down', state: 'tested', required: true },
              { condition: 'slow', state: 'none', required: true },
              { condition: 'wrong-data', state: 'accepted', required: true },
              { condition: 'partial', state: 'none', required: false },
              { condition: 'recovery', state: 'none', required: false },
            ],
          }),
        ],
        1,
      );
      await system.renderFailureModes(ledgerEntity());
      expect(await matrix()).toHaveTextContent(
        '2 of 3 required answers are given.',
      );
      expect(await matrix()).toHaveTextContent('1 more that you may not see.');
      expect(
        screen
          .getAllByRole('button', { name: /^db, / })
          .map(button => button.getAttribute('aria-label')),
      ).toEqual([
        'db, down: tested, required',
        'db, slow: none, required',
        'db, wrong data: accepted, required',
        'db, partial: none',
        'db, recovery: none',
      ]);
    });

    it('tells what open changes would add, and lets it be answered before', async () => {
      const change = { url: 'https://code.example/7', title: 'Ask the cart' };
      backend.others.set(`${LEDGER_PATH}/edges`, {
        items: [],
        totalItems: 0,
        hidden: 0,
        proposed: [
          {
            targetRef: 'component:default/cart',
            change,
            unanswered: ['down', 'slow'],
          },
        ],
        unread: [
          {
            change: { url: 'https://code.example/8', title: 'Break it' },
            problem: 'catalog-info.yaml, line 3: Nested mappings',
          },
        ],
      });
      const user = setupUser();
      await system.renderFailureModes(ledgerEntity());
      expect(await matrix()).toHaveTextContent(
        'The open change Ask the cart makes cart a HARD dependency; no answer for down, slow.',
      );
      expect(await matrix()).toHaveTextContent(
        'What Break it does to the catalog file could not be read: catalog-info.yaml, line 3',
      );
      await user.click(
        await screen.findByRole('button', {
          name: 'Describe what happens when component:default/cart fails',
        }),
      );
      const form = within(
        await screen.findByRole('dialog', { name: 'Describe a failure mode' }),
      );
      expect(
        form.getByRole('button', { name: /component:default\/cart/ }),
      ).toBeVisible();
    });

    it('begins with what to do where nothing is known', async () => {
      await system.renderFailureModes(ledgerEntity());
      expect(await matrix()).toHaveTextContent(
        'Declare dependsOn or consumesApis in its catalog file.',
      );
      expect(await region('Failure modes')).toHaveTextContent(
        'Nobody has described yet how it fails.',
      );
    });

    it('says why nothing can be shown', async () => {
      backend.refuse(
        `${LEDGER_PATH}/edges`,
        403,
        'You lack the permission understanding.entity.read.',
      );
      await system.renderFailureModes(ledgerEntity());
      expect(await screen.findByRole('alert')).toHaveTextContent(
        'You may not see thisYou lack the permission',
      );
    });

    it('shows two hundred dependencies a page at a time', async () => {
      hold(
        Array.from({ length: 200 }, (_none, index) =>
          edgeOf(`dependency-with-a-rather-long-name-${index}`),
        ),
      );
      await system.renderFailureModes(ledgerEntity());
      expect(await matrix()).toHaveTextContent(
        '0 of 600 required answers are given.',
      );
      expect(within(await matrix()).getAllByRole('row')).toHaveLength(21);
    });

    it('names line and field of a file that is broken', async () => {
      backend.others
        .set('/failure-modes', {
          items: [modeOf({ origin: 'file' })],
          totalItems: 1,
        })
        .set('/failure-modes/file', {
          file: {
            path: 'failure-modes.yaml',
            repository: 'ledger',
            commit: '0123456789abcdef',
            readAt: NOW,
            problem: {
              message: 'Invalid option',
              line: 6,
              field: 'failureModes.0.plane',
            },
          },
        });
      await system.renderFailureModes(ledgerEntity());
      const alert = await within(await region('Failure modes')).findByRole(
        'alert',
      );
      expect(alert).toHaveTextContent(
        'failure-modes.yaml of ledger, at commit 0123456789: line 6, field failureModes.0.plane: Invalid option. What was taken before stays.',
      );
      expect(
        screen.queryByRole('button', { name: 'Describe a failure mode' }),
      ).toBeNull();
    });

    it('describes what a cell asks for', async () => {
      hold([edgeOf('db')]);
      const user = setupUser();
      await system.renderFailureModes(ledgerEntity());
      await user.click(
        await screen.findByRole('button', { name: 'db, slow: none, required' }),
      );
      await user.click(
        within(await screen.findByRole('dialog')).getByRole('button', {
          name: 'Describe a failure mode',
        }),
      );
      const form = within(
        await screen.findByRole('dialog', { name: 'Describe a failure mode' }),
      );
      await user.type(form.getByLabelText(/^Title/), 'Slow');
      await user.type(form.getByLabelText(/^Cause/), 'Locks');
      await user.type(form.getByLabelText(/^Effect here/), 'Waits');
      await user.type(form.getByLabelText(/^Effect in the end/), 'Late');
      await user.click(form.getByLabelText('Customers see it'));
      backend.others.set('POST /failure-modes', modeOf());
      await user.click(form.getByRole('button', { name: 'Save' }));
      await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
      expect(backend.sent).toMatchObject([
        {
          method: 'POST',
          path: '/failure-modes',
          body: {
            entityRef: LEDGER,
            edge: { type: 'dependsOn', targetRef: 'resource:default/db' },
            condition: 'slow',
            title: 'Slow',
            observations: { customerVisible: true },
          },
        },
      ]);
    });

    it('shows both versions when two wrote at once', async () => {
      hold([edgeOf('db')]);
      backend.others.set('/failure-modes', {
        items: [modeOf()],
        totalItems: 1,
      });
      const user = setupUser();
      await system.renderFailureModes(ledgerEntity());
      await user.click(
        await screen.findByRole('button', { name: /The database is gone/ }),
      );
      await user.click(await screen.findByRole('button', { name: 'Change' }));
      const form = within(
        await screen.findByRole('dialog', { name: 'Change a failure mode' }),
      );
      await user.type(form.getByLabelText(/^Detect/), 'A probe');
      backend.refuse('/failure-modes/m1', 409, 'No longer the present one', {
        current: modeOf({ version: 2, mitigation: 'A queue' }),
      });
      await user.click(form.getByRole('button', { name: 'Save' }));
      const alert = await form.findByRole('alert');
      expect(alert).toHaveTextContent(
        'Somebody else saved version 2 meanwhile',
      );
      expect(alert).toHaveTextContent('Yours: A probe');
      expect(alert).toHaveTextContent('Theirs: A queue');

      backend.recover('/failure-modes/m1');
      backend.others.set('/failure-modes/m1', modeOf({ version: 3 }));
      await user.click(
        within(alert).getByRole('button', { name: 'Save mine upon it' }),
      );
      await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
      expect(backend.sent.map(one => one.read)).toEqual(['"1"', '"2"']);
    });
  },
);
