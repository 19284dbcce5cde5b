import { stringifyEntityRef } from '@backstage/catalog-model';
import { useRouteRef } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  EntityInfoCard,
  entityRouteParams,
  entityRouteRef,
  useEntity,
} from '@backstage/plugin-catalog-react';
import { Flex, Link, Skeleton, Text } from '@backstage/ui';
import {
  EntityUnderstanding,
  knows,
} from '@understanding-dev/backstage-plugin-understanding-common';
import {
  DocumentStateLabel,
  ExampleLabel,
  FlagLabel,
  UnderstandingError,
  useEntityUnderstanding,
} from '@understanding-dev/backstage-plugin-understanding-react';
import { Fragment } from 'react';
import { understandingTranslationRef } from '../../translation';
import { Person } from '../explanations/Person';
import { OnCallNow } from '../people/OnCallNow';

/** The card of an entity's overview: what is known of it, at a look. */
export function EntityCard() {
  const { t } = useTranslationRef(understandingTranslationRef);
  const { entity } = useEntity();
  const { value, loading, error, retry } = useEntityUnderstanding(
    stringifyEntityRef(entity),
  );
  return (
    <EntityInfoCard title={t('card.title')}>
      {loading && (
        <div role="status" aria-label={t('loading')}>
          <Skeleton width="100%" height={72} />
        </div>
      )}
      {error && !loading && <UnderstandingError error={error} retry={retry} />}
      {value && !loading && <Facts understanding={value} />}
    </EntityInfoCard>
  );
}

/** As many as one would call. */
const ASKED_FIRST = 3;

function Facts(props: { understanding: EntityUnderstanding }) {
  const { t } = useTranslationRef(understandingTranslationRef);
  const { summary, onCall, people } = props.understanding;
  const askable = people?.filter(knows).slice(0, ASKED_FIRST) ?? [];
  const named = askable.map((person, index) => (
    <Fragment key={person.personRef ?? person.displayName}>
      {index > 0 && ', '}
      <Person person={person} />
    </Fragment>
  ));
  const { entity } = useEntity();
  const entityPath = useRouteRef(entityRouteRef)(entityRouteParams(entity));
  return (
    <Flex direction="column" gap="2">
      <Text>
        {summary.understoodBy === undefined
          ? t('card.unknown', { reason: summary.unknownReason ?? '' })
          : t('card.understood', {
              understoodBy: t('understood.by', { count: summary.understoodBy }),
              minimum: summary.understoodByMinimum,
            })}
      </Text>
      {named.length > 0 && (
        <Text>{t('card.askFirst', { people: <>{named}</> })}</Text>
      )}
      <OnCallNow onCall={onCall} />
      <Flex align="center" gap="2">
        <Text>{t('card.documents')}</Text>
        <DocumentStateLabel state={summary.documentState} />
        {summary.example && <ExampleLabel />}
      </Flex>
      <Flex align="center" gap="2">
        {summary.flags.map(flag => (
          <FlagLabel key={flag.rule} flag={flag} />
        ))}
        {summary.flags.length === 0 && <Text>{t('card.noFlags')}</Text>}
      </Flex>
      <Link href={`${entityPath}/understanding`}>{t('card.more')}</Link>
    </Flex>
  );
}
