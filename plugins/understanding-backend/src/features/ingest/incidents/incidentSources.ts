import { InputError } from '@backstage/errors';
import { HookSource } from '@understanding-dev/backstage-plugin-understanding-node';
import { PagerdutySource } from './PagerdutySource';
import { SignedIncidentSource } from './SignedIncidentSource';

/** Whoever knows one of the secrets of a tool may deliver. */
export interface IncidentSettings {
  readonly pagerdutySecrets: readonly string[];
  /** Written as `whsec_` and base64. */
  readonly signedSecrets: readonly string[];
}

/** Fewer characters are soon guessed from one delivery and its signature. */
const SHORTEST_SECRET = 16;
const SIGNING_SECRET = /^whsec_([A-Za-z0-9+/]+={0,2})$/;

/**
 * The incident tools that are configured.
 *
 * @throws InputError naming what cannot be used; no secret is repeated in the message
 */
export function incidentSources(settings: IncidentSettings): HookSource[] {
  const { pagerdutySecrets, signedSecrets } = settings;
  pagerdutySecrets.forEach((secret, index) => {
    if (secret.length < SHORTEST_SECRET || secret !== secret.trim()) {
      throw new InputError(
        `understanding.incidents.pagerduty.secrets[${index}] must have at least ${SHORTEST_SECRET} characters, and no white space around them`,
      );
    }
  });
  const bytes = signedSecrets.map((secret, index) => {
    const key = Buffer.from(SIGNING_SECRET.exec(secret)?.[1] ?? '', 'base64');
    if (key.length < 24 || key.length > 64) {
      throw new InputError(
        `understanding.incidents.signed.secrets[${index}] must be whsec_ followed by base64 of 24 to 64 bytes`,
      );
    }
    return key;
  });
  return [
    ...(pagerdutySecrets.length > 0
      ? [PagerdutySource.create({ secrets: pagerdutySecrets })]
      : []),
    ...(bytes.length > 0
      ? [SignedIncidentSource.create({ secrets: bytes, now: () => new Date() })]
      : []),
  ];
}
