import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { Cell, ColumnConfig } from '@backstage/ui';
import { Explanation } from '@understanding-dev/backstage-plugin-understanding-common';
import {
  ExplanationStateLabel,
  Instant,
} from '@understanding-dev/backstage-plugin-understanding-react';
import { TextCell } from '../../components/TextCell';
import { PLANES } from '../failure-modes/words';
import { ExplanationLink } from './ExplanationLink';
import { AI_ASSISTANCE } from './words';

const COLUMNS = {
  at: {
    id: 'at',
    label: 'Since',
    minWidth: 130,
    cell: row => (
      <TextCell>
        <Instant at={row.createdAt} />
      </TextCell>
    ),
  },
  change: {
    id: 'change',
    label: 'What',
    defaultWidth: '3fr',
    minWidth: 220,
    isRowHeader: true,
    cell: row => (
      <TextCell>
        <ExplanationLink explanation={row} />
      </TextCell>
    ),
  },
  entities: {
    id: 'entities',
    label: 'Entities',
    minWidth: 160,
    cell: row => (
      <TextCell>
        {row.entityRefs.map(ref => (
          <div key={ref}>
            <EntityRefLink entityRef={ref} hideIcon />
          </div>
        ))}
      </TextCell>
    ),
  },
  state: {
    id: 'state',
    label: 'State',
    minWidth: 210,
    cell: row => (
      <Cell>
        <ExplanationStateLabel state={row.state} />
      </Cell>
    ),
  },
  planes: {
    id: 'planes',
    label: 'Planes',
    minWidth: 130,
    cell: row => (
      <TextCell>
        {row.planes.map(plane => PLANES[plane]).join(', ') || 'Not said'}
      </TextCell>
    ),
  },
  ai: {
    id: 'ai',
    label: 'AI assistance',
    minWidth: 130,
    cell: row => <TextCell>{AI_ASSISTANCE[row.aiAssistance]}</TextCell>,
  },
  debt: {
    id: 'debt',
    label: 'Debt',
    minWidth: 150,
    cell: row => <TextCell>{debtInWords(row)}</TextCell>,
  },
} satisfies Record<string, ColumnConfig<Explanation>>;

/** The name of a column. */
export type ExplanationColumn = keyof typeof COLUMNS;

/** Columns of tables of explanations. */
export function explanationColumns(
  names: readonly ExplanationColumn[],
): ColumnConfig<Explanation>[] {
  return names.map(name => COLUMNS[name]);
}

function debtInWords({ debt, required }: Explanation): string {
  switch (debt) {
    case 'open':
      return 'Open';
    case 'paid':
      return 'Paid';
    default:
      return required ? 'None' : 'None, nothing is asked for';
  }
}
