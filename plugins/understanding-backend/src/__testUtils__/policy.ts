import { createBackendModule } from '@backstage/backend-plugin-api';
import {
  catalogConditions,
  createCatalogConditionalDecision,
} from '@backstage/plugin-catalog-backend/alpha';
import { catalogEntityReadPermission } from '@backstage/plugin-catalog-common/alpha';
import {
  AuthorizeResult,
  PolicyDecision,
  isPermission,
} from '@backstage/plugin-permission-common';
import {
  PermissionPolicy,
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';

/** What each reader of the tests may not do; everybody else may do all. */
export const readers = {
  everything: 'user:default/everything',
  withoutNames: 'user:default/without-names',
  withoutUnderstanding: 'user:default/without-understanding',
  withoutCatalog: 'user:default/without-catalog',
  onlyCart: 'user:default/only-cart',
  onlyReads: 'user:default/only-reads',
} as const;

class TestPolicy implements PermissionPolicy {
  async handle(
    { permission }: PolicyQuery,
    user?: PolicyQueryUser,
  ): Promise<PolicyDecision> {
    const deny = { result: AuthorizeResult.DENY } as const;
    switch (user?.info.userEntityRef) {
      case readers.withoutNames:
        if (permission.name === 'understanding.person.read') {
          return deny;
        }
        break;
      case readers.withoutUnderstanding:
        if (permission.name.startsWith('understanding.')) {
          return deny;
        }
        break;
      case readers.withoutCatalog:
        if (permission.name === 'catalog.entity.read') {
          return deny;
        }
        break;
      case readers.onlyReads:
        if (permission.name.startsWith('understanding.explanation.')) {
          return deny;
        }
        break;
      case readers.onlyCart:
        if (isPermission(permission, catalogEntityReadPermission)) {
          return createCatalogConditionalDecision(
            permission,
            catalogConditions.hasMetadata({ key: 'name', value: 'cart' }),
          );
        }
        break;
      default:
    }
    return { result: AuthorizeResult.ALLOW };
  }
}

export const testPolicy = createBackendModule({
  pluginId: 'permission',
  moduleId: 'test-policy',
  register(env) {
    env.registerInit({
      deps: { policy: policyExtensionPoint },
      async init({ policy }) {
        policy.setPolicy(new TestPolicy());
      },
    });
  },
});
