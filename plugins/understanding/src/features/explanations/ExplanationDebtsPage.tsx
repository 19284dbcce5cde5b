import { Text } from '@backstage/ui';
import { PageLayout } from '../../PageLayout';
import { DebtOverviewSection } from './DebtOverviewSection';
import { DebtsSection } from './DebtsSection';

/** What the organisation owes: changes that were merged and never explained. */
export function ExplanationDebtsPage() {
  return (
    <PageLayout title="Explanations owed">
      <Text>
        A change that was merged without an accepted explanation, where one is
        asked for, leaves a debt with each entity that it affects. It is paid by
        an explanation that somebody else accepts later, or by a session in
        which the change is taught.
      </Text>
      <DebtOverviewSection />
      <DebtsSection />
    </PageLayout>
  );
}
