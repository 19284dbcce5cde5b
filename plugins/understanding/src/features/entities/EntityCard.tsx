import { stringifyEntityRef } from '@backstage/catalog-model';
import { useRouteRef } from '@backstage/core-plugin-api';
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
  understoodByInWords,
} from '@understanding-dev/backstage-plugin-understanding-common';
import {
  DocumentStateLabel,
  ExampleLabel,
  FlagLabel,
  UnderstandingError,
  useEntityUnderstanding,
} from '@understanding-dev/backstage-plugin-understanding-react';
import { Fragment } from 'react';
import { Person } from '../explanations/Person';
import { OnCallNow } from '../people/OnCallNow';

/** The card of an entity's overview: what is known of it, at a look. */
export function EntityCard() {
  const { entity } = useEntity();
  const { value, loading, error, retry } = useEntityUnderstanding(
    stringifyEntityRef(entity),
  );
  return (
    <EntityInfoCard title="Understanding">
      {loading && (
        <div role="status" aria-label="Loading">
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
  const { summary, onCall, people } = props.understanding;
  const askable = people?.filter(knows).slice(0, ASKED_FIRST) ?? [];
  const { entity } = useEntity();
  const entityPath = useRouteRef(entityRouteRef)(entityRouteParams(entity));
  return (
    <Flex direction="column" gap="2">
      <Text>
        {summary.understoodBy === undefined
          ? `Unknown: ${summary.unknownReason}`
          : `${understoodByInWords(summary.understoodBy)}; at least ${
              summary.understoodByMinimum
            } are needed`}
      </Text>
      {askable.length > 0 && (
        <Text>
          Ask first:{' '}
          {askable.map((person, index) => (
            <Fragment key={person.personRef ?? person.displayName}>
              {index > 0 && ', '}
              <Person person={person} />
            </Fragment>
          ))}
        </Text>
      )}
      <OnCallNow onCall={onCall} />
      <Flex align="center" gap="2">
        <Text>Documents</Text>
        <DocumentStateLabel state={summary.documentState} />
        {summary.example && <ExampleLabel />}
      </Flex>
      <Flex align="center" gap="2">
        {summary.flags.map(flag => (
          <FlagLabel key={flag.rule} flag={flag} />
        ))}
        {summary.flags.length === 0 && <Text>No open flags</Text>}
      </Flex>
      <Link href={`${entityPath}/understanding`}>Evidence and reasons</Link>
    </Flex>
  );
}
