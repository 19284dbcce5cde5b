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
 * To name who documented or taught something, which they then confirm.
 * @public
 */
export const understandingEvidenceCreatePermission = createPermission({
  name: 'understanding.evidence.create',
  attributes: { action: 'create' },
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
 * To give leave not to explain the changes of an entity, for a time.
 * @public
 */
export const understandingExplanationExemptPermission = createPermission({
  name: 'understanding.explanation.exempt',
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
 * To say how much an entity depends on another.
 * @public
 */
export const understandingEdgeClassifyPermission = createPermission({
  name: 'understanding.edge.classify',
  attributes: { action: 'update' },
});

/**
 * To report which entities were seen calling which.
 * @public
 */
export const understandingEdgeObservePermission = createPermission({
  name: 'understanding.edge.observe',
  attributes: { action: 'update' },
});

/**
 * To describe how an entity or a dependency of it can fail.
 * @public
 */
export const understandingFailureModeCreatePermission = createPermission({
  name: 'understanding.failure-mode.create',
  attributes: { action: 'create' },
});

/**
 * To change such a description, to discuss it, and to record tests of it.
 * @public
 */
export const understandingFailureModeUpdatePermission = createPermission({
  name: 'understanding.failure-mode.update',
  attributes: { action: 'update' },
});

/**
 * To remove such a description; its versions stay.
 * @public
 */
export const understandingFailureModeDeletePermission = createPermission({
  name: 'understanding.failure-mode.delete',
  attributes: { action: 'delete' },
});

/**
 * To see what falls when some people leave.
 * @public
 */
export const understandingDepartureSimulatePermission = createPermission({
  name: 'understanding.simulate.departure',
  attributes: { action: 'read' },
});

/**
 * All permissions of the understanding plugin.
 * @public
 */
export const understandingPermissions = [
  understandingEntityReadPermission,
  understandingPersonReadPermission,
  understandingEvidenceCreatePermission,
  understandingExplanationCreatePermission,
  understandingExplanationAssessPermission,
  understandingExplanationExemptPermission,
  understandingAdminPermission,
  understandingEdgeClassifyPermission,
  understandingEdgeObservePermission,
  understandingFailureModeCreatePermission,
  understandingFailureModeUpdatePermission,
  understandingFailureModeDeletePermission,
  understandingDepartureSimulatePermission,
];
