import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { Skeleton, Text } from '@backstage/ui';
import { AbsenceOfGroup } from '@understanding-dev/backstage-plugin-understanding-common';
import {
  Instant,
  UnderstandingError,
  understandingApiRef,
} from '@understanding-dev/backstage-plugin-understanding-react';
import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import { Section } from '../../components/Section';
import { understandingTranslationRef } from '../../translation';
import { useFactorInWords } from './useFactorInWords';

/** Who is left of the authors of what a team owns, or a system is made of. */
export function AbsenceSection(props: { groupRef: string }) {
  const { t } = useTranslationRef(understandingTranslationRef);
  const { groupRef } = props;
  const api = useApi(understandingApiRef);
  const { error, retry, value } = useAsyncRetry(
    () => api.getAbsence(groupRef),
    [api, groupRef],
  );
  return (
    <Section title={t('absence.title')}>
      {error && <UnderstandingError error={error} retry={retry} />}
      {!value && !error && <Skeleton width="100%" height={72} />}
      {value && <Absence absence={value} />}
    </Section>
  );
}

function Absence(props: { absence: AbsenceOfGroup }) {
  const { t } = useTranslationRef(understandingTranslationRef);
  const factorInWords = useFactorInWords();
  const { entities, factor, readAt, unread } = props.absence;
  return (
    <>
      {entities === 0 ? (
        <Text>{t('absence.nothing')}</Text>
      ) : (
        <>
          <Text>
            {t('absence.together', { factor: factorInWords(factor) })}
          </Text>
          <Named
            title={t('absence.nobodyLeft')}
            count={props.absence.nobodyLeft}
            entities={props.absence.entitiesWithNobody}
          />
          <Named
            title={t('absence.oneLeft')}
            count={props.absence.oneLeft}
            entities={props.absence.entitiesWithOne}
          />
        </>
      )}
      <Text>
        {readAt
          ? t('absence.countedSince', {
              count: entities,
              date: <Instant at={readAt} />,
            })
          : t('absence.counted', { count: entities })}{' '}
        {unread > 0 && `${t('absence.unread', { number: unread })} `}
        {t('absence.hidden')}
      </Text>
    </>
  );
}

function Named(props: {
  title: string;
  count: number;
  entities: AbsenceOfGroup['entitiesWithOne'];
}) {
  const { t } = useTranslationRef(understandingTranslationRef);
  const { count, entities, title } = props;
  if (count === 0) {
    return null;
  }
  return (
    <div>
      <Text as="h3" weight="bold">
        {title}
      </Text>
      <ul>
        {entities.map(({ entityRef, title: name }) => (
          <li key={entityRef}>
            <EntityRefLink entityRef={entityRef} hideIcon>
              {name}
            </EntityRefLink>
          </li>
        ))}
      </ul>
      {count > entities.length && (
        <Text>{t('absence.more', { number: count - entities.length })}</Text>
      )}
    </div>
  );
}
