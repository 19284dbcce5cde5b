import { AlertMessage } from './planAlerts';

/**
 * An alert in words: what every channel that carries plain text says.
 * @public
 */
export function alertText(message: AlertMessage): {
  title: string;
  description: string;
} {
  const name = message.example
    ? `[Example] ${message.entityTitle}`
    : message.entityTitle;
  return message.transition === 'resolved'
    ? {
        title: `Resolved: ${message.ruleTitle.toLowerCase()} of ${name}`,
        description: 'The finding no longer holds.',
      }
    : {
        title: `${message.ruleTitle}: ${name}`,
        description: [
          ...message.reasons.map(reason => reason.message),
          message.repair.message,
        ].join('\n'),
      };
}
