import { createPermission } from '@backstage/plugin-permission-common';

/**
 * To read what is known of an entity. Beside it, nobody sees an entity here that
 * the catalog does not let them read.
 * @public
 */
export const understandingEntityReadPermission = createPermission({
  name: 'understanding.entity.read',
  attributes: { action: 'read' },
});

/**
 * To see the names of the people behind the counts.
 * @public
 */
export const understandingPersonReadPermission = createPermission({
  name: 'understanding.person.read',
  attributes: { action: 'read' },
});

/**
 * To write explanations.
 * @public
 */
export const understandingExplanationCreatePermission = createPermission({
  name: 'understanding.explanation.create',
  attributes: { action: 'create' },
});

/**
 * To say whether an explanation of somebody else shows understanding.
 * @public
 */
export const understandingExplanationAssessPermission = createPermission({
  name: 'understanding.explanation.assess',
  attributes: {},
});

/**
 * To see how ingest is doing, and to replay what was not understood.
 * @public
 */
export const understandingAdminPermission = createPermission({
  name: 'understanding.admin',
  attributes: {},
});

/**
 * All permissions of the understanding plugin.
 * @public
 */
export const understandingPermissions = [
  understandingEntityReadPermission,
  understandingPersonReadPermission,
  understandingExplanationCreatePermission,
  understandingExplanationAssessPermission,
  understandingAdminPermission,
];
