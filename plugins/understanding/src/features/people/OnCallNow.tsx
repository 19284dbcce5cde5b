import { Text } from '@backstage/ui';
import { OnCall } from '@understanding-dev/backstage-plugin-understanding-common';
import { Instant } from '@understanding-dev/backstage-plugin-understanding-react';
import { Fragment } from 'react';
import { Person } from '../explanations/Person';

/** Who is on call now, a sentence for each schedule that covers an entity. */
export function OnCallNow(props: { onCall: readonly OnCall[] | undefined }) {
  return (
    <>
      {props.onCall?.map(one => (
        <BySchedule key={one.schedule} onCall={one} />
      ))}
    </>
  );
}

function BySchedule(props: { onCall: OnCall }) {
  const { schedule, readAt, problem, shifts } = props.onCall;
  return (
    <Text>
      On call now by {schedule}: {readAt === undefined && 'not known yet'}
      {readAt !== undefined && shifts.length === 0 && 'nobody that it tells of'}
      {shifts.map(({ until, person }, index) => (
        <Fragment key={`${index} ${until}`}>
          {index > 0 && '; '}
          {person ? <OnCallPerson person={person} /> : 'somebody'}, until{' '}
          <Instant at={until} time />
        </Fragment>
      ))}
      {problem && (
        <>
          {' '}
          (
          {readAt && (
            <>
              as of <Instant at={readAt} time />:{' '}
            </>
          )}
          the schedule cannot be read. {problem})
        </>
      )}
    </Text>
  );
}

function OnCallPerson(props: {
  person: NonNullable<OnCall['shifts'][number]['person']>;
}) {
  const { status, reach } = props.person;
  return (
    <>
      <Person person={props.person} />
      {status === 'left' && ' (has left)'}
      {status === 'not-in-catalog' && ' (not in the catalog)'}
      {reach?.chat && `, chat: ${reach.chat}`}
    </>
  );
}
