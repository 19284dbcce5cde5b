import { createVerify, generateKeyPairSync } from 'node:crypto';

const { publicKey, privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
});

export const INSTALLATION_TOKEN = 'ghs_installationTokenOfTheStandIn';

/** A person's token. */
export const TOKEN = 'ghp_personalTokenOfTheStandIn';

/** An item of `apps` in `integrations.github`. */
export const APP = {
  appId: 4711,
  privateKey,
  clientId: 'client',
  clientSecret: 'clientSecretOfTheStandIn',
};

/** Apps themselves ask with a token that their key has signed, all others without one. */
export function mayAsk(
  authorization: string | undefined,
  path: string,
): boolean {
  const token = authorization?.replace(/^(?:bearer|token) /i, '');
  if (!path.startsWith('/app/')) {
    return token === undefined || [INSTALLATION_TOKEN, TOKEN].includes(token);
  }
  const [header, payload = '', signature = ''] = (token ?? '').split('.');
  const claims = JSON.parse(
    Buffer.from(payload, 'base64url').toString() || '{}',
  );
  return (
    Number(claims.iss) === APP.appId &&
    createVerify('RSA-SHA256')
      .update(`${header}.${payload}`)
      .verify(publicKey, signature, 'base64url')
  );
}
