import { useApi } from '@backstage/core-plugin-api';
import { Text, useTable } from '@backstage/ui';
import {
  Explanation,
  ListMyExplanationsQuery,
} from '@understanding-dev/backstage-plugin-understanding-common';
import {
  UnderstandingError,
  understandingApiRef,
} from '@understanding-dev/backstage-plugin-understanding-react';
import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import { PageLayout } from '../../PageLayout';
import { Section } from '../../components/Section';
import { useSaving } from '../failure-modes/useSaving';
import { SaidOfMe } from '../people/SaidOfMe';
import { ExplainLink } from './ExplainLink';
import { ExplanationColumn } from './explanationColumns';
import { ExplanationsTable } from './ExplanationsTable';

const AS_AUTHOR: readonly ExplanationColumn[] = [
  'change',
  'entities',
  'state',
  'debt',
  'at',
];
const AS_REVIEWER: readonly ExplanationColumn[] = [
  'change',
  'entities',
  'planes',
  'at',
];

/** What waits for the reader, as an author and as a reviewer. */
export function MyExplanationsPage() {
  return (
    <PageLayout title="What waits for you" actions={<ExplainLink />}>
      <EvidenceWaiting />
      <Section title="My pull and merge requests">
        <Text>
          Those that are open, and those that owe an explanation. An account of
          a host is yours where the catalog says so.
        </Text>
        <Waiting
          as="author"
          columns={AS_AUTHOR}
          none="Nothing of yours waits to be explained."
        />
      </Section>
      <Section title="Reviews waiting">
        <Text>
          Explanations that nobody has accepted yet, of requests that you were
          asked to review or have reviewed before.
        </Text>
        <Waiting
          as="reviewer"
          columns={AS_REVIEWER}
          none="No explanation waits for you."
        />
      </Section>
    </PageLayout>
  );
}

/** Nothing, as long as nobody said anything of the reader. */
function EvidenceWaiting() {
  const api = useApi(understandingApiRef);
  const { value, error, retry } = useAsyncRetry(
    () => api.listHandEvidence(),
    [api],
  );
  const { save, isSaving, error: notSaved } = useSaving();
  return (
    <>
      {error && <UnderstandingError error={error} retry={retry} />}
      {notSaved && <UnderstandingError error={notSaved} />}
      {value && (
        <SaidOfMe
          said={value.items}
          personRef={value.personRef}
          isSaving={isSaving}
          onDecide={(id, decision) =>
            void save(async () => {
              await api.decideEvidence(id, decision);
              retry();
            })
          }
        />
      )}
    </>
  );
}

function Waiting(props: {
  as: ListMyExplanationsQuery['as'];
  columns: readonly ExplanationColumn[];
  none: string;
}) {
  const { as, columns, none } = props;
  const api = useApi(understandingApiRef);
  const table = useTable<Explanation>({
    mode: 'cursor',
    paginationOptions: { pageSize: 20, pageSizeOptions: [20, 50, 100] },
    getData: async ({ cursor, pageSize }) => {
      const page = await api.listMyExplanations({
        as,
        limit: pageSize,
        cursor,
      });
      return {
        data: page.items,
        nextCursor: page.nextCursor,
        totalCount: page.totalItems,
      };
    },
  });
  return <ExplanationsTable table={table} columns={columns} none={none} />;
}
