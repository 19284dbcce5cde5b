import { useApi } from '@backstage/core-plugin-api';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import {
  Button,
  Cell,
  CellText,
  ColumnConfig,
  Flex,
  Skeleton,
  Table,
  Text,
  useTable,
} from '@backstage/ui';
import {
  DepartureAction,
  DepartureActionKind,
  DepartureEntity,
  DepartureResponse,
} from '@understanding-dev/backstage-plugin-understanding-common';
import {
  UnderstandingError,
  understandingApiRef,
} from '@understanding-dev/backstage-plugin-understanding-react';
import { FormEvent, useMemo, useState } from 'react';
import useAsyncFn from 'react-use/esm/useAsyncFn';
import { PageLayout } from '../../PageLayout';
import { Section } from '../../components/Section';
import { Person } from '../explanations/Person';
import { PeopleSelect } from '../people/PeopleSelect';

/** What falls when people leave, and who could restore it. */
export function DeparturePage() {
  const api = useApi(understandingApiRef);
  const [people, setPeople] = useState<string[]>([]);
  const [departure, simulate] = useAsyncFn(
    async () => api.simulateDeparture({ people }),
    [api, people],
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void simulate();
  };
  return (
    <PageLayout title="When people leave">
      <form onSubmit={submit}>
        <Flex align="end" gap="3">
          <PeopleSelect label="Who leaves" refs={people} onChange={setPeople} />
          <Button
            type="submit"
            variant="primary"
            isPending={departure.loading}
            isDisabled={people.length === 0}
          >
            Simulate
          </Button>
        </Flex>
      </form>
      <Text>
        Each simulation is written to the audit log. It is for passing on what
        people know before they go, and says nothing of how they work.
      </Text>
      <div role="region" aria-label="Simulated departure" aria-live="polite">
        {departure.loading && <Skeleton width="100%" height={160} />}
        {departure.error && !departure.loading && (
          <UnderstandingError error={departure.error} />
        )}
        {departure.value && !departure.loading && (
          <Result departure={departure.value} />
        )}
      </div>
    </PageLayout>
  );
}

const ACTIONS: Record<DepartureActionKind, string> = {
  pair: 'makes or reviews the next change, with somebody who knows it',
  'edge-answers':
    'writes the answers for its dependencies that are missing, which somebody who knows it records as documented',
  'game-day': 'takes part in the next failure test',
  'teach-back':
    'has it explained, and explains it back to somebody who knows it, who records that',
};

type Row = DepartureEntity & { id: string };

const COLUMNS: ColumnConfig<Row>[] = [
  {
    id: 'entity',
    label: 'Service',
    isRowHeader: true,
    cell: row => (
      <Cell>
        <EntityRefLink entityRef={row.entityRef} hideIcon>
          {row.title}
        </EntityRefLink>
      </Cell>
    ),
  },
  {
    id: 'before',
    label: 'Understood by, now',
    cell: row => <CellText title={String(row.before)} />,
  },
  {
    id: 'after',
    label: 'Afterwards',
    cell: row => (
      <CellText title={row.after === 0 ? 'nobody' : String(row.after)} />
    ),
  },
  {
    id: 'minimum',
    label: 'Needed',
    cell: row => <CellText title={String(row.minimum)} />,
  },
];

function Result(props: { departure: DepartureResponse }) {
  const { entities, actions, unrepaired } = props.departure;
  const data = useMemo(
    () => entities.map(one => ({ ...one, id: one.entityRef })),
    [entities],
  );
  const { tableProps } = useTable<Row>({
    mode: 'complete',
    data,
    paginationOptions: { pageSize: 20 },
  });
  if (entities.length === 0) {
    return (
      <Text>Nothing that you may see falls below what it needs by that.</Text>
    );
  }
  const titles = new Map(entities.map(one => [one.entityRef, one.title]));
  const titlesOf = (unknownToOthers: boolean) =>
    unrepaired
      .filter(one => one.unknownToOthers === unknownToOthers)
      .map(one => titles.get(one.entityRef))
      .join(', ');
  const alone = titlesOf(true);
  const others = titlesOf(false);
  return (
    <Flex direction="column" gap="4">
      <Section title="What falls below what it needs">
        <Table {...tableProps} columnConfig={COLUMNS} />
      </Section>
      <Section title="What restores it">
        {actions.length > 0 && (
          <ul>
            {actions.map(action => (
              <Action
                key={`${action.personRef} ${action.restores}`}
                action={action}
                titles={titles}
              />
            ))}
          </ul>
        )}
        {alone && (
          <Text>
            Nobody else who is active has any evidence of {alone}: those who
            leave have to teach somebody outside before they go.
          </Text>
        )}
        {others && (
          <Text>
            Nobody was found to restore {others}: whoever could be asked leaves
            too, does not want to be asked, or has enough to do with the above.
          </Text>
        )}
      </Section>
    </Flex>
  );
}

function Action(props: {
  action: DepartureAction;
  titles: ReadonlyMap<string, string>;
}) {
  const { action, personRef, displayName, restores } = props.action;
  return (
    <li>
      <Person person={{ personRef, displayName }} /> {ACTIONS[action]}:{' '}
      {restores.map(ref => props.titles.get(ref)).join(', ')}
    </li>
  );
}
