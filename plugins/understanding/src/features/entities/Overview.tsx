import { Container, Flex } from '@backstage/ui';
import { ExplanationLinks } from '../explanations/ExplanationLinks';
import { CoverageSection } from '../failure-modes/CoverageSection';
import { IngestLink } from '../ingest/IngestLink';
import { WhoUnderstands } from '../lookup/WhoUnderstands';
import { AbsenceOverview } from '../people/AbsenceOverview';
import { PeopleLinks } from '../people/PeopleLinks';
import { EntitiesTable } from './EntitiesTable';

/** Who understands this, below it every service with what is known of it, and sums. */
export function Overview() {
  return (
    <Container>
      <Flex direction="column" gap="6" py="5">
        <WhoUnderstands />
        <EntitiesTable />
        <CoverageSection />
        <AbsenceOverview />
        <ExplanationLinks />
        <PeopleLinks />
        <IngestLink />
      </Flex>
    </Container>
  );
}
