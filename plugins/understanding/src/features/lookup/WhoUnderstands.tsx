import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { Card, CardBody, Flex, Skeleton, Text } from '@backstage/ui';
import {
  WhoUnderstandsAnswer,
  WhoUnderstandsResponse,
} from '@understanding-dev/backstage-plugin-understanding-common';
import {
  ExampleLabel,
  PersonList,
  UnderstandingError,
} from '@understanding-dev/backstage-plugin-understanding-react';
import { Fragment } from 'react';
import { WrappingRow } from '../../components/WrappingRow';
import { NamedPerson } from '../people/NamedPerson';
import { NamesNotShown } from '../people/NamesNotShown';
import { NobodyUnderstands } from '../people/NobodyUnderstands';
import { OnCallNow } from '../people/OnCallNow';
import { understandingTranslationRef } from '../../translation';
import { QuestionField } from './QuestionField';
import { useWhoUnderstands } from './useWhoUnderstands';

/** A question and its answer: a name, a path, a link, or words. */
export function WhoUnderstands() {
  const { t } = useTranslationRef(understandingTranslationRef);
  const { question, type, asked, ask, answer } = useWhoUnderstands();
  return (
    <Flex direction="column" gap="3">
      <QuestionField
        question={question}
        asked={asked}
        onType={type}
        onAsk={ask}
      />
      <div
        role="region"
        aria-label={t('answer.region')}
        aria-live="polite"
        aria-busy={answer.loading}
      >
        {asked && answer.loading && <Skeleton width="100%" height={64} />}
        {answer.error && !answer.loading && (
          <UnderstandingError error={answer.error} retry={answer.retry} />
        )}
        {answer.value && !answer.loading && <Answers response={answer.value} />}
      </div>
    </Flex>
  );
}

function Answers(props: { response: WhoUnderstandsResponse }) {
  const { t } = useTranslationRef(understandingTranslationRef);
  const { query, answers, truncated, stillReading } = props.response;
  if (answers.length === 0) {
    return (
      <Text>
        {t('answer.nothing', { query })}
        {stillReading && ` ${t('answer.stillReading')}`}
      </Text>
    );
  }
  return (
    <Flex direction="column" gap="3">
      {answers.map(answer => (
        <AnswerCard key={answer.entityRef} answer={answer} />
      ))}
      {truncated && <Text>{t('answer.truncated')}</Text>}
    </Flex>
  );
}

function AnswerCard(props: { answer: WhoUnderstandsAnswer }) {
  const { t } = useTranslationRef(understandingTranslationRef);
  const { answer } = props;
  return (
    <Card>
      <CardBody>
        <Flex direction="column" gap="2">
          <WrappingRow>
            <Text as="h2" variant="body-large" weight="bold">
              <EntityRefLink entityRef={answer.entityRef} hideIcon>
                {answer.title}
              </EntityRefLink>
            </Text>
            {answer.example && <ExampleLabel />}
            <Text>{t('answer.matchedBy', { what: answer.matchedBy })}</Text>
          </WrappingRow>
          {answer.nobody && <NobodyUnderstands nobody={answer.nobody} />}
          {answer.part?.people && <PartOfIt part={answer.part} />}
          {answer.people ? (
            <PersonList people={answer.people} more={answer.morePeople} />
          ) : (
            <>
              <Text>
                {answer.understoodBy === undefined
                  ? t('understood.byUnknown')
                  : t('understood.by', { count: answer.understoodBy })}
                .
              </Text>
              <NamesNotShown />
            </>
          )}
          <OnCallNow onCall={answer.onCall} />
          {answer.fallback.map(fallback => (
            <Text key={fallback.message}>
              {fallback.entityRef ? (
                <EntityRefLink entityRef={fallback.entityRef} hideIcon>
                  {fallback.message}
                </EntityRefLink>
              ) : (
                fallback.message
              )}
            </Text>
          ))}
        </Flex>
      </CardBody>
    </Card>
  );
}

function PartOfIt(props: { part: NonNullable<WhoUnderstandsAnswer['part']> }) {
  const { t } = useTranslationRef(understandingTranslationRef);
  const { path, people = [], truncated } = props.part;
  const named = people.map((person, index) => (
    <Fragment key={person.personRef ?? `${index} ${person.displayName}`}>
      {index > 0 && ', '}
      <NamedPerson person={person} />
    </Fragment>
  ));
  return (
    <Text>
      {people.length === 0
        ? t('answer.partOfNobody', { path })
        : t('answer.part', { path, people: <>{named}</> })}
      {truncated && ` ${t('answer.partTruncated')}`}
    </Text>
  );
}
