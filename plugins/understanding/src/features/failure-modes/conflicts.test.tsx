import { screen, waitFor, within } from '@testing-library/react';
import {
  LEDGER_PATH,
  NOW,
  StandInBackend,
  SYSTEMS,
  assumptionOf,
  edgeOf,
  knowLedger,
  ledgerEntity,
  modeOf,
  setupUser,
  testOf,
} from '../../__testUtils__';

const DATABASE = 'resource:default/db';
const said = { version: 1, at: NOW };

/** Everything that the page lets two people change, and what the other one wrote. */
const TEXTS = [
  {
    what: 'a promise',
    buttons: ['Change the promise'],
    dialog: 'What it promises',
    field: 'Note',
    before: 'Always.',
    path: `${LEDGER_PATH}/sides/promise`,
    current: { guarantees: [], note: 'Nearly always.', ...said, version: 2 },
    theirs: 'Nearly always.',
  },
  {
    what: 'what is counted on',
    buttons: [`Change what is counted on of ${DATABASE}`],
    dialog: `What it counts on of ${DATABASE}`,
    field: 'What we do when it fails',
    before: 'We wait.',
    path: `${LEDGER_PATH}/sides/expectation`,
    current: { guarantees: [], note: 'We give up.', ...said, version: 2 },
    theirs: 'We give up.',
  },
  {
    what: 'a classification',
    buttons: ['Classify db, now HARD'],
    dialog: 'Dependency on db',
    field: 'Comment',
    before: 'It has no copy.',
    path: `${LEDGER_PATH}/edges`,
    current: {
      criticality: 'SOFT',
      comment: 'It has a copy.',
      ...said,
      version: 2,
    },
    theirs: 'It has a copy.',
  },
  {
    what: 'an acceptance',
    buttons: ['db, slow: accepted, required', 'Change the acceptance'],
    dialog: 'Accept db: slow',
    field: /^Nothing is done about it, because/,
    before: 'It is cheaper to wait.',
    path: `${LEDGER_PATH}/edges/acceptances`,
    current: {
      reason: 'It never happened.',
      until: '2031-01-01T00:00:00.000Z',
      ...said,
      version: 2,
    },
    theirs: 'It never happened.',
  },
  {
    what: 'an assumption',
    buttons: ['Change: Sockets suffice.'],
    dialog: 'Change an assumption',
    field: /^Statement/,
    before: 'Sockets suffice.',
    path: '/assumptions/a1',
    current: assumptionOf({ version: 2, statement: 'Sockets run out.' }),
    theirs: 'Sockets run out.',
  },
  {
    what: 'a test',
    buttons: [/The database is gone/, 'Change: Payouts wait.'],
    dialog: 'Test of “The database is gone”',
    field: /^Actual/,
    before: 'They did.',
    path: '/failure-modes/m1/tests/t1',
    current: testOf({ version: 2, actual: 'They were lost.' }),
    theirs: 'They were lost.',
  },
  {
    what: 'a failure mode',
    buttons: [/The database is gone/, 'Change'],
    dialog: 'Change a failure mode',
    field: /^Effect in the end/,
    before: 'Payouts wait.',
    path: '/failure-modes/m1',
    current: modeOf({ version: 2, endEffect: 'Payouts are lost.' }),
    theirs: 'Payouts are lost.',
  },
];

// What the two front-end systems share; that each mounts it, others show.
const [[, system]] = SYSTEMS;

describe('two who change the same', () => {
  let backend: StandInBackend;
  let user: ReturnType<typeof setupUser>;

  beforeEach(() => {
    backend = StandInBackend.start();
    knowLedger(backend);
    const [first, second, ...rest] = edgeOf('db').conditions;
    const edge = edgeOf('db', {
      comment: 'It has no copy.',
      classified: said,
      conditions: [
        first,
        {
          ...second,
          state: 'accepted',
          validUntil: '2030-12-31T00:00:00.000Z',
          acceptance: { reason: 'It is cheaper to wait.', ...said },
        },
        ...rest,
      ],
    });
    backend.others
      .set(`${LEDGER_PATH}/edges`, {
        items: [edge],
        totalItems: 1,
        hidden: 0,
      })
      .set(`${LEDGER_PATH}/sides`, {
        promise: { guarantees: [], note: 'Always.', ...said },
        asConsumer: [
          {
            sourceRef: edge.sourceRef,
            targetRef: DATABASE,
            expectation: { guarantees: [], note: 'We wait.', ...said },
            mismatches: [],
          },
        ],
        asProvider: [],
        hidden: 0,
      })
      .set('/failure-modes', { items: [modeOf()], totalItems: 1 })
      .set('/failure-modes/m1/tests', { items: [testOf()], totalItems: 1 })
      .set('/assumptions', { items: [assumptionOf()], totalItems: 1 });
    user = setupUser();
  });

  const show = async () => {
    await system.renderFailureModes(ledgerEntity());
    await screen.findByRole('button', { name: 'Change: Sockets suffice.' });
    await screen.findByRole('button', { name: 'Change the promise' });
  };

  const open = async (buttons: ReadonlyArray<string | RegExp>) => {
    await show();
    for (const name of buttons) {
      await user.click(await screen.findByRole('button', { name }));
    }
  };

  it.each(TEXTS)(
    'see both versions of $what, and choose',
    async ({ before, buttons, current, dialog, field, path, theirs }) => {
      await open(buttons);
      const form = within(await screen.findByRole('dialog', { name: dialog }));
      const input = form.getByLabelText(field);
      expect(input).toHaveValue(before);
      await user.clear(input);
      await user.type(input, 'Mine');
      backend.refuse(path, 409, 'Somebody was faster.', { current });
      await user.click(form.getByRole('button', { name: 'Save' }));
      const alert = await form.findByRole('alert');
      expect(alert).toHaveTextContent(
        'Somebody else saved version 2 meanwhile',
      );
      expect(alert).toHaveTextContent(`Theirs: ${theirs}`);
      expect(alert).toHaveTextContent('Yours: Mine');
      // Nothing of mine is gone, and nothing is sent before one is chosen.
      expect(input).toHaveValue('Mine');
      expect(form.getByRole('button', { name: 'Save' })).toBeDisabled();

      await user.click(
        within(alert).getByRole('button', { name: 'Take theirs' }),
      );
      expect(form.getByLabelText(field)).toHaveValue(theirs);
      expect(form.queryByRole('alert')).toBeNull();
      await user.type(form.getByLabelText(field), ' And mine');
      await user.click(form.getByRole('button', { name: 'Save' }));
      await user.click(
        await form.findByRole('button', { name: 'Save mine upon it' }),
      );
      await form.findByRole('alert');
      const sent = backend.sent.filter(one => one.path === path);
      expect(sent.map(one => one.read)).toEqual(['"1"', '"2"', '"2"']);
      expect(JSON.stringify(sent[2].body)).toContain(`${theirs} And mine`);
    },
  );

  it('tell who looks at an assumption that it says something else now', async () => {
    await open(['Verify: Sockets suffice.']);
    const form = within(
      await screen.findByRole('dialog', { name: 'Does it still hold?' }),
    );
    await user.click(form.getByLabelText('It does not hold'));
    await user.type(form.getByLabelText('Note'), 'Peak 1020.');
    const path = '/assumptions/a1/verifications';
    backend.refuse(path, 409, 'Somebody was faster.', {
      current: assumptionOf({ version: 2, statement: 'Sockets run out.' }),
    });
    await user.click(form.getByRole('button', { name: 'Save' }));
    await user.click(await form.findByRole('button', { name: 'Take theirs' }));
    expect(form.getByText('Sockets run out.')).toBeVisible();
    expect(form.getByLabelText('Note')).toHaveValue('Peak 1020.');
    backend.recover(path);
    backend.others.set(path, assumptionOf({ version: 3, state: 'refuted' }));
    await user.click(form.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(backend.sent.map(one => one.read)).toEqual(['"1"', '"2"']);
  });

  it('find what an assumption said before, and what was found of it', async () => {
    backend.others.set('/assumptions', {
      items: [assumptionOf({ version: 2 })],
      totalItems: 1,
    });
    backend.others.set('/assumptions/a1/history', {
      items: [
        {
          version: 2,
          at: NOW,
          by: 'user:default/ann',
          differences: [
            {
              field: 'limit',
              before: '512 files',
              after: '1024 descriptors',
            },
          ],
        },
        { version: 1, at: NOW, differences: [] },
      ],
      totalItems: 2,
      verifications: [{ result: 'refuted', note: 'Peak 1020.', at: NOW }],
    });
    await show();
    await user.click(
      await screen.findByRole('button', {
        name: 'Version 2, and those before it',
      }),
    );
    const section = await screen.findByRole('region', {
      name: 'Assumptions and limits',
    });
    expect(await within(section).findByText('512 files')).toBeVisible();
    expect(section).toHaveTextContent('it did not hold: Peak 1020.');
  });
});
