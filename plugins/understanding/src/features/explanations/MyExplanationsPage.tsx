import { useApi, useRouteRef } from '@backstage/core-plugin-api';
import { Container, Flex, Link, Text, useTable } from '@backstage/ui';
import {
  Explanation,
  ListMyExplanationsQuery,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { understandingApiRef } from '@understanding-dev/backstage-plugin-understanding-react';
import { rootRouteRef } from '../../routes';
import { Section } from '../entities/Section';
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
  const overviewPath = useRouteRef(rootRouteRef)();
  return (
    <Container>
      <Flex direction="column" gap="4" py="5">
        <div>
          <Link href={overviewPath}>Back to the overview</Link>
        </div>
        <Text as="h2" variant="title-small">
          What waits for you
        </Text>
        <Section title="My pull and merge requests">
          <Text>
            Those that are open, and those that owe an explanation. An account
            of a host is yours where the catalog says so.
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
      </Flex>
    </Container>
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
