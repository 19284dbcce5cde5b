import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { understandingChangeHostExtensionPoint } from '@understanding-dev/backstage-plugin-understanding-node';
import { readGitlabConfig } from './config';
import { GitlabHost } from './GitlabHost';

/**
 * Takes what the GitLab instances of `integrations.gitlab` tell, where
 * `understanding.gitlab` is configured.
 * @public
 */
export const understandingModuleGitlab = createBackendModule({
  pluginId: 'understanding',
  moduleId: 'gitlab',
  register(env) {
    env.registerInit({
      deps: {
        hosts: understandingChangeHostExtensionPoint,
        config: coreServices.rootConfig,
      },
      async init({ hosts, config }) {
        const gitlab = readGitlabConfig(config);
        if (gitlab) {
          hosts.addChangeHost(
            GitlabHost.create({ ...gitlab, now: () => new Date() }),
          );
        }
      },
    });
  },
});
