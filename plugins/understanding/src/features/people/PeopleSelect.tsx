import {
  Entity,
  isUserEntity,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { useApi } from '@backstage/core-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { Flex, Select, useAsyncList } from '@backstage/ui';
import { RiGroupLine, RiUserLine } from '@remixicon/react';
import { UnderstandingError } from '@understanding-dev/backstage-plugin-understanding-react';

const PAGE_SIZE = 20;
/** Nobody reads a list that changes with every letter. */
const PAUSE_MILLIS = 200;
const NAMES = ['metadata.name', 'metadata.title', 'spec.profile.displayName'];

/** Chooses people and teams of the catalog, which are found by words of their names. */
export function PeopleSelect(props: {
  label: string;
  refs: readonly string[];
  onChange: (refs: string[]) => void;
}) {
  const { label, refs, onChange } = props;
  const catalogApi = useApi(catalogApiRef);
  const found = useAsyncList({
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
              filter: { kind: ['user', 'group'] },
              orderFields: { field: 'metadata.name', order: 'asc' },
              fullTextFilter: { term: filterText ?? '', fields: NAMES },
            }),
      });
      return { items: items.map(toOption), cursor: pageInfo.nextCursor };
    },
  });
  return (
    <Flex direction="column" gap="2">
      <Select
        label={label}
        placeholder="People and teams"
        selectionMode="multiple"
        value={[...refs]}
        onChange={keys => onChange(keys.map(String))}
        search={{ mode: 'server', placeholder: 'Words of a name' }}
        options={found}
      />
      {found.error && (
        <UnderstandingError error={found.error} retry={found.reload} />
      )}
    </Flex>
  );
}

function toOption(entity: Entity) {
  const { name, title } = entity.metadata;
  const profile = entity.spec?.profile as { displayName?: string } | undefined;
  return {
    id: stringifyEntityRef(entity),
    label: profile?.displayName ?? title ?? name,
    description: stringifyEntityRef(entity),
    leadingIcon: isUserEntity(entity) ? <RiUserLine /> : <RiGroupLine />,
  };
}
