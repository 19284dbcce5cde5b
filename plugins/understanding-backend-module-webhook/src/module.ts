import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { understandingAlertChannelExtensionPoint } from '@understanding-dev/backstage-plugin-understanding-node';
import { readWebhooks } from './config';
import { WebhookChannel } from './WebhookChannel';

/**
 * Posts alerts to the webhooks that `understanding.alerts.webhooks` names.
 * @public
 */
export const understandingModuleWebhook = createBackendModule({
  pluginId: 'understanding',
  moduleId: 'webhook',
  register(env) {
    env.registerInit({
      deps: {
        channels: understandingAlertChannelExtensionPoint,
        config: coreServices.rootConfig,
      },
      async init({ channels, config }) {
        channels.addAlertChannel(
          WebhookChannel.create({
            webhooks: readWebhooks(config),
            now: () => new Date(),
          }),
        );
      },
    });
  },
});
