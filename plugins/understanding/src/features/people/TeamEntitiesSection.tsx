import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { ColumnConfig, Table, Text, useTable } from '@backstage/ui';
import {
  MINIMUM_TEAM,
  TeamEntities,
  TeamList,
} from '@understanding-dev/backstage-plugin-understanding-common';
import {
  UnderstandingError,
  understandingApiRef,
} from '@understanding-dev/backstage-plugin-understanding-react';
import { useMemo, useState } from 'react';
import { textColumn } from '../../components/columns';
import { RefCell } from '../../components/RefCell';
import { Section } from '../../components/Section';
import { understandingTranslationRef } from '../../translation';

type Row = TeamEntities['items'][number] & { id: string };
type Told = Pick<TeamEntities, 'among' | 'totalItems' | 'unknown'>;

const TEXTS = {
  'owned-not-understood': 'team.ownedNotUnderstood',
  'understood-not-owned': 'team.understoodNotOwned',
} as const;

/** Entities that a team owns and does not understand, or the other way round. */
export function TeamEntitiesSection(props: {
  teamRef: string;
  list: TeamList;
}) {
  const { t } = useTranslationRef(understandingTranslationRef);
  const { teamRef, list } = props;
  const api = useApi(understandingApiRef);
  const [told, setTold] = useState<Told>();
  const { tableProps, reload } = useTable<Row>({
    mode: 'cursor',
    paginationOptions: { pageSize: 20, pageSizeOptions: [20, 50, 100] },
    getData: async ({ cursor, pageSize }) => {
      const page = await api.listTeamEntities(teamRef, {
        list,
        cursor,
        limit: pageSize,
      });
      setTold(page);
      return {
        data: page.items.map(one => ({ ...one, id: one.entityRef })),
        nextCursor: page.nextCursor,
        totalCount: page.totalItems,
      };
    },
  });
  const columns = useColumns(list);
  const inWords = useInWords();
  const said = told && inWords(list, told);
  const texts = TEXTS[list];
  const isHeldBack =
    told?.among === 'anybody' && list === 'understood-not-owned';
  return (
    <Section title={t(`${texts}.title`)}>
      {said && <Text>{said}</Text>}
      {tableProps.error && (
        <UnderstandingError error={tableProps.error} retry={reload} />
      )}
      {!tableProps.error && !isHeldBack && (
        <Table
          {...tableProps}
          columnConfig={columns}
          emptyState={<Text>{t(`${texts}.none`)}</Text>}
        />
      )}
    </Section>
  );
}

function useColumns(list: TeamList): ColumnConfig<Row>[] {
  const { t } = useTranslationRef(understandingTranslationRef);
  return useMemo(() => {
    const entity: ColumnConfig<Row> = {
      id: 'entity',
      label: t('team.entity'),
      isRowHeader: true,
      cell: row => <RefCell entityRef={row.entityRef} title={row.title} />,
    };
    const owner: ColumnConfig<Row> = {
      id: 'owner',
      label: t('team.owner'),
      cell: row => (
        <RefCell
          entityRef={row.ownerRef}
          title={row.ownerTitle}
          none={t('entity.nobody')}
        />
      ),
    };
    const understood = textColumn<Row>(
      'understood',
      t('team.understood'),
      row => t('understood.by', { count: row.understoodBy }),
    );
    return list === 'owned-not-understood'
      ? [entity, understood]
      : [entity, owner, understood];
  }, [list, t]);
}

/** What holds of a whole list, in words. */
function useInWords() {
  const { t } = useTranslationRef(understandingTranslationRef);
  return (list: TeamList, { among, totalItems, unknown }: Told): string => {
    if (list === 'understood-not-owned') {
      if (among === 'team') {
        return totalItems === 0 ? '' : t('team.understoodNotOwned.byTeam');
      }
      return t('team.understoodNotOwned.small', { minimum: MINIMUM_TEAM });
    }
    return [
      totalItems > 0 &&
        (among === 'team'
          ? t('team.ownedNotUnderstood.byTeam')
          : t('team.ownedNotUnderstood.byAnybody')),
      among === 'anybody' && t('team.ownedNotUnderstood.small'),
      unknown > 0 &&
        (totalItems > 0
          ? t('team.ownedNotUnderstood.unknownToo', { number: unknown })
          : t('team.ownedNotUnderstood.unknown', { number: unknown })),
    ]
      .filter(Boolean)
      .join(' ');
  };
}
