import { createBackend } from '@backstage/backend-defaults';

const backend = createBackend();

backend.add(import('@backstage/plugin-app-backend'));

backend.add(import('@backstage/plugin-auth-backend'));
backend.add(import('@backstage/plugin-auth-backend-module-guest-provider'));

backend.add(import('@backstage/plugin-catalog-backend'));
backend.add(import('@backstage/plugin-catalog-backend-module-logs'));

backend.add(import('@backstage/plugin-permission-backend'));
backend.add(
  import('@backstage/plugin-permission-backend-module-allow-all-policy'),
);

backend.add(import('@backstage/plugin-search-backend'));
// Used where the database is PostgreSQL; otherwise the search indexes in memory.
backend.add(import('@backstage/plugin-search-backend-module-pg'));
backend.add(import('@backstage/plugin-search-backend-module-catalog'));
backend.add(
  import(
    '@understanding-dev/backstage-plugin-search-backend-module-understanding'
  ),
);

backend.add(import('@backstage/plugin-notifications-backend'));
backend.add(import('@backstage/plugin-signals-backend'));
backend.add(import('@backstage/plugin-user-settings-backend'));

backend.add(
  import('@understanding-dev/backstage-plugin-understanding-backend'),
);
// The change hosts add nothing as long as they are not configured.
backend.add(
  import(
    '@understanding-dev/backstage-plugin-understanding-backend-module-github'
  ),
);
backend.add(
  import(
    '@understanding-dev/backstage-plugin-understanding-backend-module-gitlab'
  ),
);
backend.add(
  import(
    '@understanding-dev/backstage-plugin-understanding-backend-module-webhook'
  ),
);

backend.start();
