import { screen, within } from '@testing-library/react';
import { Entity } from '@backstage/catalog-model';
import {
  NOW,
  StandInBackend,
  SYSTEMS,
  setupUser,
  summary,
  understanding,
} from '../../__testUtils__';

const ABSENCE = '/absence-factors/by-name/group/default/payments';
const LISTS = '/teams/by-name/group/default/payments/entities';
const LONG = 'a-service-with-a-name-that-goes-on-and-on-'.repeat(4);

const team: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Group',
  metadata: { name: 'payments', namespace: 'default' },
  spec: { type: 'team', children: [] },
};
const named = (name: string) => ({
  entityRef: `component:default/${name}`,
  title: name,
});
const absence = {
  ref: 'group:default/payments',
  title: 'Payments',
  entities: 3,
  unread: 2,
  factor: { factor: 1, files: 5, coverageAtStop: 0.2 },
  nobodyLeft: 120,
  oneLeft: 1,
  readAt: NOW,
  entitiesWithNobody: [named('old')],
  entitiesWithOne: [named('cart')],
};

describe.each(SYSTEMS)('tab of a team in the %s system', (_, system) => {
  let backend: StandInBackend;

  beforeEach(() => {
    backend = StandInBackend.start();
    backend.others.set(ABSENCE, absence).set(LISTS, {
      items: [{ ...named(LONG), understoodBy: 0 }],
      totalItems: 300,
      nextCursor: 'more',
      among: 'team',
      unknown: 2,
    });
  });

  const region = (name: string) => screen.findByRole('region', { name });

  it('keeps what nobody is left of from what one person is left of', async () => {
    await system.renderTab(team);
    const left = await region('Who is left');
    expect(
      await within(left).findByText(
        /at present: 1\. Without one person, 20 % of the 5 files/,
      ),
    ).toBeVisible();
    const [nobody, one] = within(left).getAllByRole('list');
    expect(within(nobody).getByRole('link', { name: 'old' })).toBeVisible();
    expect(within(one).getByRole('link', { name: 'cart' })).toBeVisible();
    expect(left).toHaveTextContent('119 more are not shown.');
    expect(left).toHaveTextContent('The histories of 2 more cannot be read.');
    expect(left).toHaveTextContent('What you may not see is not counted.');
  });

  it('lists what it owns and does not understand, page by page', async () => {
    await system.renderTab(team);
    const owned = await region('Owned and not understood');
    expect(
      await within(owned).findByRole('link', { name: LONG }),
    ).toBeVisible();
    expect(owned).toHaveTextContent('Of 2 more it is not known.');
    await setupUser().click(
      within(owned).getByRole('button', { name: /next/i }),
    );
    expect(backend.queries(LISTS)).toContainEqual(
      expect.objectContaining({
        list: 'owned-not-understood',
        cursor: 'more',
      }),
    );
  });

  it('holds back what a small team understands besides, and says so', async () => {
    backend.others.set(LISTS, {
      items: [],
      totalItems: 0,
      among: 'anybody',
      unknown: 0,
    });
    await system.renderTab(team);
    const besides = await region('Understood and not owned');
    expect(
      await within(besides).findByText(/fewer than 5, since it would tell/),
    ).toBeVisible();
    expect(within(besides).queryByRole('table')).toBeNull();
    expect(await region('Owned and not understood')).toHaveTextContent(
      'nothing is owned and not understood',
    );
  });

  it('says what one lacks to see it, and lets one try again', async () => {
    backend.refuse(ABSENCE, 503, 'The database is away.');
    backend.refuse(LISTS, 403, 'You lack understanding.entity.read.');
    await system.renderTab(team);
    const left = await region('Who is left');
    expect(await within(left).findByText(/database is away/)).toBeVisible();
    backend.recover(ABSENCE);
    await setupUser().click(
      within(left).getByRole('button', { name: /again/i }),
    );
    expect(await within(left).findByText(/Without one person/)).toBeVisible();
    expect(
      within(await region('Owned and not understood')).queryByRole('table'),
    ).toBeNull();
  });

  it('is a section of the tab of a system', async () => {
    backend.details = [understanding({ summary: summary('ledger') })];
    backend.others.set('/absence-factors/by-name/system/default/shop', {
      ...absence,
      ref: 'system:default/shop',
    });
    await system.renderTab({
      ...team,
      kind: 'System',
      metadata: { name: 'shop', namespace: 'default' },
    });
    expect(await region('Who is left')).toHaveTextContent(/cannot be read/);
  });

  it('is added up on the overview, by team or system', async () => {
    const { ref, title, entitiesWithNobody, entitiesWithOne, ...counts } =
      absence;
    backend.others.set('/absence-factors', {
      items: [
        { ref, title, ...counts },
        { ...counts, nobodyLeft: 0 },
      ],
      totalItems: 2,
    });
    const user = setupUser();
    await system.renderPage();
    await user.click(
      await screen.findByRole('button', { name: 'Who is left, added up' }),
    );
    const left = within(await region('Who is left'));
    expect(
      await left.findByRole('row', { name: /Payments/ }),
    ).toHaveTextContent(/Payments12013, and 2 not known1/);
    expect(left.getByRole('row', { name: /Without a team/ })).toBeVisible();
    await user.click(left.getByRole('button', { name: /Added up by/ }));
    await user.click(await screen.findByRole('option', { name: 'System' }));
    expect(
      await left.findByRole('row', { name: /Without a system/ }),
    ).toBeVisible();
    expect(backend.queries('/absence-factors')).toEqual([
      { by: 'team' },
      { by: 'system' },
    ]);
  });
});
