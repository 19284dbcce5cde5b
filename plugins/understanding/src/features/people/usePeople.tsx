import {
  Entity,
  isUserEntity,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { useApi } from '@backstage/core-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { useAsyncList } from '@backstage/ui';
import { RiGroupLine, RiUserLine } from '@remixicon/react';
import { EntityChoice } from '../../components/entityOption';

const PAGE_SIZE = 20;
/** Nobody reads a list that changes with every letter. */
const PAUSE_MILLIS = 200;
const NAMES = ['metadata.name', 'metadata.title', 'spec.profile.displayName'];

/** People, and teams, of the catalog to choose, found by words of their names. */
export function usePeople(kinds: ReadonlyArray<'user' | 'group'>) {
  const catalogApi = useApi(catalogApiRef);
  return useAsyncList({
    load: async (request: {
      cursor?: string;
      filterText?: string;
      signal: AbortSignal;
    }) => {
      const { cursor, filterText, signal } = request;
      if (filterText) {
        await new Promise(done => setTimeout(done, PAUSE_MILLIS));
        signal.throwIfAborted();
      }
      const { items, pageInfo } = await catalogApi.queryEntities({
        limit: PAGE_SIZE,
        fields: ['kind', 'metadata', 'spec.profile.displayName'],
        ...(cursor
          ? { cursor }
          : {
              filter: { kind: [...kinds] },
              orderFields: { field: 'metadata.name', order: 'asc' },
              fullTextFilter: { term: filterText ?? '', fields: NAMES },
            }),
      });
      return { items: items.map(toChoice), cursor: pageInfo.nextCursor };
    },
  });
}

function toChoice(entity: Entity): EntityChoice {
  const { name, title } = entity.metadata;
  const profile = entity.spec?.profile as { displayName?: string } | undefined;
  return {
    id: stringifyEntityRef(entity),
    title: profile?.displayName ?? title ?? name,
    icon: isUserEntity(entity) ? <RiUserLine /> : <RiGroupLine />,
  };
}
