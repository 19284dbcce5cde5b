import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { CatalogSearchResultListItem } from '@backstage/plugin-catalog';
import { Link, Text } from '@backstage/ui';
import {
  EntitySummary,
  UnderstandingApi,
  entityKindSchema,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { understandingApiRef } from '@understanding-dev/backstage-plugin-understanding-react';
import DataLoader from 'dataloader';
import { ComponentProps } from 'react';
import useAsync from 'react-use/esm/useAsync';
import { understandingTranslationRef } from '../../translation';
import styles from './CatalogResult.module.css';

/** What the results of one page ask for is asked at once. */
const loaders = new WeakMap<
  UnderstandingApi,
  DataLoader<string, EntitySummary | null>
>();

function loaderOf(api: UnderstandingApi) {
  const loader =
    loaders.get(api) ??
    new DataLoader<string, EntitySummary | null>(
      async entityRefs =>
        (await api.getEntitiesByRefs({ entityRefs: [...entityRefs] })).items,
      { cache: false, maxBatchSize: 200 },
    );
  loaders.set(api, loader);
  return loader;
}

/**
 * A result of the catalog with how many people understand the entity. Asked with the
 * reader's own permissions when the result is shown: nothing of it is in the index,
 * and nobody is named.
 */
export function CatalogResult(
  props: ComponentProps<typeof CatalogSearchResultListItem>,
) {
  const { location = '' } = props.result ?? {};
  const entityRef = refAt(location);
  return (
    <div>
      {/* Whoever shows this counts the click, and makes a row of it. */}
      <ul className={styles.inner}>
        <CatalogSearchResultListItem {...props} noTrack />
      </ul>
      {entityRef && (
        <div className={props.icon ? styles.belowIcon : undefined}>
          <Understood entityRef={entityRef} location={location} />
        </div>
      )}
    </div>
  );
}

function Understood(props: { entityRef: string; location: string }) {
  const { t } = useTranslationRef(understandingTranslationRef);
  const api = useApi(understandingApiRef);
  // A result without this line is still a result, so that trouble is not told here.
  const { value: summary } = useAsync(
    () => loaderOf(api).load(props.entityRef),
    [api, props.entityRef],
  );
  if (summary?.understoodBy === undefined) {
    return null;
  }
  return (
    <Text as="p">
      <Link href={`${props.location}/understanding`}>
        {t('understood.by', { count: summary.understoodBy })}
      </Link>
    </Text>
  );
}

/** The entity that a result leads to, if it is one of which understanding is known. */
function refAt(location: string): string | undefined {
  const [, namespace, kind = '', name] =
    /\/([^/?#]+)\/([^/?#]+)\/([^/?#]+)$/.exec(location.toLowerCase()) ?? [];
  return entityKindSchema.safeParse(kind).success
    ? `${kind}:${namespace}/${name}`
    : undefined;
}
