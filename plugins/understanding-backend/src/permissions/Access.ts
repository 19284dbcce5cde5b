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

/** How long what a caller may see is taken to be the same. */
const REMEMBERED_MILLIS = 30_000;

export interface AccessOptions {
  readonly auth: AuthService;
  readonly permissions: PermissionsService;
  readonly catalog: CatalogService;
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

  /**
   * The entities that a caller may see.
   *
   * @throws NotAllowedError without `understanding.entity.read`
   */
  async visibleEntities(
    credentials: BackstageCredentials,
  ): Promise<VisibleEntities> {
    if (!(await this.#may(credentials, understandingEntityReadPermission))) {
      throw new NotAllowedError(
        'You lack the permission understanding.entity.read; ask whoever runs this Backstage.',
      );
    }
    const [decision] = await this.#options.permissions.authorizeConditional(
      [{ permission: catalogEntityReadPermission }],
      { credentials },
    );
    switch (decision.result) {
      case AuthorizeResult.ALLOW:
        return { type: 'all' };
      case AuthorizeResult.DENY:
        return { type: 'some', refs: new Set() };
      default:
        return this.#ask(credentials);
    }
  }

  /** Whether a caller may see one entity. */
  async canSee(
    credentials: BackstageCredentials,
    entityRef: string,
  ): Promise<boolean> {
    return isVisible(await this.visibleEntities(credentials), entityRef);
  }

  /** Whether a caller may see the names behind the counts. */
  canSeePeople(credentials: BackstageCredentials): Promise<boolean> {
    return this.#may(credentials, understandingPersonReadPermission);
  }

  async #may(
    credentials: BackstageCredentials,
    permission: BasicPermission,
  ): Promise<boolean> {
    const [decision] = await this.#options.permissions.authorize(
      [{ permission }],
      { credentials },
    );
    return decision.result === AuthorizeResult.ALLOW;
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
