import { Text } from '@backstage/ui';
import { Nobody } from '@understanding-dev/backstage-plugin-understanding-common';
import {
  Instant,
  ReasonList,
} from '@understanding-dev/backstage-plugin-understanding-react';
import { Fragment } from 'react';
import { Person } from '../explanations/Person';

/** That nobody active understands something, who did last, and how to get that back. */
export function NobodyUnderstands(props: { nobody: Nobody }) {
  const { message, lastAt, lastPeople = [], rebuild } = props.nobody;
  return (
    <>
      <Text weight="bold">
        {message.replace(/\.$/, '')}
        {lastAt && (
          <>
            ; the last evidence is of <Instant at={lastAt} />
          </>
        )}
        {lastPeople.map((person, index) => (
          <Fragment key={person.personRef ?? `${index} ${person.displayName}`}>
            {index === 0 ? ', by ' : ', '}
            <Person person={person} />
            {person.status === 'left' && ' (has left)'}
          </Fragment>
        ))}
        .
      </Text>
      {rebuild.length > 0 && (
        <>
          <Text>To get that back:</Text>
          <ReasonList reasons={rebuild.map(one => ({ message: one }))} />
        </>
      )}
    </>
  );
}
