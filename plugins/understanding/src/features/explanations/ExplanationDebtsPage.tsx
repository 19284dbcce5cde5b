import { useRouteRef } from '@backstage/core-plugin-api';
import { Container, Flex, Link, Text } from '@backstage/ui';
import { rootRouteRef } from '../../routes';
import { DebtOverviewSection } from './DebtOverviewSection';
import { DebtsSection } from './DebtsSection';

/** What the organisation owes: changes that were merged and never explained. */
export function ExplanationDebtsPage() {
  const overviewPath = useRouteRef(rootRouteRef)();
  return (
    <Container>
      <Flex direction="column" gap="4" py="5">
        <div>
          <Link href={overviewPath}>Back to the overview</Link>
        </div>
        <Text as="h2" variant="title-small">
          Explanations owed
        </Text>
        <Text>
          A change that was merged without an accepted explanation, where one is
          asked for, leaves a debt with each entity that it affects. It is paid
          by an explanation that somebody else accepts later, or by a session in
          which the change is taught.
        </Text>
        <DebtOverviewSection />
        <DebtsSection />
      </Flex>
    </Container>
  );
}
