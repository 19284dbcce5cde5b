import { useApi } from '@backstage/core-plugin-api';
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
import { factorInWords } from './factorInWords';

/** Who is left of the authors of what a team owns, or a system is made of. */
export function AbsenceSection(props: { groupRef: string }) {
  const { groupRef } = props;
  const api = useApi(understandingApiRef);
  const { error, retry, value } = useAsyncRetry(
    () => api.getAbsence(groupRef),
    [api, groupRef],
  );
  return (
    <Section title="Who is left">
      {error && <UnderstandingError error={error} retry={retry} />}
      {!value && !error && <Skeleton width="100%" height={72} />}
      {value && <Absence absence={value} />}
    </Section>
  );
}

function Absence(props: { absence: AbsenceOfGroup }) {
  const { entities, factor, readAt, unread } = props.absence;
  return (
    <>
      {entities === 0 ? (
        <Text>Nothing that you may see has a history that could be read.</Text>
      ) : (
        <>
          <Text>
            Contributor absence factor of all files together, at present:{' '}
            {factorInWords(factor)}
          </Text>
          <Named
            title="Nobody is left of these: fewer than half of their files have an active author"
            count={props.absence.nobodyLeft}
            entities={props.absence.entitiesWithNobody}
          />
          <Named
            title="One person is left of these: without them, nobody would be"
            count={props.absence.oneLeft}
            entities={props.absence.entitiesWithOne}
          />
        </>
      )}
      <Text>
        {entities === 1 ? 'One entity is' : `${entities} entities are`} counted
        {readAt && (
          <>
            , by histories that were read <Instant at={readAt} /> or later
          </>
        )}
        .{unread > 0 && ` The histories of ${unread} more cannot be read.`} What
        you may not see is not counted.
      </Text>
    </>
  );
}

function Named(props: {
  title: string;
  count: number;
  entities: AbsenceOfGroup['entitiesWithOne'];
}) {
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
        <Text>{count - entities.length} more are not shown.</Text>
      )}
    </div>
  );
}
