import { NotificationService } from '@backstage/plugin-notifications-node';
import {
  NOTIFICATIONS_CHANNEL,
  alertText,
} from '@understanding-dev/backstage-plugin-understanding-common';
import {
  Alert,
  AlertChannel,
  AlertOutcome,
} from '@understanding-dev/backstage-plugin-understanding-node';

/** Longer titles are refused by PostgreSQL (varchar 255). */
const MAX_TITLE = 255;

/**
 * Backstage's own notifications, to the members of the team. The scope makes a
 * repetition replace the notification, so sending again is harmless.
 */
export class NotificationsChannel implements AlertChannel {
  readonly id = NOTIFICATIONS_CHANNEL;
  readonly idempotent = true;
  readonly #notifications: NotificationService;

  static create(options: {
    notifications: NotificationService;
  }): NotificationsChannel {
    return new NotificationsChannel(options.notifications);
  }

  private constructor(notifications: NotificationService) {
    this.#notifications = notifications;
  }

  async send(alert: Alert): Promise<AlertOutcome> {
    const { title, description } = alertText(alert.message);
    await this.#notifications.send({
      recipients: { type: 'entity', entityRef: alert.target },
      payload: {
        title: title.slice(0, MAX_TITLE),
        description,
        link: alert.message.path,
        severity:
          alert.message.transition === 'opened' &&
          alert.message.severity === 'high'
            ? 'high'
            : 'normal',
        topic: alert.message.rule,
        scope: alert.dedupeKey.slice(0, 255),
      },
    });
    return { type: 'sent' };
  }
}
