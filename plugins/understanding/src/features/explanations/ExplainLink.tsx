import { useRouteRef } from '@backstage/core-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import { ButtonLink } from '@backstage/ui';
import { understandingExplanationCreatePermission } from '@understanding-dev/backstage-plugin-understanding-common';
import { explainRouteRef } from '../../routes';

/** Leads those who may explain something to where they do, for an entity if one is given. */
export function ExplainLink(props: { entityRef?: string }) {
  const { entityRef } = props;
  const path = useRouteRef(explainRouteRef)();
  const { allowed } = usePermission({
    permission: understandingExplanationCreatePermission,
  });
  return allowed ? (
    <ButtonLink
      variant="secondary"
      href={
        entityRef ? `${path}?entity=${encodeURIComponent(entityRef)}` : path
      }
    >
      Explain something
    </ButtonLink>
  ) : null;
}
