import { useRouteRef } from '@backstage/core-plugin-api';
import {
  Alert,
  Button,
  Container,
  Flex,
  Link,
  Skeleton,
  Text,
} from '@backstage/ui';
import {
  Instant,
  UnderstandingError,
} from '@understanding-dev/backstage-plugin-understanding-react';
import { rootRouteRef } from '../../routes';
import { DeliveriesSection } from './DeliveriesSection';
import { GoneEntitiesSection } from './GoneEntitiesSection';
import { HostsSection } from './HostsSection';
import { QueuesSection } from './QueuesSection';
import { RepositoriesSection } from './RepositoriesSection';
import { SchedulesSection } from './SchedulesSection';
import { useIngest } from './useIngest';

/** How ingest is doing, for those who run this Backstage. */
export function IngestPage() {
  const overviewPath = useRouteRef(rootRouteRef)();
  const { status, reading, readAgain } = useIngest();
  const { value, error, loading } = status;
  return (
    <Container>
      <Flex direction="column" gap="4" py="5">
        <div>
          <Link href={overviewPath}>Back to the overview</Link>
        </div>
        <Flex align="center" justify="between">
          <Text as="h2" variant="title-small">
            Ingest
          </Text>
          {value && (
            <Flex align="center" gap="3">
              <Text color="secondary">
                As of <Instant at={value.readAt} time />
              </Text>
              <Button
                variant="secondary"
                isPending={loading}
                onPress={readAgain}
              >
                Refresh
              </Button>
            </Flex>
          )}
        </Flex>
        {loading && !value && (
          <div role="status" aria-label="Loading">
            <Skeleton width="100%" height={320} />
          </div>
        )}
        {error && !loading && (
          <UnderstandingError error={error} retry={readAgain} />
        )}
        {value && (
          <>
            <Movement moving={value.moving} />
            <HostsSection hosts={value.hosts} />
            <DeliveriesSection reading={reading} readAgain={readAgain} />
            <SchedulesSection schedules={value.schedules} />
            <QueuesSection queues={value.queues} />
            <RepositoriesSection
              repositories={value.repositories}
              truncated={value.repositoriesTruncated}
            />
            <GoneEntitiesSection
              entities={value.goneEntities}
              truncated={value.goneEntitiesTruncated}
            />
          </>
        )}
      </Flex>
    </Container>
  );
}

function Movement(props: { moving: boolean }) {
  return props.moving ? (
    <Alert
      role="status"
      status="success"
      icon
      title="Work is moving"
      description="The workers go round, and no delivery has been due for long."
    />
  ) : (
    <Alert
      role="status"
      status="danger"
      icon
      title="Work is stuck"
      description="Deliveries have been due for minutes, or the workers of the back end have stopped. Nothing that was accepted is lost; the log of the back end says what fails."
    />
  );
}
