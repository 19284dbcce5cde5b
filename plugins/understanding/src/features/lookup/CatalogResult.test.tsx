import { renderInTestApp } from '@backstage/frontend-test-utils';
import { analyticsApiRef } from '@backstage/core-plugin-api';
import { SearchResultListItemExtensions } from '@backstage/plugin-search-react';
import {
  MockAnalyticsApi,
  TestApiProvider,
  renderInTestApp as renderInClassicApp,
} from '@backstage/test-utils';
import { UnderstandingClient } from '@understanding-dev/backstage-plugin-understanding-common';
import { understandingApiRef } from '@understanding-dev/backstage-plugin-understanding-react';
import { screen } from '@testing-library/react';
import { UnderstandingCatalogSearchResultListItem } from '../..';
import { StandInBackend, setupUser, summary } from '../../__testUtils__';
import { CatalogResult } from './CatalogResult';

const SUMMARIES = '/entities/by-refs';

function understandingApi() {
  const client = UnderstandingClient.create({
    discoveryApi: {
      getBaseUrl: async id => `http://localhost:7007/api/${id}`,
    },
    fetchApi: { fetch },
  });
  return [understandingApiRef, client] as const;
}

function result(kind: string, name: string) {
  return {
    title: name,
    text: 'Posts payments.',
    // Not where a catalog is by default, so that nothing can count on that.
    location: `/inventory/default/${kind}/${name}`,
    componentType: 'service',
    type: 'service',
    kind,
    lifecycle: 'production',
    owner: 'payments',
    namespace: 'default',
    authorization: { resourceRef: `${kind}:default/${name}` },
  };
}

describe('result of the catalog', () => {
  let backend: StandInBackend;

  beforeEach(() => {
    backend = StandInBackend.start();
  });

  function show(...results: Array<ReturnType<typeof result>>) {
    renderInTestApp(
      <>
        {results.map(one => (
          <CatalogResult key={one.location} result={one} />
        ))}
      </>,
      { apis: [understandingApi()] },
    );
  }

  it('tells how many understand it, of all results at once, and names nobody', async () => {
    backend.others.set(`POST ${SUMMARIES}`, {
      items: [summary('ledger', { understoodBy: 3 }), null],
    });
    show(
      result('component', 'ledger'),
      result('component', 'hidden'),
      result('group', 'payments'),
    );
    expect(
      await screen.findByRole('link', {
        name: '3 active people understand it',
      }),
    ).toHaveAttribute(
      'href',
      '/inventory/default/component/ledger/understanding',
    );
    expect(backend.sent.map(one => one.body)).toEqual([
      { entityRefs: ['component:default/ledger', 'component:default/hidden'] },
    ]);
    expect(screen.getByText('hidden')).toBeVisible();
    expect(screen.getAllByText(/understand it/)).toHaveLength(1);
    expect(document.body).not.toHaveTextContent('Ann Berg');
  });

  it('is shown without it where it cannot be had', async () => {
    backend.refuse(SUMMARIES, 503, 'The database is away.');
    show(result('component', 'ledger'));
    expect(await screen.findByText('ledger')).toBeVisible();
    expect(screen.queryByText(/understand it/)).toBeNull();
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('is one of those that search shows in the classic front-end system, and clicks on it count once', async () => {
    const analytics = new MockAnalyticsApi();
    backend.others.set(`POST ${SUMMARIES}`, {
      items: [summary('ledger', { understoodBy: 3 })],
    });
    await renderInClassicApp(
      <TestApiProvider
        apis={[understandingApi(), [analyticsApiRef, analytics]]}
      >
        <SearchResultListItemExtensions
          results={[
            {
              type: 'software-catalog',
              document: result('component', 'ledger'),
            },
            { type: 'techdocs', document: result('component', 'cart') },
          ]}
        >
          <UnderstandingCatalogSearchResultListItem />
        </SearchResultListItemExtensions>
      </TestApiProvider>,
    );
    expect(
      await screen.findByRole('link', {
        name: '3 active people understand it',
      }),
    ).toBeVisible();
    expect(screen.getByRole('link', { name: 'cart' })).toBeVisible();
    expect(screen.getAllByText(/understand it/)).toHaveLength(1);
    await setupUser().click(screen.getByRole('link', { name: 'ledger' }));
    expect(
      analytics.getEvents().filter(({ action }) => action === 'discover'),
    ).toEqual([expect.objectContaining({ subject: 'ledger' })]);
  });
});
