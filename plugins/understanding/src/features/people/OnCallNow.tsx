import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Text } from '@backstage/ui';
import { OnCall } from '@understanding-dev/backstage-plugin-understanding-common';
import { Instant } from '@understanding-dev/backstage-plugin-understanding-react';
import { Fragment } from 'react';
import { understandingTranslationRef } from '../../translation';
import { NamedPerson } from './NamedPerson';

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
  const { t } = useTranslationRef(understandingTranslationRef);
  const { readAt, problem } = props.onCall;
  return (
    <Text>
      <Shifts onCall={props.onCall} />
      {problem && ' '}
      {problem &&
        (readAt
          ? t('onCall.problemSince', {
              problem,
              readAt: <Instant at={readAt} time />,
            })
          : t('onCall.problem', { problem }))}
    </Text>
  );
}

function Shifts(props: { onCall: OnCall }) {
  const { t } = useTranslationRef(understandingTranslationRef);
  const { schedule, readAt, shifts } = props.onCall;
  if (readAt === undefined) {
    return <>{t('onCall.unread', { schedule })}</>;
  }
  if (shifts.length === 0) {
    return <>{t('onCall.nobody', { schedule })}</>;
  }
  const all = shifts.map(({ until, person }, index) => (
    <Fragment key={`${index} ${until}`}>
      {index > 0 && '; '}
      {t('onCall.shift', {
        person: person ? (
          <OnCallPerson person={person} />
        ) : (
          t('person.somebody')
        ),
        until: <Instant at={until} time />,
      })}
    </Fragment>
  ));
  return t('onCall.shifts', { schedule, shifts: <>{all}</> });
}

function OnCallPerson(props: {
  person: NonNullable<OnCall['shifts'][number]['person']>;
}) {
  const { t } = useTranslationRef(understandingTranslationRef);
  const chat = props.person.reach?.chat;
  const person = <NamedPerson person={props.person} />;
  return chat ? t('person.chat', { person, chat }) : person;
}
