import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { Card, CardBody, Flex, Skeleton, Text } from '@backstage/ui';
import {
  STILL_READING,
  WhoUnderstandsAnswer,
  WhoUnderstandsResponse,
} from '@understanding-dev/backstage-plugin-understanding-common';
import {
  ExampleLabel,
  Instant,
  PersonList,
  ReasonList,
  UnderstandingError,
} from '@understanding-dev/backstage-plugin-understanding-react';
import { Fragment } from 'react';
import { WrappingRow } from '../entities/WrappingRow';
import { Person } from '../explanations/Person';
import { OnCallNow } from '../people/OnCallNow';
import { understoodBy } from '../people/understoodBy';
import { QuestionField } from './QuestionField';
import { useWhoUnderstands } from './useWhoUnderstands';

/** A question and its answer: a name, a path, a link, or words. */
export function WhoUnderstands() {
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
        aria-label="Answer"
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
  const { query, answers, truncated, stillReading } = props.response;
  if (answers.length === 0) {
    return (
      <Text>
        Nothing in the catalog matches “{query}”. Ask with the name of a
        service, a path of its repository, or a link to a file.
        {stillReading && ` ${STILL_READING}`}
      </Text>
    );
  }
  return (
    <Flex direction="column" gap="3">
      {answers.map(answer => (
        <AnswerCard key={answer.entityRef} answer={answer} />
      ))}
      {truncated && (
        <Text>More entities match than are shown. Ask more exactly.</Text>
      )}
    </Flex>
  );
}

function AnswerCard(props: { answer: WhoUnderstandsAnswer }) {
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
            <Text>by {answer.matchedBy}</Text>
          </WrappingRow>
          {answer.nobody && (
            <Text weight="bold">
              {answer.nobody.message.replace(/\.$/, '')}
              {answer.nobody.lastAt && (
                <>
                  ; the last evidence is of{' '}
                  <Instant at={answer.nobody.lastAt} />
                </>
              )}
              .
            </Text>
          )}
          {answer.nobody && answer.nobody.rebuild.length > 0 && (
            <>
              <Text>To get that back:</Text>
              <ReasonList
                reasons={answer.nobody.rebuild.map(message => ({ message }))}
              />
            </>
          )}
          {answer.part?.people && <PartOfIt part={answer.part} />}
          {answer.people ? (
            <PersonList people={answer.people} more={answer.morePeople} />
          ) : (
            <Text>
              {answer.understoodBy === undefined
                ? 'An unknown number of active people understand it'
                : understoodBy(answer.understoodBy)}
              . To see names you need the permission understanding.person.read.
            </Text>
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
  const { path, people = [] } = props.part;
  return (
    <Text>
      {people.length === 0 ? 'Nobody is known to know' : 'Who knows'} {path}
      {people.map((person, index) => (
        <Fragment key={person.personRef ?? `${index} ${person.displayName}`}>
          {index === 0 ? ': ' : ', '}
          <Person person={person} />
          {person.status === 'left' && ' (has left)'}
        </Fragment>
      ))}
      .
    </Text>
  );
}
