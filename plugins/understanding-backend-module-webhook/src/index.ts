/**
 * Alert channel of the understanding backend: HTTP webhooks.
 *
 * @packageDocumentation
 */
export { understandingModuleWebhook as default } from './module';
