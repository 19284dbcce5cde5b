import { RootConfigService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';

/** A receiver of alerts. */
export interface Webhook {
  readonly url: string;
  /** The bytes of the signing secret. */
  readonly secret?: Buffer;
}

const NAME = /^[\w-]+$/;
const SECRET = /^whsec_[A-Za-z0-9+/]+={0,2}$/;

/**
 * Reads `understanding.alerts.webhooks`.
 *
 * @throws InputError naming the webhook whose address or secret cannot be used;
 * neither is repeated in the message
 */
export function readWebhooks(
  config: RootConfigService,
): ReadonlyMap<string, Webhook> {
  const webhooks = config.getOptionalConfig('understanding.alerts.webhooks');
  return new Map(
    (webhooks?.keys() ?? []).map(name => {
      const key = `understanding.alerts.webhooks.${name}`;
      if (!NAME.test(name)) {
        throw new InputError(
          `${key}: a name has letters, digits, - and _ only`,
        );
      }
      const url = webhooks?.getString(`${name}.url`) ?? '';
      if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
        throw new InputError(`${key}.url must be an http or https address`);
      }
      const secret = webhooks?.getOptionalString(`${name}.secret`);
      const bytes =
        secret && Buffer.from(secret.slice('whsec_'.length), 'base64');
      if (
        secret &&
        (!SECRET.test(secret) ||
          !bytes ||
          bytes.length < 24 ||
          bytes.length > 64)
      ) {
        throw new InputError(
          `${key}.secret must be whsec_ followed by base64 of 24 to 64 bytes`,
        );
      }
      return [name, { url, secret: bytes || undefined }];
    }),
  );
}
