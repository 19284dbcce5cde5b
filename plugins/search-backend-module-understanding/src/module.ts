import {
  coreServices,
  createBackendModule,
  readSchedulerServiceTaskScheduleDefinitionFromConfig,
} from '@backstage/backend-plugin-api';
import { searchIndexRegistryExtensionPoint } from '@backstage/plugin-search-backend-node/alpha';
import { UnderstandingClient } from '@understanding-dev/backstage-plugin-understanding-common';
import { ExplanationCollatorFactory } from './ExplanationCollatorFactory';

const SCHEDULE = {
  frequency: { minutes: 10 },
  timeout: { minutes: 15 },
  // The plugin that is read has to be there.
  initialDelay: { seconds: 10 },
};

/**
 * Lets Backstage search find explanations of changes.
 * @public
 */
export const searchModuleUnderstanding = createBackendModule({
  pluginId: 'search',
  moduleId: 'understanding-collator',
  register(env) {
    env.registerInit({
      deps: {
        auth: coreServices.auth,
        config: coreServices.rootConfig,
        discovery: coreServices.discovery,
        indexRegistry: searchIndexRegistryExtensionPoint,
        scheduler: coreServices.scheduler,
      },
      async init({ auth, config, discovery, indexRegistry, scheduler }) {
        const schedule = config.getOptionalConfig(
          'search.collators.understanding.schedule',
        );
        indexRegistry.addCollator({
          schedule: scheduler.createScheduledTaskRunner(
            schedule
              ? readSchedulerServiceTaskScheduleDefinitionFromConfig(schedule)
              : SCHEDULE,
          ),
          factory: ExplanationCollatorFactory.create({
            understanding: UnderstandingClient.create({
              discoveryApi: discovery,
              fetchApi: {
                async fetch(input, init) {
                  const { token } = await auth.getPluginRequestToken({
                    onBehalfOf: await auth.getOwnServiceCredentials(),
                    targetPluginId: 'understanding',
                  });
                  const headers = new Headers(init?.headers);
                  headers.set('Authorization', `Bearer ${token}`);
                  return fetch(input, { ...init, headers });
                },
              },
            }),
          }),
        });
      },
    });
  },
});
