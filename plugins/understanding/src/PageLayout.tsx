import { RouteFunc, useRouteRef } from '@backstage/core-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import { Container, Flex, Header } from '@backstage/ui';
import {
  understandingAdminPermission,
  understandingDepartureSimulatePermission,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { ReactNode } from 'react';
import {
  aboutMeRouteRef,
  departureRouteRef,
  explanationDebtsRouteRef,
  identitiesRouteRef,
  ingestRouteRef,
  myExplanationsRouteRef,
  rootRouteRef,
  structureRouteRef,
} from './routes';
import { useSwitches } from './useSwitches';
import styles from './PageLayout.module.css';

/** A page of the plugin: its title, the way to the others, and what it shows. */
export function PageLayout(props: {
  title: string;
  /** What can be done here, at the end of the title. */
  actions?: ReactNode;
  children: ReactNode;
}) {
  const { title, actions, children } = props;
  return (
    <>
      <div className={styles.header}>
        <Header title={title} tabs={useTabs()} customActions={actions} />
      </div>
      <Container>
        <Flex direction="column" gap="4" pb="5">
          {children}
        </Flex>
      </Container>
    </>
  );
}

/** The pages that whoever looks may see. */
function useTabs() {
  const { names, departures } = useSwitches();
  const { allowed: isAdmin } = usePermission({
    permission: understandingAdminPermission,
  });
  const { allowed: maySimulate } = usePermission({
    permission: understandingDepartureSimulatePermission,
  });
  const tab = (label: string, path: RouteFunc<undefined>, isShown = true) =>
    isShown ? [{ id: label, label, href: path() }] : [];
  return [
    ...tab('Overview', useRouteRef(rootRouteRef)),
    ...tab('What waits for you', useRouteRef(myExplanationsRouteRef)),
    ...tab('Explanations owed', useRouteRef(explanationDebtsRouteRef)),
    ...tab('Structure of dependencies', useRouteRef(structureRouteRef)),
    ...tab(
      'When people leave',
      useRouteRef(departureRouteRef),
      departures && maySimulate,
    ),
    ...tab('Who is who', useRouteRef(identitiesRouteRef), names && isAdmin),
    ...tab('What is stored about you', useRouteRef(aboutMeRouteRef)),
    ...tab('Ingest', useRouteRef(ingestRouteRef), isAdmin),
  ];
}
