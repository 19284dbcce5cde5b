import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { Card, CardBody, Flex, Skeleton, Text } from '@backstage/ui';
import {
  STILL_READING,
  WhoUnderstandsAnswer,
  WhoUnderstandsResponse,
  understoodByInWords,
} from '@understanding-dev/backstage-plugin-understanding-common';
import {
  ExampleLabel,
  PersonList,
  UnderstandingError,
} from '@understanding-dev/backstage-plugin-understanding-react';
import { Fragment } from 'react';
import { WrappingRow } from '../entities/WrappingRow';
import { Person } from '../explanations/Person';
import { NamesNotShown } from '../people/NamesNotShown';
import { NobodyUnderstands } from '../people/NobodyUnderstands';
import { OnCallNow } from '../people/OnCallNow';
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
          {answer.nobody && <NobodyUnderstands nobody={answer.nobody} />}
          {answer.part?.people && <PartOfIt part={answer.part} />}
          {answer.people ? (
            <PersonList people={answer.people} more={answer.morePeople} />
          ) : (
            <>
              <Text>{understoodByInWords(answer.understoodBy)}.</Text>
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
