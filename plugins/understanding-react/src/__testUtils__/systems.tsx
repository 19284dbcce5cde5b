import {
  TestApiProvider as ModernApiProvider,
  renderInTestApp as renderInModernApp,
} from '@backstage/frontend-test-utils';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { TestApiProvider, renderInTestApp } from '@backstage/test-utils';

const options = {
  mountedRoutes: { '/inventory/:namespace/:kind/:name': entityRouteRef },
};

/** Both front-end systems: an app around an element, and a provider of APIs. */
export const SYSTEMS = [
  [
    'classic',
    {
      render: (element: JSX.Element) => renderInTestApp(element, options),
      ApiProvider: TestApiProvider,
    },
  ],
  [
    'new',
    {
      render: async (element: JSX.Element) =>
        renderInModernApp(element, options),
      ApiProvider: ModernApiProvider,
    },
  ],
] as const;
