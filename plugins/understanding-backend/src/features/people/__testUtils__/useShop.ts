import { TestDatabaseId, mockCredentials } from '@backstage/backend-test-utils';
import {
  Identifier,
  listIdentitiesQuerySchema,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { component, group, user } from '../../../__testUtils__/catalog';
import { HOST, hostedIn } from '../../../__testUtils__/changes';
import { Installation } from '../../../__testUtils__/Installation';
import { MigratedDatabases } from '../../../__testUtils__/MigratedDatabases';

export const SHOP = 'component:default/shop';
export const ADA = 'user:default/ada';
export const AS_ADA = mockCredentials.user(ADA);
export const AS_BEN = mockCredentials.user('user:default/ben');
export const ADMIN = mockCredentials.user('user:default/admin');
export const HOME: Identifier = { type: 'email', value: 'ada@home.example' };
export const QUERY = listIdentitiesQuerySchema.parse({ limit: 200 });

/** A shop whose history is read, for each test, and what is asked of identities there. */
export function useShop(databases: MigratedDatabases, id: TestDatabaseId) {
  let installation: Installation;

  beforeEach(async () => {
    installation = Installation.create(await databases.init(id)).withHost();
    installation.allows = (who, permission) =>
      who === 'user:default/admin' || permission !== 'understanding.admin';
  });

  afterEach(() => installation.dispose());

  const catalog = (...users: ReturnType<typeof user>[]) =>
    installation.catalogHolds(
      component('shop', {
        owner: 'payments',
        annotations: hostedIn('acme/shop'),
      }),
      group('payments', { members: users.map(one => one.metadata.name) }),
      ...users,
    );

  /** A commit by each, of a file of their own. */
  const commits = (...by: string[]) =>
    installation.repository(`${HOST}/acme/shop`).commit(
      ...by.map((one, index) => ({
        by: one,
        at: installation.daysAgo(30 - index),
        write: { [`src/${index}.ts`]: 'x\n' },
      })),
    );

  const service = () => installation.ledger().identities;

  /** Each as `Name: kinds with their count`, a claim with `?`, gone in brackets. */
  const people = async () => {
    const { people: all = [] } = await installation.understanding(SHOP);
    return all
      .map(one => {
        const name =
          one.status === 'active' ? one.displayName : `(${one.displayName})`;
        const kinds = one.evidence.map(
          ({ kind, count, verified }) =>
            `${count} ${kind}${verified ? '' : '?'}`,
        );
        return `${name}: ${kinds.join(' ')}`;
      })
      .sort();
  };

  const candidates = async () =>
    (await service().listCandidates(QUERY, ADMIN)).items.map(
      one => `${one.identifier.value} ${one.displayName} ${one.reason}`,
    );

  const decide = (
    identifier: Identifier,
    as = ADMIN,
    state: 'confirmed' | 'refused' = 'confirmed',
    personRef = ADA,
  ) =>
    service().decide(
      [{ identifier, personRef, state, fromMailmap: false }],
      as,
    );

  return {
    get installation() {
      return installation;
    },
    catalog,
    commits,
    service,
    people,
    candidates,
    decide,
  };
}
