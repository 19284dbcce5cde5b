import { Skeleton } from '@backstage/ui';
import { entityRefSchema } from '@understanding-dev/backstage-plugin-understanding-common';
import { UnderstandingError } from '@understanding-dev/backstage-plugin-understanding-react';
import { useSearchParams } from 'react-router-dom';
import { PageLayout } from '../../PageLayout';
import { ExplainForm } from './ExplainForm';
import { useExplainPage } from './useExplainPage';

/** Writes an explanation: of a change, or of entities; or another version of one. */
export function ExplainPage() {
  const [params] = useSearchParams();
  const id = params.get('explanation') ?? undefined;
  const entityRefs = params
    .getAll('entity')
    .filter(ref => entityRefSchema.safeParse(ref).success);
  const { error, loading, retry, value } = useExplainPage(id);
  return (
    <PageLayout title="Explain something">
      {loading && (
        <div role="status" aria-label="Loading">
          <Skeleton width="100%" height={320} />
        </div>
      )}
      {error && !loading && <UnderstandingError error={error} retry={retry} />}
      {value && !loading && !error && (
        <ExplainForm
          key={id ?? entityRefs.join(' ')}
          record={value.record}
          entityRefs={entityRefs}
          headings={value.headings}
        />
      )}
    </PageLayout>
  );
}
