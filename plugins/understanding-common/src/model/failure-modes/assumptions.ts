import { AssumptionContent, AssumptionState } from '../../schemas';
import { UnderstandingSettings, daysAfter } from '../settings';

/**
 * The state of an assumption: whether somebody refuted it, and otherwise how its end
 * lies to now. Both limits belong to the later state.
 *
 * @returns `until` is the instant at which it changes by time alone
 * @public
 */
export function assumptionState(
  assumption: Pick<AssumptionContent, 'verifyBy'> & {
    readonly refuted: boolean;
  },
  now: string,
  settings: UnderstandingSettings['assumptions'],
): { state: AssumptionState; until?: string } {
  const { refuted, verifyBy } = assumption;
  if (refuted) {
    return { state: 'refuted' };
  }
  if (now >= verifyBy) {
    return { state: 'expired' };
  }
  const warnAt = daysAfter(verifyBy, -settings.warnDays);
  return now >= warnAt
    ? { state: 'due-soon', until: verifyBy }
    : { state: 'holds', until: warnAt };
}

/**
 * A common assumption: it says what to look for, and where an end is known, when.
 * @public
 */
export interface AssumptionTemplate {
  readonly id: string;
  readonly title: string;
  readonly statement: string;
  readonly refutedBy: string;
  readonly unit?: string;
  /** Set where the end is known: of algorithms, by the body that ends them. */
  readonly verifyBy?: string;
  readonly url?: string;
}

/**
 * Limits, lifetimes, and the ends of algorithms. Sources of the dates, which are the
 * links as well: NIST IR 8547, an initial public draft of 2024-11-12, for RSA and
 * elliptic curves; NIST's announcements of 2022-12-15 for SHA-1 and of 2023-06-29 for
 * TDEA.
 * @public
 */
export const assumptionTemplates: readonly AssumptionTemplate[] = [
  {
    id: 'file-descriptors',
    title: 'File descriptors',
    statement: 'Open files and sockets stay below the limit of the process.',
    refutedBy:
      'The peak of open descriptors comes within a fifth of the limit.',
    unit: 'descriptors',
  },
  {
    id: 'connection-pool',
    title: 'Connection pool',
    statement: 'Requests never wait for a connection of the pool.',
    refutedBy: 'The time to acquire a connection is above zero under load.',
    unit: 'connections',
  },
  {
    id: 'quota',
    title: 'Quota of a provider',
    statement: 'We stay below the quota that the provider grants.',
    refutedBy: 'A request is answered with 429, or a quota alert fires.',
    unit: 'requests a minute',
  },
  {
    id: 'certificate',
    title: 'Lifetime of a certificate',
    statement: 'The certificate is renewed, and loaded, before it ends.',
    refutedBy: 'The served certificate has less than a third of its life left.',
    unit: 'days',
  },
  {
    id: 'key',
    title: 'Lifetime of a key',
    statement: 'The key is rotated before it ends, and old data stay readable.',
    refutedBy: 'Something is encrypted or signed with a key past its end.',
    unit: 'days',
  },
  {
    id: 'rsa-and-ecc-112',
    title: 'RSA 2048 and 112-bit curves: deprecated',
    statement:
      'Signatures and key establishment use RSA 2048 or curves of 112 bits, which NIST means to deprecate after 2030 (draft IR 8547).',
    refutedBy:
      'Something that has to stay secret or valid after 2030 uses them.',
    verifyBy: '2030-12-31T00:00:00.000Z',
    url: 'https://csrc.nist.gov/pubs/ir/8547/ipd',
  },
  {
    id: 'rsa-and-ecc',
    title: 'RSA and elliptic curves: disallowed',
    statement:
      'Signatures and key establishment use RSA or elliptic curves, which NIST means to disallow after 2035 (draft IR 8547).',
    refutedBy:
      'Something that has to stay secret or valid after 2035 uses them.',
    verifyBy: '2035-12-31T00:00:00.000Z',
    url: 'https://csrc.nist.gov/pubs/ir/8547/ipd',
  },
  {
    id: 'sha-1',
    title: 'SHA-1: ends',
    statement:
      'SHA-1 protects something, which NIST ends for all applications by the end of 2030.',
    refutedBy: 'A signature or a checksum against tampering uses SHA-1.',
    verifyBy: '2030-12-31T00:00:00.000Z',
    url: 'https://csrc.nist.gov/News/2022/nist-transitioning-away-from-sha-1-for-all-apps',
  },
  {
    id: 'tdea',
    title: 'Triple DES: ended',
    statement:
      'Triple DES only decrypts what is old: encrypting with it is disallowed after 2023.',
    refutedBy: 'Anything new is encrypted with it.',
    verifyBy: '2023-12-31T00:00:00.000Z',
    url: 'https://csrc.nist.gov/News/2023/nist-to-withdraw-sp-800-67-rev-2',
  },
];
