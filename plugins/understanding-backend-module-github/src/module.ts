import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { understandingChangeHostExtensionPoint } from '@understanding-dev/backstage-plugin-understanding-node';
import { readGithubSettings } from './config';
import { GithubHost } from './GithubHost';

/**
 * Takes deliveries of GitHub, and asks it, where `understanding.github` is configured.
 * @public
 */
export const understandingModuleGithub = createBackendModule({
  pluginId: 'understanding',
  moduleId: 'github',
  register(env) {
    env.registerInit({
      deps: {
        changeHosts: understandingChangeHostExtensionPoint,
        config: coreServices.rootConfig,
        logger: coreServices.logger,
      },
      async init({ changeHosts, config, logger }) {
        const settings = readGithubSettings(config);
        if (!settings) {
          logger.info('GitHub is not configured under understanding.github');
          return;
        }
        if (settings.secrets.length === 0) {
          logger.warn(
            'Anybody can forge deliveries of GitHub: understanding.github.dangerouslyAllowUnsigned is set',
          );
        }
        changeHosts.addChangeHost(
          GithubHost.create({ ...settings, now: () => new Date() }),
        );
      },
    });
  },
});
