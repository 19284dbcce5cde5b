import { CatalogIcon } from '@backstage/core-components';
import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { SearchResultListItemBlueprint } from '@backstage/plugin-search-react/alpha';
import { isCatalogResult } from '../features/lookup/isCatalogResult';

/**
 * Lets results of the catalog in search show how many people understand an entity, in
 * the place of the catalog's own.
 * @public
 */
export const understandingSearchModule = createFrontendModule({
  pluginId: 'catalog',
  extensions: [
    SearchResultListItemBlueprint.make({
      params: {
        icon: <CatalogIcon />,
        predicate: isCatalogResult,
        component: () =>
          import('../features/lookup/CatalogResult').then(m => m.CatalogResult),
      },
    }),
  ],
});
