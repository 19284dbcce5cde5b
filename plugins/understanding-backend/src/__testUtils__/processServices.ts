import {
  AuthService,
  BackstageCredentials,
  BackstageServicePrincipal,
  LoggerService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { AuthorizeResult } from '@backstage/plugin-permission-common';

/**
 * What a process of its own needs of Backstage: everybody may do everything, and nobody
 * reads its log. Backstage's test framework takes longer to load than all else of it.
 */
export function processServices() {
  const allow = async (requests: readonly unknown[]) =>
    requests.map(() => ({ result: AuthorizeResult.ALLOW } as const));
  const permissions: PermissionsService = {
    authorize: allow,
    authorizeConditional: allow,
  };
  const own: BackstageCredentials<BackstageServicePrincipal> = {
    $$type: '@backstage/BackstageCredentials',
    principal: { type: 'service', subject: 'plugin:understanding' },
  };
  const notAsked = async (): Promise<never> => {
    throw new Error('Nobody asks it that');
  };
  const auth: AuthService = {
    authenticate: notAsked,
    getLimitedUserToken: notAsked,
    getNoneCredentials: notAsked,
    getOwnServiceCredentials: async () => own,
    getPluginRequestToken: notAsked,
    // There are none but its own.
    isPrincipal: (_, type): _ is never => type === 'service',
    listPublicServiceKeys: notAsked,
  };
  return { auth, logger: noLogger(), permissions };
}

/** A log that nobody reads. */
export function noLogger(): LoggerService {
  const logger: LoggerService = {
    error: () => {},
    warn: () => {},
    info: () => {},
    debug: () => {},
    child: () => logger,
  };
  return logger;
}
