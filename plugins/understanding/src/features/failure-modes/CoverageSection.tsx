import { useApi, useRouteRef } from '@backstage/core-plugin-api';
import { Button, CellText, ColumnConfig, Link } from '@backstage/ui';
import { CoverageGroup } from '@understanding-dev/backstage-plugin-understanding-common';
import { understandingApiRef } from '@understanding-dev/backstage-plugin-understanding-react';
import { useCallback, useState } from 'react';
import { structureRouteRef } from '../../routes';
import { SumsSection } from '../entities/SumsSection';
import { WrappingRow } from '../entities/WrappingRow';

type Row = CoverageGroup & { id: string };

const COLUMNS: ColumnConfig<Row>[] = [
  {
    id: 'entities',
    label: 'Entities',
    cell: row => <CellText title={String(row.entities)} />,
  },
  {
    id: 'answered',
    label: 'Answered',
    cell: ({ coverage }) => (
      <CellText
        title={
          coverage.required === 0
            ? 'Nothing is required'
            : `${coverage.answered} of ${coverage.required}`
        }
      />
    ),
  },
  {
    id: 'tested',
    label: 'Tested',
    cell: ({ coverage }) => <CellText title={String(coverage.tested)} />,
  },
];

/** How far each team, or system, has answered for its dependencies; once asked for. */
export function CoverageSection() {
  const structurePath = useRouteRef(structureRouteRef)();
  const [isOpen, setOpen] = useState(false);
  return isOpen ? (
    <CoverageSums />
  ) : (
    <WrappingRow>
      <Button variant="secondary" onPress={() => setOpen(true)}>
        Answers for dependencies, added up
      </Button>
      <Link href={structurePath}>Structure of dependencies</Link>
    </WrappingRow>
  );
}

function CoverageSums() {
  const api = useApi(understandingApiRef);
  const load = useCallback(
    async (by: 'team' | 'system') => (await api.getCoverage({ by })).items,
    [api],
  );
  return (
    <SumsSection
      title="Answers for dependencies that fail"
      load={load}
      columns={COLUMNS}
      nothing="Nothing is known yet."
    />
  );
}
