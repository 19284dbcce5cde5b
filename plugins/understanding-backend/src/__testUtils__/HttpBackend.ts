import {
  BackendFeature,
  BackstageCredentials,
  HttpAuthService,
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import {
  TestBackend,
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { JsonObject } from '@backstage/types';
import catalogPlugin from '@backstage/plugin-catalog-backend';
import { notificationService } from '@backstage/plugin-notifications-node';
import permissionPlugin from '@backstage/plugin-permission-backend';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { understandingPlugin } from '../plugin';
import { Repository } from './Repository';

type Credentials = HttpAuthService['credentials'];

export interface HttpBackendOptions {
  /** What the one repository has, in a folder of that name. */
  readonly repository: {
    readonly name: string;
    readonly by: string;
    readonly files: Record<string, string>;
  };
  /** What the catalog has, as {@link catalogEntity} writes it. */
  readonly entities: (source: Record<string, string>) => string[];
  /** A policy, and what else is there. */
  readonly features: readonly BackendFeature[];
  /** More configuration below `understanding`. */
  readonly understanding?: JsonObject;
  /** Credentials of tokens that the mocked service does not know. */
  readonly credentialsOf?: (
    ...args: Parameters<Credentials>
  ) => BackstageCredentials | undefined;
}

/** The plugin beside Backstage's real catalog and permission back ends. */
export class HttpBackend {
  readonly #backend: TestBackend;
  readonly #folder: string;

  static async start(options: HttpBackendOptions): Promise<HttpBackend> {
    const folder = realpathSync(
      mkdtempSync(join(tmpdir(), 'understanding-http-')),
    );
    const { name, by, files } = options.repository;
    Repository.create(join(folder, name)).commit({
      by,
      at: '2026-01-05T09:00:00Z',
      write: files,
    });
    writeFileSync(
      join(folder, 'catalog.yaml'),
      options
        .entities({ 'backstage.io/source-location': `file:${folder}/${name}/` })
        .join('\n---\n'),
    );
    const backend = await startTestBackend({
      features: [
        catalogPlugin,
        permissionPlugin,
        understandingPlugin,
        withActor(options.credentialsOf),
        createServiceFactory({
          service: notificationService,
          deps: {},
          factory: () => ({ send: async () => {} }),
        }),
        mockServices.rootConfig.factory({
          data: {
            app: { baseUrl: 'http://localhost:3000' },
            backend: {
              baseUrl: 'http://localhost:7007',
              database: { client: 'better-sqlite3', connection: ':memory:' },
            },
            permission: { enabled: true },
            catalog: {
              rules: [{ allow: ['Component', 'Group', 'User'] }],
              locations: [{ type: 'file', target: `${folder}/catalog.yaml` }],
            },
            understanding: {
              catalog: { syncInterval: { seconds: 1 } },
              repositories: { localRoots: [folder] },
              ...options.understanding,
            },
          },
        }),
        ...options.features,
      ],
    });
    return new HttpBackend(backend, folder);
  }

  private constructor(backend: TestBackend, folder: string) {
    this.#backend = backend;
    this.#folder = folder;
  }

  get server() {
    return this.#backend.server;
  }

  async stop(): Promise<void> {
    await this.#backend.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** An entity for a catalog file; YAML reads JSON, too. */
export function catalogEntity(
  kind: string,
  name: string,
  spec: {},
  annotations = {},
): string {
  return JSON.stringify({
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: { name, annotations },
    spec,
  });
}

/**
 * The mocked service does not tell that a plugin asks for a user, as the real one does:
 * only a plugin may ask for a decision without naming the entity.
 */
function withActor(credentialsOf: HttpBackendOptions['credentialsOf']) {
  return createServiceFactory({
    service: coreServices.httpAuth,
    deps: { plugin: coreServices.pluginMetadata, auth: coreServices.auth },
    factory({ plugin, auth }) {
      const mocked = mockServices.httpAuth({
        pluginId: plugin.getId(),
        defaultCredentials: mockCredentials.none(),
      });
      const credentials: Credentials = async (req, options) => {
        const own = credentialsOf?.(req, options);
        if (own) {
          return own as never;
        }
        const found = await mocked.credentials(req, options);
        return plugin.getId() !== 'understanding' &&
          auth.isPrincipal(found, 'user')
          ? (mockCredentials.user(found.principal.userEntityRef, {
              actor: { subject: 'plugin:understanding' },
            }) as typeof found)
          : found;
      };
      return {
        ...mocked,
        credentials,
        issueUserCookie: mocked.issueUserCookie,
      };
    },
  });
}
