import { ColumnConfig, TableItem } from '@backstage/ui';
import { Instant } from '@understanding-dev/backstage-plugin-understanding-react';
import { ReactNode } from 'react';
import { TextCell } from './TextCell';

/** A column of texts, which are shown whole. */
export function textColumn<T extends TableItem>(
  id: string,
  label: string,
  cell: (row: T) => ReactNode,
): ColumnConfig<T> {
  return { id, label, cell: row => <TextCell>{cell(row)}</TextCell> };
}

/** The same, of what each row is about. */
export function headerColumn<T extends TableItem>(
  id: string,
  label: string,
  cell: (row: T) => ReactNode,
): ColumnConfig<T> {
  return { ...textColumn(id, label, cell), isRowHeader: true };
}

export function countColumn<T extends TableItem>(
  id: string,
  label: string,
  count: (row: T) => number,
): ColumnConfig<T> {
  return textColumn(id, label, row => count(row).toLocaleString('en'));
}

/**
 * When something was, to the minute.
 *
 * @param never - said where it was not yet
 */
export function instantColumn<T extends TableItem>(
  id: string,
  label: string,
  at: (row: T) => string | undefined,
  never?: string,
): ColumnConfig<T> {
  return textColumn(id, label, row => {
    const instant = at(row);
    return instant ? <Instant at={instant} time /> : never;
  });
}
