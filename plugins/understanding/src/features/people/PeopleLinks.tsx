import { useRouteRef } from '@backstage/core-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import { Link } from '@backstage/ui';
import {
  understandingAdminPermission,
  understandingDepartureSimulatePermission,
} from '@understanding-dev/backstage-plugin-understanding-common';
import {
  aboutMeRouteRef,
  departureRouteRef,
  identitiesRouteRef,
} from '../../routes';
import { WrappingRow } from '../entities/WrappingRow';

/** Leads everybody to what is stored about them, and some to what leaving would do. */
export function PeopleLinks() {
  const aboutMePath = useRouteRef(aboutMeRouteRef)();
  const departurePath = useRouteRef(departureRouteRef)();
  const identitiesPath = useRouteRef(identitiesRouteRef)();
  const { allowed: isAdmin } = usePermission({
    permission: understandingAdminPermission,
  });
  const { allowed } = usePermission({
    permission: understandingDepartureSimulatePermission,
  });
  return (
    <WrappingRow>
      <Link href={aboutMePath}>What is stored about you</Link>
      {allowed && <Link href={departurePath}>When people leave</Link>}
      {isAdmin && <Link href={identitiesPath}>Who is who</Link>}
    </WrappingRow>
  );
}
