import { useApi } from '@backstage/core-plugin-api';
import { Button, CellText, ColumnConfig } from '@backstage/ui';
import { CoverageGroup } from '@understanding-dev/backstage-plugin-understanding-common';
import { understandingApiRef } from '@understanding-dev/backstage-plugin-understanding-react';
import { useCallback, useState } from 'react';
import { SumsSection } from '../../components/SumsSection';

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
  const [isOpen, setOpen] = useState(false);
  return isOpen ? (
    <CoverageSums />
  ) : (
    <div>
      <Button variant="secondary" onPress={() => setOpen(true)}>
        Answers for dependencies, added up
      </Button>
    </div>
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
