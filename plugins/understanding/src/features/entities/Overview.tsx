import { PageLayout } from '../../PageLayout';
import { ExplainLink } from '../explanations/ExplainLink';
import { CoverageSection } from '../failure-modes/CoverageSection';
import { WhoUnderstands } from '../lookup/WhoUnderstands';
import { AbsenceOverview } from '../people/AbsenceOverview';
import { EntitiesTable } from './EntitiesTable';

/** Who understands this, below it every service with what is known of it, and sums. */
export function Overview() {
  return (
    <PageLayout title="Overview" actions={<ExplainLink />}>
      <WhoUnderstands />
      <EntitiesTable />
      <CoverageSection />
      <AbsenceOverview />
    </PageLayout>
  );
}
