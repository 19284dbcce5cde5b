import { Alert, Button, Skeleton, Text } from '@backstage/ui';
import {
  Instant,
  UnderstandingError,
} from '@understanding-dev/backstage-plugin-understanding-react';
import { PageLayout } from '../../PageLayout';
import { DeliveriesSection } from './DeliveriesSection';
import { GoneEntitiesSection } from './GoneEntitiesSection';
import { HostsSection } from './HostsSection';
import { QueuesSection } from './QueuesSection';
import { RepositoriesSection } from './RepositoriesSection';
import { SchedulesSection } from './SchedulesSection';
import { useIngest } from './useIngest';

/** How ingest is doing, for those who run this Backstage. */
export function IngestPage() {
  const { status, reading, readAgain } = useIngest();
  const { value, error, loading } = status;
  return (
    <PageLayout
      title="Ingest"
      actions={
        value && (
          <>
            <Text color="secondary">
              As of <Instant at={value.readAt} time />
            </Text>
            <Button variant="secondary" isPending={loading} onPress={readAgain}>
              Refresh
            </Button>
          </>
        )
      }
    >
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
    </PageLayout>
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
