import { useApi } from '@backstage/core-plugin-api';
import { Flex, Select, Skeleton, Text } from '@backstage/ui';
import {
  UnderstandingError,
  understandingApiRef,
} from '@understanding-dev/backstage-plugin-understanding-react';
import { useMemo, useState } from 'react';
import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import { Section } from '../../components/Section';
import { GraphView } from './GraphView';
import { neighbourhood } from './layout';

const DEPTHS = ['1', '2', '3', '4', '5'];

/** What the entity depends on, and who depends on it, as a graph. */
export function GraphSection(props: { entityRef: string }) {
  const { entityRef } = props;
  const api = useApi(understandingApiRef);
  const [depth, setDepth] = useState('2');
  const { error, loading, retry, value } = useAsyncRetry(
    () => api.getGraph({ root: entityRef, depth }),
    [api, entityRef, depth],
  );
  const drawing = useMemo(
    () => value && neighbourhood(entityRef, value),
    [entityRef, value],
  );
  return (
    <Section title="Around it">
      <Flex>
        <Select
          label="Steps"
          value={depth}
          onChange={key => setDepth(String(key))}
          options={DEPTHS.map(id => ({ id, label: id }))}
        />
      </Flex>
      {loading && !value && <Skeleton width="100%" height={240} />}
      {error && !loading && <UnderstandingError error={error} retry={retry} />}
      {drawing && drawing.edges.length === 0 && (
        <Text>
          Nothing depends on it, and it depends on nothing that is known.
          {drawing.leftOut.length > 0 &&
            ` Left out: ${drawing.leftOut.join('; ')}.`}
        </Text>
      )}
      {drawing && drawing.edges.length > 0 && (
        // The view fits its content when it begins.
        <GraphView key={depth} label="Graph of dependencies" {...drawing} />
      )}
    </Section>
  );
}
