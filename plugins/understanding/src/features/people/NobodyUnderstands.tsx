import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Text } from '@backstage/ui';
import { Nobody } from '@understanding-dev/backstage-plugin-understanding-common';
import {
  Instant,
  ReasonList,
} from '@understanding-dev/backstage-plugin-understanding-react';
import { Fragment } from 'react';
import { understandingTranslationRef } from '../../translation';
import { NamedPerson } from './NamedPerson';

/** That nobody active understands something, who did last, and how to get that back. */
export function NobodyUnderstands(props: { nobody: Nobody }) {
  const { t } = useTranslationRef(understandingTranslationRef);
  const { lastAt, lastPeople = [], rebuild } = props.nobody;
  const message = props.nobody.message.replace(/\.$/, '');
  const date = lastAt && <Instant at={lastAt} />;
  const named = lastPeople.map((person, index) => (
    <Fragment key={person.personRef ?? `${index} ${person.displayName}`}>
      {index > 0 && ', '}
      <NamedPerson person={person} />
    </Fragment>
  ));
  return (
    <>
      <Text weight="bold">
        {!date && t('answer.nobody', { message })}
        {date &&
          (named.length > 0
            ? t('answer.nobodySinceBy', { message, date, people: <>{named}</> })
            : t('answer.nobodySince', { message, date }))}
      </Text>
      {rebuild.length > 0 && (
        <>
          <Text>{t('answer.rebuild')}</Text>
          <ReasonList reasons={rebuild.map(one => ({ message: one }))} />
        </>
      )}
    </>
  );
}
