import { stringifyEntityRef } from '@backstage/catalog-model';
import { EntityInfoCard, useEntity } from '@backstage/plugin-catalog-react';
import { Flex, Link, Skeleton, Text } from '@backstage/ui';
import { EntitySummary } from '@understanding-dev/backstage-plugin-understanding-common';
import {
  DocumentStateLabel,
  ExampleLabel,
  FlagLabel,
  UnderstandingError,
  useEntityUnderstanding,
} from '@understanding-dev/backstage-plugin-understanding-react';

/** The card of an entity's overview: what is known of it, at a look. */
export function EntityCard() {
  const { entity } = useEntity();
  const { value, loading, error, retry } = useEntityUnderstanding(
    stringifyEntityRef(entity),
  );
  return (
    <EntityInfoCard title="Understanding">
      {loading && <Skeleton width="100%" height={72} />}
      {error && !loading && <UnderstandingError error={error} retry={retry} />}
      {value && !loading && <Facts summary={value.summary} />}
    </EntityInfoCard>
  );
}

function Facts(props: { summary: EntitySummary }) {
  const { summary } = props;
  const { understoodBy, understoodByMinimum } = summary;
  return (
    <Flex direction="column" gap="2">
      <Text>
        {understoodBy === undefined
          ? `Unknown: ${summary.unknownReason}`
          : `${understoodBy} active ${
              understoodBy === 1 ? 'person understands' : 'people understand'
            } it; at least ${understoodByMinimum} are needed`}
      </Text>
      <Flex align="center" gap="2">
        <Text>Documents</Text>
        <DocumentStateLabel state={summary.documentState} />
        {summary.example && <ExampleLabel />}
      </Flex>
      <Flex align="center" gap="2">
        {summary.flags.map(flag => (
          <FlagLabel key={flag.rule} flag={flag} />
        ))}
        {summary.flags.length === 0 && (
          <Text color="secondary">No open flags</Text>
        )}
      </Flex>
      <Link
        href={`/catalog/${summary.namespace}/${summary.kind}/${summary.name}/understanding`}
      >
        Evidence and reasons
      </Link>
    </Flex>
  );
}
