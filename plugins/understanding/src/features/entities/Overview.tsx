import { Container, Flex } from '@backstage/ui';
import { IngestLink } from '../ingest/IngestLink';
import { WhoUnderstands } from '../lookup/WhoUnderstands';
import { EntitiesTable } from './EntitiesTable';

/** Who understands this, and below it every service with what is known of it. */
export function Overview() {
  return (
    <Container>
      <Flex direction="column" gap="6" py="5">
        <WhoUnderstands />
        <EntitiesTable />
        <IngestLink />
      </Flex>
    </Container>
  );
}
