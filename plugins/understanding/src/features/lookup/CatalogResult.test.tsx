import { renderInTestApp } from '@backstage/frontend-test-utils';
import { UnderstandingClient } from '@understanding-dev/backstage-plugin-understanding-common';
import { understandingApiRef } from '@understanding-dev/backstage-plugin-understanding-react';
import { screen } from '@testing-library/react';
import { StandInBackend, summary } from '../../__testUtils__';
import { CatalogResult } from './CatalogResult';

const SUMMARIES = '/entities/by-refs';

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
    const client = UnderstandingClient.create({
      discoveryApi: {
        getBaseUrl: async id => `http://localhost:7007/api/${id}`,
      },
      fetchApi: { fetch },
    });
    renderInTestApp(
      <>
        {results.map(one => (
          <CatalogResult key={one.location} result={one} />
        ))}
      </>,
      { apis: [[understandingApiRef, client]] },
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
});
