import {
  AuthService,
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { catalogEntityReadPermission } from '@backstage/plugin-catalog-common/alpha';
import { CatalogService } from '@backstage/plugin-catalog-node';
import {
  AuthorizeResult,
  BasicPermission,
  DefinitivePolicyDecision,
} from '@backstage/plugin-permission-common';
import {
  entityKindSchema,
  understandingEntityReadPermission,
  understandingPersonReadPermission,
} from '@understanding-dev/backstage-plugin-understanding-common';

/** Which entities a caller may see. */
export type VisibleEntities =
  | { readonly type: 'all' }
  | { readonly type: 'some'; readonly refs: ReadonlySet<string> };

const OWN_PERMISSIONS = [
  { permission: understandingEntityReadPermission },
  { permission: understandingPersonReadPermission },
];

/** How long what a caller may see is taken to be the same. */
const REMEMBERED_MILLIS = 30_000;

export interface AccessOptions {
  readonly auth: AuthService;
  readonly permissions: PermissionsService;
  readonly catalog: CatalogService;
  /** Whether this installation shows names of people to anybody but themselves. */
  readonly names: boolean;
}

/**
 * Who may see what. An entity is visible here exactly where the catalog shows it to
 * the same caller; names of people need a permission of their own.
 */
export class Access {
  readonly #options: AccessOptions;
  readonly #remembered = new Map<
    string,
    { until: number; visible: Promise<VisibleEntities> }
  >();

  static create(options: AccessOptions): Access {
    return new Access(options);
  }

  private constructor(options: AccessOptions) {
    this.#options = options;
  }

  /** Whether names of people are shown to anybody but themselves. */
  get namesShown(): boolean {
    return this.#options.names;
  }

  /**
   * What a caller may see of lists.
   *
   * @throws NotAllowedError without `understanding.entity.read`
   */
  async ofLists(
    credentials: BackstageCredentials,
  ): Promise<{ entities: VisibleEntities; people: boolean }> {
    const { permissions } = this.#options;
    const [decisions, [catalog]] = await Promise.all([
      permissions.authorize(OWN_PERMISSIONS, { credentials }),
      permissions.authorizeConditional(
        [{ permission: catalogEntityReadPermission }],
        { credentials },
      ),
    ]);
    const { people } = this.#readDecisions(decisions);
    switch (catalog.result) {
      case AuthorizeResult.ALLOW:
        return { entities: { type: 'all' }, people };
      case AuthorizeResult.DENY:
        return { entities: { type: 'some', refs: new Set() }, people };
      default:
        return { entities: await this.#ask(credentials), people };
    }
  }

  /**
   * What a caller may see of one entity.
   *
   * @throws NotAllowedError without `understanding.entity.read`
   */
  async ofEntity(
    credentials: BackstageCredentials,
    entityRef: string,
  ): Promise<{ entity: boolean; people: boolean }> {
    const [catalog, ...own] = await this.#options.permissions.authorize(
      [
        { permission: catalogEntityReadPermission, resourceRef: entityRef },
        ...OWN_PERMISSIONS,
      ],
      { credentials },
    );
    const { people } = this.#readDecisions(own);
    return { entity: catalog.result === AuthorizeResult.ALLOW, people };
  }

  /** @throws NotAllowedError without the permission, naming it */
  async require(
    credentials: BackstageCredentials,
    permission: BasicPermission,
  ): Promise<void> {
    if (
      permission.name === understandingPersonReadPermission.name &&
      !this.#options.names
    ) {
      throw new NotAllowedError(
        'Names of people are not shown here: understanding.people.names is off.',
      );
    }
    const [decision] = await this.#options.permissions.authorize(
      [{ permission }],
      { credentials },
    );
    if (decision.result !== AuthorizeResult.ALLOW) {
      throw lacking(permission.name);
    }
  }

  /** Who asks: the reference of a user, or the subject of a service. */
  callerOf(credentials: BackstageCredentials): string {
    const { auth } = this.#options;
    if (auth.isPrincipal(credentials, 'user')) {
      return credentials.principal.userEntityRef;
    }
    if (auth.isPrincipal(credentials, 'service')) {
      return credentials.principal.subject;
    }
    throw new NotAllowedError('Sign in to do this.');
  }

  /** @param decisions - on {@link OWN_PERMISSIONS} */
  #readDecisions([entities, people]: readonly DefinitivePolicyDecision[]): {
    people: boolean;
  } {
    if (entities.result !== AuthorizeResult.ALLOW) {
      throw lacking(understandingEntityReadPermission.name);
    }
    return {
      people: this.#options.names && people.result === AuthorizeResult.ALLOW,
    };
  }

  // The conditions are the catalog's own, so the catalog is asked to apply them.
  #ask(credentials: BackstageCredentials): Promise<VisibleEntities> {
    const { auth } = this.#options;
    const now = Date.now();
    const caller = auth.isPrincipal(credentials, 'user')
      ? credentials.principal.userEntityRef
      : undefined;
    const remembered = caller ? this.#remembered.get(caller) : undefined;
    if (remembered && remembered.until > now) {
      return remembered.visible;
    }
    const visible = this.#stream(credentials);
    if (caller) {
      for (const [key, { until }] of this.#remembered) {
        if (until <= now) {
          this.#remembered.delete(key);
        }
      }
      this.#remembered.set(caller, {
        until: now + REMEMBERED_MILLIS,
        visible,
      });
      visible.catch(() => this.#remembered.delete(caller));
    }
    return visible;
  }

  async #stream(credentials: BackstageCredentials): Promise<VisibleEntities> {
    const refs = new Set<string>();
    const pages = this.#options.catalog.streamEntities(
      {
        filter: { kind: [...entityKindSchema.options] },
        fields: ['kind', 'metadata.name', 'metadata.namespace'],
        pageSize: 1000,
      },
      { credentials },
    );
    for await (const page of pages) {
      for (const { kind, metadata } of page) {
        refs.add(
          `${kind}:${metadata.namespace ?? 'default'}/${
            metadata.name
          }`.toLowerCase(),
        );
      }
    }
    return { type: 'some', refs };
  }
}

/** Whether an entity is among those that a caller may see. */
export function isVisible(
  visible: VisibleEntities,
  entityRef: string,
): boolean {
  return visible.type === 'all' || visible.refs.has(entityRef);
}

function lacking(permission: string): NotAllowedError {
  return new NotAllowedError(
    `You lack the permission ${permission}; ask whoever runs this Backstage.`,
  );
}
